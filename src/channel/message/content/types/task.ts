import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../placeholder.ts';
import { timeText } from '../time-text.ts';
import { asObject, asText, collectTexts } from '../untyped.ts';

/** The title and the description have the form of a post. */
export const taskType: ContentType = {
  names: ['todo'],
  read: (content, { lang }) => {
    const { summary, due_time: due } = asObject(content);
    const said = asText(summary) || collectTexts(summary).join(' ');
    return labelled(texts.task, [said, timeText(due)], lang);
  },
};
