import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { timeText } from '../time-text.ts';
import { asObject, asText } from '../untyped.ts';

export const videoChatType: ContentType = {
  names: ['video_chat'],
  read: (content, { lang }) => {
    const { topic, start_time: start } = asObject(content);
    return labelled(texts.videoChat, [asText(topic), timeText(start)], lang);
  },
};
