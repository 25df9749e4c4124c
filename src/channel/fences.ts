/** Code fences of Markdown, line by line. Pure. */

export interface Fence {
  /** What closes it: the same marks. */
  readonly marks: string;
  readonly language: string;
}

/** Longer runs of marks are decoration, and would not leave room for what they enclose. */
export const MAX_MARKS = 16;
export const MAX_LANGUAGE = 32;

const fenceLine = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** The fence that is open after a line, given the one open before it. */
export function fenceAfterLine(line: string, open: Fence | undefined): Fence | undefined {
  const match = fenceLine.exec(line.trimEnd());
  const marks = match?.[1] ?? '';
  const info = (match?.[2] ?? '').trim();
  if (marks === '' || marks.length > MAX_MARKS) return open;
  if (open) {
    const closes = marks.startsWith(open.marks) && info === '';
    return closes ? undefined : open;
  }
  // An info string with a backtick is inline code, not a fence (CommonMark 4.5).
  if (marks.startsWith('`') && info.includes('`')) return undefined;
  return { marks, language: (info.split(/\s/)[0] ?? '').slice(0, MAX_LANGUAGE) };
}

/** The fence that a text leaves open, and where it begins. */
export function openFence(text: string): (Fence & { readonly start: number }) | undefined {
  let open: (Fence & { readonly start: number }) | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    const after = fenceAfterLine(line, open);
    if (!after) open = undefined;
    else if (!open) open = { ...after, start };
    start += line.length + 1;
  }
  return open;
}
