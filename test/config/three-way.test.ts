/** A value put back to what it was before a change, with what was changed since. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editsBetween, putBack } from '../../src/config/change/three-way.ts';
import { planEdit } from '../../src/config/edit.ts';
import { sameJson, updated } from '../../src/config/json5/json-update.ts';
import type { JsonValue } from '../../src/config/json5/json5.ts';
import { everyRow } from '../support/every-row.ts';

const key = fc.constantFrom('a', 'b', 'c', '__proto__');
const tree: fc.Arbitrary<JsonValue> = fc.letrec<{ node: JsonValue; object: JsonValue }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(1, 2, true, 'x', null),
    fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(key, tie('node')), { maxLength: 3 })
    .map((entries): JsonValue => Object.fromEntries(entries)),
})).object;

it('gives the former value where nothing was changed since, whatever the change was', () => {
  fc.assert(
    fc.property(tree, tree, (former, after) => {
      const back = putBack({ former, after, now: after });
      expect(back).toEqual({ value: former, kept: [], conflicts: [] });
    }),
  );
});

it('keeps every later change where the first changed nothing', () => {
  fc.assert(
    fc.property(tree, tree, (former, now) => {
      const back = putBack({ former, after: former, now });
      expect(sameJson(back.value, now)).toBe(true);
      expect(back.conflicts).toEqual([]);
    }),
  );
});

it('puts back and keeps keys that have nothing to do with one another', () => {
  fc.assert(
    fc.property(tree, tree, tree, (former, changed, since) => {
      const [before, after, now] = [
        { ours: former, theirs: former },
        { ours: changed, theirs: former },
        { ours: changed, theirs: since },
      ];
      const { value, conflicts } = putBack({ former: before, after, now });
      expect(sameJson(value, { ours: former, theirs: since })).toBe(true);
      expect(conflicts).toEqual([]);
    }),
  );
});

it('leads from any object to any other by edits of the text', () => {
  fc.assert(
    fc.property(tree, tree, (from, to) => {
      const edits = editsBetween(from, to);
      const reached = edits.reduce(
        (value, edit) => updated(value, edit.path, 'value' in edit ? edit.value : undefined),
        from,
      );
      expect(sameJson(reached, to)).toBe(true);
      const { text } = planEdit(JSON.stringify(from), edits);
      expect(sameJson(JSON.parse(text) as JsonValue, to)).toBe(true);
    }),
  );
});

everyRow([
  ['an entry put in', ['a'], ['a', 'own'], ['a', 'own', 'b'], ['a', 'b'], 0],
  ['an entry taken out', ['a', 'b'], ['a', 'b', 'own'], ['b', 'own'], ['b'], 0],
  ['an entry that the change took out', ['a', 'b'], ['a'], ['a', 'c'], ['a', 'b', 'c'], 0],
  // Put back as it was, the list would let in whom the later change keeps out.
  ['a rewritten entry taken out', ['feishu:ou_a'], ['ou_a'], [], [], 1],
])('merges a list with %s', (_name, former, after, now, value, conflicts) => {
  const back = putBack({ former: { list: former }, after: { list: after }, now: { list: now } });
  expect([back.value, back.conflicts.length]).toEqual([{ list: value }, conflicts]);
});

it('removes an object that the change made with the last of its keys, and keeps a key set since', () => {
  const after = { groups: { oc_1: { enabled: false } } };
  const cases: [JsonValue, JsonValue | undefined][] = [
    [{ ...after, other: 1 }, { other: 1 }],
    [
      { groups: { oc_1: { enabled: false, allowBots: true } } },
      { groups: { oc_1: { allowBots: true } } },
    ],
    [{ groups: { oc_1: { enabled: true } } }, { groups: { oc_1: { enabled: true } } }],
    [{}, {}],
  ];
  for (const [now, value] of cases)
    expect(putBack({ former: {}, after, now }).value).toEqual(value);
  expect(putBack({ former: { a: 1 }, after: { a: 2 }, now: { a: 3 } })).toEqual({
    value: { a: 3 },
    kept: [],
    conflicts: [['a']],
  });
});
