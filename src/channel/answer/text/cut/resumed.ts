/**
 * The rest of a document as one of its own, for a text that still grows: containers, fence and header
 * that are open are opened again before it, so that lines that come later are read as before. Pure.
 */
import { behindMarks, continuation } from '../parse/containers.ts';
import { type Container, lineEnd, type MarkdownDocument } from '../parse/document.ts';
import { CODE_INDENT, type PartStart } from './emit.ts';

/** @returns the text, and where what is new begins in it */
export function resumed(
  document: MarkdownDocument,
  start: PartStart,
): { readonly text: string; readonly from: number } {
  const { source, lineStarts, leaves } = document;
  const rest = source.slice(start.position);
  const leaf = leaves[start.leaf];
  const isMidLine = start.position > (lineStarts[start.line] ?? 0);
  const isWithin = leaf !== undefined && leaf.startLine < start.line;
  const isCutCode = leaf?.kind === 'code' && isMidLine;
  if (!isWithin && !isCutCode && start.open.length === 0)
    return { text: start.marks + rest, from: 0 };
  const markers = start.open.map(marker).join('');
  const lead = continuation(start.open);
  let opening: string;
  if (isWithin && leaf.kind === 'fence') {
    const { marks, info, indent } = leaf.fence;
    opening = `${markers}${' '.repeat(indent)}${marks}${info}\n${isMidLine ? lead : ''}`;
  } else if (isWithin && leaf.kind === 'table') {
    const rows = [0, 1].map((row) => tableLine(document, leaf.startLine + row, leaf.containers));
    opening = `${markers}${rows.join(`\n${lead}`)}\n${isMidLine ? lead : ''}`;
  } else if (isCutCode) {
    opening = `${markers}x\n${lead.trimEnd()}\n${lead}${CODE_INDENT}`;
  } else opening = isMidLine ? markers : `${markers}x\n${lead.trimEnd()}\n`;
  return { text: `${opening}${start.marks}${rest}`, from: opening.length };
}

/** A marker that takes as many columns as that of the container. */
function marker({ kind, width }: Container): string {
  if (kind === 'quote') return '> ';
  if (width < 3) return '- ';
  const digits = Math.min(width - 2, 9);
  const indent = Math.min(width - digits - 2, 3);
  return `${' '.repeat(indent)}${'1'.repeat(digits)}.${' '.repeat(width - digits - 1 - indent)}`;
}

function tableLine(
  document: MarkdownDocument,
  line: number,
  containers: readonly Container[],
): string {
  return document.source.slice(behindMarks(document, containers, line), lineEnd(document, line));
}
