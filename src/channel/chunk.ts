/** Long texts cut into messages: at a paragraph, else a sentence, else anywhere; code fences stay whole. Pure. */

const FENCE = /^(`{3,}|~{3,})(.*)$/;

/**
 * @param limit in characters (UTF-16 units), at least 64
 * @returns pieces of at most `limit` characters; a fence that is cut is closed and opened again
 */
export function chunkText(text: string, limit: number): string[] {
  const chunks: string[] = [];
  let rest = text;
  let open = '';
  while (rest.length > 0) {
    const head = open === '' ? '' : `${open}\n`;
    // Room for the fence that may have to be closed.
    const room = limit - head.length - 8;
    if (head.length + rest.length <= limit) {
      chunks.push(head + rest);
      break;
    }
    const at = cutAt(rest, Math.max(room, 16));
    const piece = rest.slice(0, at);
    const stillOpen = openFence(head + piece);
    chunks.push(
      stillOpen === ''
        ? head + piece.trimEnd()
        : `${head}${piece.trimEnd()}\n${closing(stillOpen)}`,
    );
    rest =
      stillOpen === ''
        ? rest
            .slice(at)
            .replace(/^\s*\n/, '')
            .replace(/^[ \t]+/, '')
        : rest.slice(at).replace(/^\n/, '');
    open = stillOpen;
  }
  return chunks.filter((chunk) => chunk.trim() !== '');
}

function closing(fence: string): string {
  return FENCE.exec(fence)?.[1] ?? '```';
}

/** The opening line of the fence that this text leaves open; empty when it leaves none. */
export function openFence(text: string): string {
  let open = '';
  for (const line of text.split('\n')) {
    const match = FENCE.exec(line.trimStart());
    if (!match) continue;
    const [, marks = '', info = ''] = match;
    if (open === '') open = line.trim();
    else if (
      open.startsWith(marks[0] ?? '') &&
      marks.length >= closing(open).length &&
      info.trim() === ''
    )
      open = '';
  }
  return open;
}

/** The best place to cut within `room` characters: the later half only, so that no piece gets tiny. */
function cutAt(text: string, room: number): number {
  const window = text.slice(0, room);
  const floor = Math.floor(room / 2);
  const paragraph = window.lastIndexOf('\n\n');
  if (paragraph >= floor) return paragraph + 2;
  const sentence = lastSentenceEnd(window);
  const line = window.lastIndexOf('\n') + 1;
  if (Math.max(sentence, line) >= floor) return Math.max(sentence, line);
  const blank = window.lastIndexOf(' ') + 1;
  if (blank >= floor) return blank;
  // Not between the halves of a surrogate pair.
  const code = text.charCodeAt(room - 1);
  return code >= 0xd800 && code <= 0xdbff ? room - 1 : room;
}

/** The end of the last whole sentence, Chinese or Western; 0 when there is none. */
export function lastSentenceEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[。！？；…]+[”’」』）]*|[.!?]+["')\]]*(?=\s)/g)) {
    end = match.index + match[0].length;
  }
  return end;
}
