/** The keys of a JSON Schema, each with the kinds of its values. */
import type { Kinds } from './recorded-facts.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** Accounts repeat the top level: their keys are counted with it. */
export function factsOf(schema: unknown): Kinds {
  const facts = new Map<string, Set<string>>();
  walk(schema as Schema, [], facts);
  return Object.fromEntries(
    [...facts].map(([path, kinds]) => [path, [...kinds].sort()] as const).sort(byPath),
  );
}

function byPath([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function walk(schema: Schema, path: readonly string[], facts: Map<string, Set<string>>): void {
  const at = path[0] === 'accounts' ? path.slice(2) : path;
  for (const one of [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    const kinds = kindsOf(one);
    if (at.length > 0 && kinds.length > 0 && at.at(-1) !== '*') {
      const known = facts.get(at.join('.')) ?? new Set();
      for (const kind of kinds) known.add(kind);
      facts.set(at.join('.'), known);
    }
    // A reference to a secret has one form everywhere.
    if (one.properties?.source) continue;
    for (const [key, inner] of Object.entries(one.properties ?? {})) {
      walk(inner, [...path, key], facts);
    }
    const { additionalProperties: rest } = one;
    if (typeof rest === 'object') walk(rest, [...path, '*'], facts);
    if (one !== schema && (one.anyOf || one.oneOf)) walk(one, path, facts);
  }
}

function kindsOf(schema: Schema): readonly string[] {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value));
  if (schema.properties?.source) return ['secret'];
  const types = [schema.type ?? []].flat();
  if (types.includes('array') && schema.items) return [`list of ${itemKinds(schema.items)}`];
  return types;
}

function itemKinds(items: Schema): string {
  const all = [items, ...(items.anyOf ?? []), ...(items.oneOf ?? [])];
  return all.flatMap(({ type }) => [type ?? []].flat()).join(' or ');
}
