/** What a message says whose type has no view of its own: a place, a contact, a poll, a notice. Pure. */
import { type Lang, type PageText, speak } from '../page-texts.ts';
import { type Fields, fieldsOf, listOf, textOf } from '../reading.ts';

export interface PlainContent {
  /** What it is, as the client calls it. */
  readonly kind: string;
  readonly lines: readonly string[];
}

/** The name of a person or chat by its id. */
type NameOf = (id: string) => string;

const kinds: Readonly<Record<string, PageText>> = {
  image: 'image',
  file: 'file',
  folder: 'folder',
  audio: 'voiceKind',
  media: 'video',
  sticker: 'stickerKind',
  merge_forward: 'merged',
  system: 'notice',
  location: 'location',
  share_user: 'contact',
  share_chat: 'sharedGroup',
  vote: 'poll',
  todo: 'task',
  calendar: 'calendarEvent',
  share_calendar_event: 'calendarEvent',
  general_calendar: 'calendarEvent',
  video_chat: 'meeting',
  hongbao: 'redPacket',
};

/** A type in the person's language; one that is not known, as it is written. */
export function kindOf(msgType: string, lang: Lang): string {
  const text = Object.hasOwn(kinds, msgType) ? kinds[msgType] : undefined;
  return text ? speak(lang, text) : msgType;
}

export function plainContent(
  msgType: string,
  content: Fields,
  lang: Lang,
  nameOf: NameOf,
): PlainContent {
  const lines = linesOf(msgType, content, lang, nameOf).filter((line) => line.trim() !== '');
  return { kind: kindOf(msgType, lang), lines };
}

/** A notice: the line of a divider, or a template with its names filled in. */
export function noticeText(content: Fields, lang: Lang): string {
  const params = fieldsOf(content.params);
  const divider = fieldsOf(params.divider_text ?? content.divider_text);
  const translated = textOf(fieldsOf(divider.i18n_text)[lang === 'zh' ? 'zh_CN' : 'en_US']);
  const text = translated || textOf(divider.text);
  const template = textOf(content.template);
  if (template === '') return text;
  return template.replace(/\{(\w{1,40})\}/g, (_, key: string) => {
    if (key === 'divider_text') return text;
    const value = Object.hasOwn(content, key) ? content[key] : undefined;
    return Array.isArray(value) ? listOf(value).map(textOf).join(', ') : textOf(value);
  });
}

function linesOf(msgType: string, content: Fields, lang: Lang, nameOf: NameOf): readonly string[] {
  switch (msgType) {
    case 'system':
      return [noticeText(content, lang)];
    case 'location':
      return [textOf(content.name), coordinates(content)];
    case 'share_user':
      return [nameOf(textOf(content.user_id))];
    case 'share_chat':
      return [nameOf(textOf(content.chat_id))];
    case 'vote':
      return [textOf(content.topic), ...listOf(content.options).map((one) => `○ ${textOf(one)}`)];
    case 'todo': {
      const summary = fieldsOf(content.summary);
      const paragraphs = listOf(summary.content).map((paragraph) =>
        listOf(paragraph)
          .map((element) => textOf(fieldsOf(element).text))
          .join(''),
      );
      return [textOf(summary.title), ...paragraphs, timeOf(content.due_time, lang)];
    }
    case 'calendar':
    case 'share_calendar_event':
    case 'general_calendar': {
      const span = [content.start_time, content.end_time].map((time) => timeOf(time, lang));
      return [textOf(content.summary), span.filter((time) => time !== '').join(' – ')];
    }
    case 'video_chat':
      return [textOf(content.topic), timeOf(content.start_time, lang)];
    case 'folder':
      return [textOf(content.file_name)];
    default:
      return [textOf(content.text)];
  }
}

function coordinates({ longitude, latitude }: Fields): string {
  return [latitude, longitude].map(textOf).filter(Boolean).join(', ');
}

/** A time that is written as milliseconds in a text; empty where it is none. */
function timeOf(value: unknown, lang: Lang): string {
  const ms = Number(textOf(value));
  if (!(ms > 0 && ms <= 8.64e15)) return '';
  return new Date(ms).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}
