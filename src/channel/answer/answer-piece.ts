/** What an answer is made of, piece by piece. */
import type { LocalizedText } from '../../shared/text/text.ts';
import type { ButtonRows } from './buttons.ts';

/** A piece of an answer: the next part of its text, or an item beside the text. */
export type AnswerPiece = string | AnswerItem;

export type AnswerItem = StatusItem | ToolItem | ButtonsItem | CardItem | ReactItem | MediaItem;

/** What the agent is doing, in its own words; the empty text removes it. */
export interface StatusItem {
  readonly kind: 'status';
  readonly text: string;
}

/** A tool that the agent uses. */
export interface ToolItem {
  readonly kind: 'tool';
  /** The same for all items of one use. */
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'done' | 'failed';
}

/** A question with buttons: a press is what the person says next. */
export interface ButtonsItem {
  readonly kind: 'buttons';
  /** Above the buttons; Markdown. */
  readonly text?: string;
  readonly rows: ButtonRows;
  readonly title?: LocalizedText;
  /** Whether the text is shown as it is, without Markdown. */
  readonly isLiteral?: boolean;
  /** Who may press; default: the person who asked, and people who may give commands. */
  readonly mayPress?: 'asked' | 'commanders';
  /** How long the buttons work (ms); default: a day. */
  readonly forMs?: number;
  /** What is asked about, where it has an id of its own. */
  readonly subject?: string;
}

/** A card of JSON 2.0, sent as it is. */
export interface CardItem {
  readonly kind: 'card';
  readonly card: Readonly<Record<string, unknown>>;
}

/** A reaction to the question. */
export interface ReactItem {
  readonly kind: 'react';
  /** As the platform names it: `OK`, `DONE`, `THUMBSUP`. */
  readonly emoji: string;
}

/** An image, a file, a recording or a video, sent as a message of its own. */
export interface MediaItem {
  readonly kind: 'media';
  /** A path, a `file:` URL or a web address. */
  readonly source: string;
  /** Shown to the person; default: the name of the source. */
  readonly name?: string | undefined;
  /** As what it is sent; default: what its content is. */
  readonly as?: 'image' | 'file' | 'audio' | 'video' | undefined;
  /** A recording is a voice message, and converted to one where that is possible. */
  readonly asVoice?: boolean | undefined;
}
