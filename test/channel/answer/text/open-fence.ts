import MarkdownIt from 'markdown-it';

/** The marks of a code fence that a text leaves open at its end, found by markdown-it itself. */
export function openFence(text: string): string | undefined {
  const last = new MarkdownIt({ html: false }).parse(`${text}\n\u2060`, {}).at(-1);
  return last?.type === 'fence' && last.content.includes('\u2060') ? last.markup : undefined;
}
