import { expect, it } from 'vitest';
import { setupFlags } from '../../../src/wizard/conversation/flags.ts';
import * as declarations from '../../../src/wizard/conversation/questions.ts';

const { questions } = declarations;
const nameOf = (spec: string): string => /--[a-z-]+/.exec(spec)?.[0] ?? spec;

it('lists every question that is declared', () => {
  const declared = Object.entries(declarations).filter(([name]) => name.endsWith('Question'));
  expect(declared.length).toBeGreaterThan(10);
  const listed: readonly unknown[] = questions;
  expect(declared.filter(([, question]) => !listed.includes(question))).toEqual([]);
});

it('answers every question by a flag, or the question says why not', () => {
  const listed: readonly declarations.Question[] = questions;
  const without = listed.filter(
    ({ flags, whyNoFlag }) => (flags.length === 0) !== (whyNoFlag !== undefined),
  );
  expect(without).toEqual([]);
  const names = setupFlags.map(({ spec }) => nameOf(spec));
  expect(new Set(names).size).toBe(names.length);
});

it('has a heading for each flag that not every command has', () => {
  const general = questions.filter((question) => !('group' in question)).map(({ id }) => id);
  expect(general).toEqual(['language', 'task']);
});
