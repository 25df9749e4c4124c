/**
 * The bytes of a text in a request: its content is a JSON text within the JSON body, so that quotes,
 * line breaks and control characters are escaped twice.
 */
export function wireBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += weight(character);
  return bytes;
}

function weight(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (character === '"' || character === '\\') return 4;
  if (code < 0x20) return '\n\r\t\b\f'.includes(character) ? 3 : 7;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  // JSON.stringify escapes half a surrogate pair.
  if (code >= 0xd800 && code <= 0xdfff) return 7;
  return code < 0x10000 ? 3 : 4;
}

export interface ChunkLimits {
  /** UTF-16 units of one chunk; at least 200. */
  readonly characters: number;
  /** What one chunk may weigh in a request ({@link wireBytes}); at least 1400. */
  readonly bytes: number;
}

/** The length of the longest prefix within the limits, between code points; may be 0. */
export function prefixWithin(text: string, { characters, bytes }: ChunkLimits): number {
  let length = 0;
  let weighs = 0;
  for (const character of text) {
    weighs += weight(character);
    if (length + character.length > characters || weighs > bytes) break;
    length += character.length;
  }
  return length;
}
