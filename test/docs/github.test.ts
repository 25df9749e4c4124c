/** What .github asks of people and runs in CI: the forms in both languages, and commands that exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from './pages.ts';

const forms = `${root}.github/ISSUE_TEMPLATE/`;
const read = (path: string) => readFileSync(path, 'utf8');
const english = readdirSync(forms).filter((name) => /^\d-[a-z]+\.yml$/.test(name));

it('has each form in both languages, with the same questions', () => {
  expect(english.length).toBeGreaterThan(0);
  for (const name of english) {
    const [number = '', kind = ''] = name.replace('.yml', '').split('-');
    const chinese = `${Number(number) + 1}-${kind}.zh-CN.yml`;
    expect(questionsOf(read(forms + chinese)), chinese).toEqual(questionsOf(read(forms + name)));
  }
});

it('asks for the report of the doctor', () => {
  for (const name of ['1-bug.yml', '2-bug.zh-CN.yml'])
    expect(read(forms + name)).toContain('npx moltbot-feishu doctor --report report.md');
});

it('runs scripts that exist', () => {
  const { scripts } = JSON.parse(read(`${root}package.json`));
  const workflows = readdirSync(`${root}.github/workflows`);
  const named = workflows.flatMap((name) => [
    ...read(`${root}.github/workflows/${name}`).matchAll(/npm (?:run )?(?!ci\b)([a-z:]+)$/gm),
  ]);
  expect(named.length).toBeGreaterThan(4);
  expect(named.map(([, name]) => name).filter((name) => !(name && name in scripts))).toEqual([]);
});

it('tries each version of Node that the package promises', () => {
  const { engines } = JSON.parse(read(`${root}package.json`));
  const [, list = ''] = /node: \[([^\]]*)\]/.exec(read(`${root}.github/workflows/ci.yml`)) ?? [];
  const [oldest = ''] = list.split(', ');
  expect(engines.node).toMatch(new RegExp(`^>=${oldest}\\.`));
});

/** Types, ids and duties of a form, in their order. */
function questionsOf(form: string): string[] {
  return [...form.matchAll(/^ +(?:- type|id|required): .*$/gm)].map(([line]) => line.trim());
}
