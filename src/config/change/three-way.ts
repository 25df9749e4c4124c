/**
 * A value put back to what it was before a change, with what others have changed since. Pure.
 *
 * In: the value before the change, right after it, and now. Out: the value to write. What only the change set
 * gets its former value; what was set since stays.
 */
import type { ConfigEdit } from '../edit.ts';
import { sameJson } from '../json5/json-update.ts';
import { isObject, type JsonObject, type JsonValue } from '../json5/json5.ts';

export type Path = readonly string[];

export interface PutBack {
  /** `undefined`: the key goes. */
  readonly value: JsonValue | undefined;
  /** What was set since, and stays. */
  readonly kept: readonly Path[];
  /** What the change had set, and others set again since: the later value stays. */
  readonly conflicts: readonly Path[];
}

interface Versions {
  readonly former: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly now: JsonValue | undefined;
}

/**
 * @example
 * putBack({ former: { a: 1 }, after: { a: 2 }, now: { a: 2, b: 3 } }).value // { a: 1, b: 3 }
 */
export function putBack({ former, after, now }: Versions, path: Path = []): PutBack {
  const settled = (value: JsonValue | undefined) => ({ value, kept: [], conflicts: [] });
  if (sameJson(now, after)) return settled(former);
  if (sameJson(now, former)) return settled(now);
  if (isObject(now) && [former, after].every((value) => value === undefined || isObject(value))) {
    return objectPutBack({ former, after, now }, path);
  }
  if (sameJson(former, after)) return { value: now, kept: [path], conflicts: [] };
  const list = listPutBack({ former, after, now });
  if (list) return { value: list, kept: [path], conflicts: [] };
  return { value: now, kept: [], conflicts: [path] };
}

function objectPutBack({ former, after, now }: Versions, path: Path): PutBack {
  const objects = { former: fields(former), after: fields(after), now: fields(now) };
  const { former: old, now: current } = objects;
  // The order of the file from before the change.
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])];
  if (names.length === 0 && after === undefined) return { value: {}, kept: [path], conflicts: [] };
  const parts = names.map((name) => {
    const part = {
      former: own(objects.former, name),
      after: own(objects.after, name),
      now: own(objects.now, name),
    };
    return { name, ...putBack(part, [...path, name]) };
  });
  const entries = parts.flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  // An object that only the change made goes with the last of its keys.
  const isGone = entries.length === 0 && former === undefined && after !== undefined;
  return {
    value: isGone ? undefined : Object.fromEntries(entries),
    kept: parts.flatMap(({ kept }) => kept),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
  };
}

/** The former list without what was taken out since, and with what was put in; `undefined`: no telling. */
function listPutBack({ former, after, now }: Versions): JsonValue[] | undefined {
  if (![former, after, now].every(Array.isArray)) return undefined;
  const [old, changed, current] = [former, after, now] as JsonValue[][] as [
    JsonValue[],
    JsonValue[],
    JsonValue[],
  ];
  const has = (list: readonly JsonValue[], item: JsonValue) =>
    list.some((other) => sameJson(other, item));
  const removed = changed.filter((item) => !has(current, item));
  const added = current.filter((item) => !has(changed, item) && !has(old, item));
  // The change may have written the entry otherwise: taking it out must not fail in silence.
  if (removed.some((item) => !has(old, item))) return undefined;
  return [...old.filter((item) => !has(removed, item)), ...added];
}

/** The least edits that lead from one object to the other. */
export function editsBetween(from: JsonValue, to: JsonValue, path: Path = []): ConfigEdit[] {
  const [before, after] = [fields(from), fields(to)];
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const edits = Object.entries(after).flatMap(([key, value]): ConfigEdit[] => {
    const old = own(before, key);
    const at = [...path, key];
    if (sameJson(old, value as JsonValue)) return [];
    if (isObject(old) && isObject(value)) return editsBetween(old, value, at);
    return [{ path: at, value: value as JsonValue }];
  });
  return [...gone.map((key): ConfigEdit => ({ path: [...path, key], remove: true })), ...edits];
}

const fields = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
