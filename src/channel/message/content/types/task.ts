import { localize, render } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { textOf } from '../pieces/piece.ts';
import { labelled } from '../pieces/placeholder.ts';
import { timeText } from '../time-text.ts';
import { asObject, asText } from '../untyped.ts';
import { postPieces } from './post.ts';

/** The title and the description have the form of a post. */
export const taskType: ContentType = {
  names: ['todo'],
  read: (content, context) => {
    const { summary, due_time: due } = asObject(content);
    const said = asText(summary) || textOf(postPieces(summary, context));
    const { lang } = context;
    const time = timeText(due);
    const until = time === '' ? '' : render(localize(texts.due, { time }), lang);
    return labelled(texts.task, [said, until], lang);
  },
};
