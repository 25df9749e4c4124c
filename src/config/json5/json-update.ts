/** JSON values compared and updated, as the reference that a text edit is held against. Pure. */
import type { JsonObject, JsonValue } from './json5.ts';
import { isObject } from './json5.ts';

/** Whether two values say the same; the order of keys says nothing. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => sameJson(item as JsonValue, b[index] as JsonValue))
    );
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return Object.is(a, b);
}

/** The value with the property at `path` set, or removed if `value` is undefined. */
export function updated(
  root: JsonValue,
  path: readonly string[],
  value: JsonValue | undefined,
): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? null;
  const object = isObject(root) ? root : {};
  const own = Object.hasOwn(object, key) ? object[key] : undefined;
  if (value === undefined) {
    if (own === undefined) return root;
    if (rest.length === 0)
      return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
    return isObject(own) ? withKey(object, key, updated(own, rest, undefined)) : root;
  }
  return withKey(object, key, rest.length === 0 ? value : updated(own ?? {}, rest, value));
}

/** Not by spread: a key `__proto__` must stay a key. */
function withKey(object: JsonObject, key: string, value: JsonValue): JsonObject {
  return Object.fromEntries([
    ...Object.entries(object).filter(([name]) => name !== key),
    [key, value],
  ]);
}

/** The value at a path, or `undefined` if there is none. */
export function valueAt(root: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const key of path)
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** The edits that add to `before` each new or changed key of `after`; they remove nothing. */
export function additionsTo(
  before: JsonValue,
  after: JsonValue,
): { readonly path: readonly string[]; readonly value: JsonValue }[] {
  if (!isObject(before) || !isObject(after)) return [];
  return Object.entries(after).flatMap(([key, value]) => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (sameJson(old, value)) return [];
    if (isObject(old) && isObject(value)) {
      return additionsTo(old, value).map((edit) => ({ ...edit, path: [key, ...edit.path] }));
    }
    return [{ path: [key], value }];
  });
}
