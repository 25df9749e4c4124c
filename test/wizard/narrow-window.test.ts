/** In a window of 40 columns: lines are broken between words, questions and headings among them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { windowAfter } from '../support/window.ts';
import { person, stage, texts } from './stage.ts';

const size = { columns: 40, rows: 60 };

/** Rows that the terminal broke though they hold more than one word; a path, link or id may be longer. */
function broken(raw: string): string[] {
  const { rows, continued } = windowAfter(raw, size);
  return [...continued].map((row) => `${rows[row]}⏎${rows[row + 1]}`).filter(hasWords);
}
const hasWords = (row: string): boolean => !/^(?:│ +)?[!-~：⏎]+$/.test(row);

it.each(['en', 'zh'] as const)('asks and answers in %s', async (lang) => {
  const scene = await stage({}, { lang, size });
  const file = join(scene.home, 'secret');
  await writeFile(file, 'f'.repeat(32), { mode: 0o600 });
  const screen = scene.open('--app-id', scene.sandbox.appId, '--dm-policy', 'allowlist');
  const somebody = person(scene, screen);
  // Wrong at first: the error, and the question again.
  await somebody.answer(texts.askAppSecret, `${'f'.repeat(32)}\r`);
  await somebody.answer(texts.askAppSecret, `${scene.sandbox.appSecret}\r`);
  await somebody.writes();
  await somebody.answer(texts.askAllowFrom);
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(broken(screen.raw)).toEqual([]);
  const doctor = scene.openBare('doctor');
  expect(await doctor.ended()).toBe(0);
  expect(broken(doctor.raw)).toEqual([]);
});
