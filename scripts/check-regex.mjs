/**
 * Looks at every regular expression of src/ with `recheck`: each must match in time that grows at
 * most linearly with its input, since text from outside may be long and hostile. Exits with 1 and
 * names each expression that is not proven safe.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import ts from 'typescript';

/**
 * Expressions that are not proven safe, and the reason why their input is short by construction.
 * Each entry must still be needed: one that names no unsafe expression fails the check.
 */
const allowed = [];

/** Where the expressions are: the argument is for tests. */
const root = process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url));

/** The parts of `new RegExp(…)` that are known before the program runs; other parts are plain letters. */
function sourceText(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => `x${span.literal.text}`).join('');
  }
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw') {
    return node.template.getText().slice(1, -1);
  }
  return undefined;
}

function* expressionsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ node, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    } else if (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      node.expression.getText() === 'RegExp'
    ) {
      const [pattern, flags] = node.arguments ?? [];
      // A literal within is visited by itself.
      const isCopy = pattern && ts.isRegularExpressionLiteral(pattern);
      const source = pattern && sourceText(pattern);
      if (!isCopy) found.push({ node, source, flags: flags ? sourceText(flags) : '' });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const { node, ...expression } of found) {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    yield { ...expression, file: file.split(sep).join('/'), line: line + 1 };
  }
}

async function verdict({ source, flags }) {
  if (source === undefined || flags === undefined) return 'its source is not a literal';
  // The v flag is unknown to the checker; without set operations it means the same as u.
  const result = await check(source, flags.replace('v', 'u').replace('d', ''), {
    timeout: 180_000,
    attackTimeout: 5000,
  });
  if (result.status === 'safe') return undefined;
  if (result.status === 'vulnerable') return result.complexity.summary;
  return `unknown (${result.error?.kind ?? 'no reason'})`;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();
const verdicts = new Map();
const problems = [];
const used = new Set();
let count = 0;
for (const file of files) {
  for (const expression of expressionsOf(file)) {
    count += 1;
    const key = `/${expression.source}/${expression.flags}`;
    if (!verdicts.has(key)) verdicts.set(key, await verdict(expression));
    const problem = verdicts.get(key);
    if (problem === undefined) continue;
    const exception = allowed.find(
      (entry) => entry.file === expression.file && entry.source === expression.source,
    );
    if (exception) used.add(exception);
    else problems.push(`${expression.file}:${expression.line}: ${key}\n  ${problem}`);
  }
}
for (const entry of allowed) {
  if (!used.has(entry))
    problems.push(`${entry.file}: /${entry.source}/ needs no exception any more`);
}
for (const problem of problems) console.error(problem);
const place = relative(process.cwd(), root) || '.';
console.log(`${count} regular expressions of ${place}, ${problems.length} not proven safe`);
process.exitCode = problems.length === 0 ? 0 : 1;
