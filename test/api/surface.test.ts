/** The public API: what is declared, and that the declarations work in a project of somebody else. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it, onTestFinished } from 'vitest';
import { expectBlock } from '../support/generated-block.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** `UPDATE_DOCS=1 npx vitest run test/api/surface.test.ts` writes it. */
it('is the one of docs/api.md', async () => {
  const declared = await readFile(`${root}dist/index.d.ts`, 'utf8');
  const lines = declared.split('\n').filter((line) => !/^\/\/#(?:end)?region/.test(line));
  const content = `\n\`\`\`\`ts\n${lines.join('\n').trimEnd()}\n\`\`\`\`\n\n`;
  await expectBlock('docs/api.md', 'dist/index.d.ts', content);
});

it('exports no more and no less', async () => {
  const api: object = await import(new URL('../../dist/index.js', import.meta.url).href);
  expect(Object.keys(api).sort()).toEqual(['default', 'startSandbox']);
});

it('compiles in a project that has nothing else installed', async () => {
  const folder = await mkdtemp(join(root, 'dist', 'consumer-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'bot.ts');
  await writeFile(
    file,
    `import feishu, { startSandbox, type ExecMessage, type Sandbox } from '../index.js';
const sandbox: Sandbox = await startSandbox({ app: { name: 'Ops' } });
sandbox.fault({ match: { path: '/im/v1' }, do: { kind: 'code', code: 230020, msg: 'slow down' } });
const text: string = (await sandbox.nextAnswer()).content;
const message = JSON.parse(text) as ExecMessage;
const kind: 'p2p' | 'group' = message.chatType;
const id: 'feishu' = feishu.id;
export { kind, id };
`,
  );
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    types: ['node'],
    skipLibCheck: false,
  });
  // Only these two files: to check the declarations of Node would take half a minute.
  const problems = ['bot.ts', 'dist/index.d.ts'].flatMap((name) => {
    const source = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(name));
    if (!source) throw new Error(`${name} is not compiled`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  expect(
    problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ).toEqual([]);
});
