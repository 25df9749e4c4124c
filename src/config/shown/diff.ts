/** A change as a unified diff: the lines of the change, and around them only structure. Pure. */
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, structuredPatch } from 'diff';
import { type Lang, render } from '../../shared/text/text.ts';
import { configTexts as texts } from '../config-texts.ts';
import { type MaskOptions, maskConfigText } from './mask.ts';

/** Lines of context. */
const CONTEXT = 3;
/** Changed lines up to which the shortest diff is looked for: that takes the square of their number. */
const MAX_SHORTEST = 1000;

export interface MaskedDiffOptions extends Pick<MaskOptions, 'base' | 'own'> {
  readonly lang: Lang;
}

/** A unified diff of a config, ready to show: `***` for what may be secret, line ends as LF. */
export function maskedDiff(
  path: string,
  before: string,
  after: string,
  { lang, ...options }: MaskedDiffOptions,
): string {
  const changed = render(texts.secretChanged, lang);
  const normal = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const old = normal(before);
  const now = normal(after);
  const removed = maskConfigText(old, options).split('\n');
  const added = maskConfigText(now, { ...options, previous: { text: old, changed } }).split('\n');
  const context = maskConfigText(now, { ...options, structureOnly: true }).split('\n');
  const patch = patchOf(path, old, now);
  const hunks = patch.hunks.map((hunk) => {
    let from = hunk.oldStart - 1;
    let to = hunk.newStart - 1;
    const lines = hunk.lines.map((line) => {
      if (line.startsWith('-')) return `-${removed[from++] ?? ''}`;
      if (line.startsWith('+')) return `+${added[to++] ?? ''}`;
      if (line.startsWith('\\')) return line;
      from += 1;
      return ` ${context[to++] ?? ''}`;
    });
    return { ...hunk, lines };
  });
  return formatPatch({ ...patch, hunks }, FILE_HEADERS_ONLY);
}

function patchOf(path: string, before: string, after: string): StructuredPatch {
  const options = { context: CONTEXT, maxEditLength: MAX_SHORTEST } as const;
  const shortest = structuredPatch(path, path, before, after, undefined, undefined, options);
  return shortest ?? wholePatch(path, before.split('\n'), after.split('\n'));
}

/** One hunk of everything between the first and the last line that differs. */
function wholePatch(
  path: string,
  before: readonly string[],
  after: readonly string[],
): StructuredPatch {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const start = Math.max(0, head - CONTEXT);
  const behind = Math.min(tail, CONTEXT);
  const oldLines = before.slice(head, before.length - tail);
  const newLines = after.slice(head, after.length - tail);
  const around = head - start + behind;
  const hunk = {
    oldStart: start + 1,
    newStart: start + 1,
    oldLines: oldLines.length + around,
    newLines: newLines.length + around,
    lines: [
      ...before.slice(start, head).map((line) => ` ${line}`),
      ...oldLines.map((line) => `-${line}`),
      ...newLines.map((line) => `+${line}`),
      ...after.slice(after.length - tail, after.length - tail + behind).map((line) => ` ${line}`),
    ],
  };
  return {
    oldFileName: path,
    newFileName: path,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [hunk],
  };
}
