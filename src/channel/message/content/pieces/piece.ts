/** The parts of a message's text: what a type reads, before its files have numbers. Pure. */

/** A part of a message's text. */
export interface Piece {
  readonly text: string;
  /** A mention of a person; the bot's own mention has no text. */
  readonly isMention: boolean;
  /** A file at this place, whose placeholder is its text (attachments.ts). */
  readonly reference?: Reference;
}

/** A file in the text, before it has a number. */
export interface Reference {
  readonly resource: Resource;
  /** The words beside its number: `report.pdf`, `0:12`. */
  readonly details: readonly string[];
}

/** A file of a message, under the key by which the platform gives it out. */
export interface Resource {
  readonly kind: 'image' | 'file' | 'audio' | 'video';
  /** `image_key` of an image, else `file_key`. */
  readonly key: string;
  /** The message that owns the file, if it is another one than the message itself. */
  readonly messageId?: string;
  /** As the sender named it; untrusted. */
  readonly name?: string;
  /** The length of a voice message or video (ms). */
  readonly durationMs?: number;
  /** The platform's own transcript of a voice message. */
  readonly transcript?: string;
}

export function plain(text: string): Piece {
  return { text, isMention: false };
}

export function referencePiece(resource: Resource, details: readonly string[]): Piece {
  return { text: '', isMention: false, reference: { resource, details } };
}

/** Whether a person sees anything of a piece. */
export function isVisible({ text, reference }: Piece): boolean {
  return reference !== undefined || text.trim() !== '';
}

/** The text after a message's leading mentions, in which commands are looked for. */
export function withoutLeadingMentions(pieces: readonly Piece[]): string {
  const first = pieces.findIndex(({ text, isMention }) => !isMention && text.trim() !== '');
  return first === -1 ? '' : textOf(pieces.slice(first)).trim();
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** Without the blanks around the whole text. */
export function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces.findIndex(isVisible);
  if (first === -1) return [];
  const last = pieces.findLastIndex(isVisible);
  return pieces.slice(first, last + 1).map((piece, index) => {
    const start = index === 0 ? piece.text.trimStart() : piece.text;
    return { ...piece, text: index === last - first ? start.trimEnd() : start };
  });
}

/** Lines below each other. */
export function joinedLines(lines: readonly (readonly Piece[])[]): readonly Piece[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line]));
}
