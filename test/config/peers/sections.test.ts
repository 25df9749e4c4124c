/** Sections of other plugins, each read, planned and applied, with reviewed results. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { outcomeOf } from './sections/outcome.ts';
import { sections } from './sections/sections.ts';

const file = new URL('sections/outcomes.json', import.meta.url);
const outcomes = Object.fromEntries(sections.map((section) => [section.name, outcomeOf(section)]));

/** `UPDATE_DOCS=1 npx vitest run test/config/peers/sections.test.ts` writes the results. */
it('each section becomes what was reviewed', async () => {
  if (process.env.UPDATE_DOCS) await writeFile(file, `${JSON.stringify(outcomes, undefined, 2)}\n`);
  expect(outcomes).toEqual(JSON.parse(await readFile(file, 'utf8')));
});

it('each result is valid, keeps every comment, and is planned once', () => {
  const wrong = Object.entries(outcomes).filter(
    ([, { problems, problemsAfter, keepsComments, isStable, refused }]) =>
      !keepsComments ||
      !isStable ||
      (problemsAfter.length > 0 && problems.length === 0) ||
      (refused.length === 0 && problems.length === 0 && problemsAfter.length > 0),
  );
  expect(wrong).toEqual([]);
});
