/**
 * References to secrets, as OpenClaw has them: `{ source, provider, id }` in place of a text, and the
 * providers under `secrets.providers`. Pure.
 *
 * The forms are those of OpenClaw 2026.9.6 (docs: gateway/secrets/secretref-contract).
 */
import { type Fields, isFields } from '../../shared/fields.ts';
import { parseJson } from '../../shared/json.ts';
import { SecretRefError } from './secret-ref-texts.ts';

export interface SecretReference {
  readonly source: 'env' | 'file' | 'exec';
  readonly provider: string;
  readonly id: string;
}

export type SecretProvider =
  | { readonly source: 'env'; readonly allowlist: readonly string[] | undefined }
  | {
      readonly source: 'file';
      readonly path: string;
      readonly isSingleValue: boolean;
      readonly maxBytes: number;
    }
  | {
      readonly source: 'exec';
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly passEnv: readonly string[];
      readonly trustedDirs: readonly string[];
      readonly isJsonOnly: boolean;
      readonly timeoutMs: number;
      readonly maxOutputBytes: number;
    };

const DEFAULT_TIMEOUT_MS = 5000;
/** A provider that asks for more waits for a person. */
const MAX_TIMEOUT_MS = 60_000;
const DEFAULT_BYTES = 1024 * 1024;

const idForms: Readonly<Record<SecretReference['source'], RegExp>> = {
  env: /^[A-Z][A-Z0-9_]{0,127}$/,
  file: /^(?:value|\/[^\0]{1,1023})$/,
  exec: /^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,255}$/,
};

/** @throws SecretRefError where it is no reference that can be resolved */
export function referenceIn(value: unknown): SecretReference {
  const { source, provider, id } = isFields(value) ? value : {};
  if (source === 'store') throw new SecretRefError('sourceOfHost');
  if (source !== 'env' && source !== 'file' && source !== 'exec') {
    throw new SecretRefError('sourceUnknown');
  }
  if (typeof provider !== 'string' || !/^[a-z][a-z0-9_-]{0,63}$/.test(provider)) {
    throw new SecretRefError('providerForm');
  }
  if (typeof id !== 'string' || !idForms[source].test(id)) throw new SecretRefError('idForm');
  if (source === 'exec' && id.split('/').some((part) => part === '.' || part === '..')) {
    throw new SecretRefError('idForm');
  }
  return { source, provider, id };
}

/**
 * The provider of a reference, with its defaults.
 *
 * @param secrets the block `secrets` of the config, as written
 * @throws SecretRefError where there is none, or none that can be used
 */
export function providerOf(
  secrets: unknown,
  { source, provider }: SecretReference,
): SecretProvider {
  const { providers, defaults } = isFields(secrets) ? secrets : {};
  const entry = isFields(providers) && Object.hasOwn(providers, provider) && providers[provider];
  if (isFields(entry) && entry.source === source) return fromEntry(source, entry);
  const standard =
    isFields(defaults) && typeof defaults.env === 'string' ? defaults.env : 'default';
  if (source === 'env' && provider === standard) return { source, allowlist: undefined };
  throw new SecretRefError('providerMissing');
}

function fromEntry(source: SecretReference['source'], entry: Fields): SecretProvider {
  if (source === 'env') {
    return {
      source,
      allowlist: entry.allowlist === undefined ? undefined : texts(entry.allowlist),
    };
  }
  if (source === 'file') {
    if (typeof entry.path !== 'string') throw new SecretRefError('providerInvalid');
    const isSingleValue = entry.mode === 'singleValue';
    const maxBytes = positive(entry.maxBytes, DEFAULT_BYTES, DEFAULT_BYTES);
    return { source, path: entry.path, isSingleValue, maxBytes };
  }
  if (entry.pluginIntegration !== undefined) throw new SecretRefError('providerOfPlugin');
  if (typeof entry.command !== 'string') throw new SecretRefError('providerInvalid');
  return {
    source,
    command: entry.command,
    args: texts(entry.args),
    env: textsByName(entry.env),
    passEnv: texts(entry.passEnv),
    trustedDirs: texts(entry.trustedDirs),
    isJsonOnly: entry.jsonOnly !== false,
    timeoutMs: positive(entry.timeoutMs, DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS),
    maxOutputBytes: positive(entry.maxOutputBytes, DEFAULT_BYTES, DEFAULT_BYTES),
  };
}

/**
 * The text at a JSON pointer (RFC 6901).
 *
 * @throws SecretRefError where there is none
 */
export function textAt(document: unknown, pointer: string): string {
  let value = document;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const inner = Array.isArray(value) ? Object.fromEntries(value.entries()) : value;
    value = isFields(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }
  if (typeof value !== 'string' || value === '') throw new SecretRefError('notThere');
  return value;
}

/**
 * The secret in what the command of an exec provider printed.
 *
 * @throws SecretRefError where it holds none
 */
export function secretInOutput(output: string, id: string, isJsonOnly: boolean): string {
  const document = parseJson(output);
  if (isFields(document) && isFields(document.values)) {
    const { values } = document;
    const value = Object.hasOwn(values, id) ? values[id] : undefined;
    if (typeof value !== 'string' || value === '') throw new SecretRefError('notThere');
    return value;
  }
  if (isJsonOnly || document !== undefined) throw new SecretRefError('notJson');
  const text = output.trim();
  if (text === '') throw new SecretRefError('notThere');
  return text;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

function textsByName(value: unknown): Record<string, string> {
  const entries = isFields(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function positive(value: unknown, otherwise: number, most: number): number {
  return typeof value === 'number' && value > 0 ? Math.min(value, most) : otherwise;
}
