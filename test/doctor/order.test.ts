import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { checkNames } from '../../src/doctor/check-names.ts';
import { checksFor, doctorChecks } from '../../src/doctor/order.ts';
import { faults } from './faults/all.ts';

const room = fileURLToPath(new URL('../../src/doctor', import.meta.url));
const live = { openId: undefined, lang: 'en', patienceMs: 1, ask: () => undefined } as const;
const all = checksFor(live);

const isCheck = (value: unknown): value is Check<never> =>
  typeof value === 'object' && value !== null && 'probe' in value && 'needs' in value;

it('has every check that a file of the room exports, once', async () => {
  const files = (await readdir(room, { recursive: true })).filter((file) => /\.ts$/.test(file));
  const exported = await Promise.all(
    files.map(async (file) => {
      const { ...values } = (await import(join(room, file))) as Record<string, unknown>;
      return Object.entries(values).flatMap(([name, value]) =>
        isCheck(value) ? [{ file, name, id: value.id }] : [],
      );
    }),
  );
  const ids = doctorChecks.map(({ id }) => id);
  expect(
    exported
      .flat()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

it('lets a check need only what comes before it, and gives each a name', () => {
  const faults = all.flatMap(({ id, needs, after = [] }, index) => {
    const before = new Set(all.slice(0, index).map((check) => check.id));
    return [
      ...needs.filter((other) => !before.has(other)).map((other) => `${id} needs ${other}`),
      ...after.filter((other) => !before.has(other)).map((other) => `${id} is after ${other}`),
      ...(Object.hasOwn(checkNames, id) ? [] : [`${id} has no name`]),
    ];
  });
  expect(faults).toEqual([]);
});

it('has no check that finds none of the known faults', () => {
  const finding = new Set(faults.map(({ check }) => check));
  expect(doctorChecks.map(({ id }) => id).filter((id) => !finding.has(id))).toEqual([]);
});
