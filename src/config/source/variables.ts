/** `${VAR}` in the strings of a config, as the hosts resolve it (OpenClaw's env-substitution). Pure. */

import type { JsonValue } from '../json5/json5.ts';
import { isObject } from '../json5/json5.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface MissingVariable {
  /** The path of the string that names the variable. */
  readonly path: readonly string[];
  readonly name: string;
}

/**
 * The variables in force for a config: its own `env` section (`{NAME: "…"}` before `vars: {…}`) fills
 * what the environment leaves empty.
 */
export function variablesOf(root: JsonValue, env: Env): Env {
  const section = isObject(root) ? root.env : undefined;
  if (!isObject(section)) return env;
  const listed = isObject(section.vars) ? Object.entries(section.vars) : [];
  const own = [...listed, ...Object.entries(section)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !env[entry[0]]?.trim(),
  );
  return { ...env, ...Object.fromEntries(own) };
}

const REFERENCE = /\$(\$?)\{([A-Z_][A-Z0-9_]*)\}/g;

/** The value with its variables put in; what is missing stays as written. `$${VAR}` means `${VAR}` itself. */
export function substitute(
  value: JsonValue,
  variables: Env,
  path: readonly string[] = [],
): { readonly value: JsonValue; readonly missing: readonly MissingVariable[] } {
  const missing: MissingVariable[] = [];
  const walk = (part: JsonValue, at: readonly string[]): JsonValue => {
    if (Array.isArray(part))
      return (part as JsonValue[]).map((item, index) => walk(item, [...at, String(index)]));
    if (isObject(part)) {
      return Object.fromEntries(
        Object.entries(part).map(([key, item]) => [key, walk(item, [...at, key])]),
      );
    }
    if (typeof part !== 'string') return part;
    return part.replace(REFERENCE, (whole, escaped: string, name: string) => {
      if (escaped) return whole.slice(1);
      const found = variables[name];
      if (found) return found;
      missing.push({ path: at, name });
      return whole;
    });
  };
  return { value: walk(value, path), missing };
}
