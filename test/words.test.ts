/** The words that comments and texts do without: each has a plainer one (docs/glossary.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));

const banned =
  /\b(told|untold|stands?|anew|mend(?:s|ed|ing)?|whoever|let(?:s|ting)? go of|in hand|judged|go(?:es|ing)? on with|gone on with|is said|shall)\b/i;

test('comments and texts use no banned word', () => {
  const found = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, code: readFileSync(join(source, file), 'utf8') }))
    // Parsing takes its time: most files need none.
    .filter(({ code }) => banned.test(code))
    .flatMap(({ file, code }) =>
      wordsOf(code)
        .filter((words) => banned.test(words))
        .map((words) => `${file}: ${words}`),
    );
  expect(found).toEqual([]);
});

test('a banned word is found in a comment, a text and a template, and not in a name', () => {
  const code = "const told = 1; // is told\nconst a = 'stands'; const b = `goes on with ${told}`;";
  expect(wordsOf(code).filter((words) => banned.test(words))).toHaveLength(3);
});

/** The comments and the literals of a source file; names are not among them. */
function wordsOf(code: string): string[] {
  const file = ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true);
  const words: string[] = [];
  const comments = new Set<number>();
  const visit = (node: ts.Node): void => {
    // A path is a name.
    if (ts.isStringLiteral(node) && ts.isImportDeclaration(node.parent)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node))
      words.push(node.text);
    else if (ts.isTemplateHead(node)) words.push(node.text);
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(code, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(code, node.end) ?? []),
    ]) {
      if (comments.has(pos)) continue;
      comments.add(pos);
      words.push(code.slice(pos, end));
    }
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  return words;
}
