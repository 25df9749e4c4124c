/**
 * Where the App Secret comes from: exactly one of the flags, else the variable, else a reference.
 */
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import {
  decodedText,
  MAX_SECRET_BYTES,
  readBounded,
  readProblem,
  readStream,
} from '../config/file/bounded-file.ts';
import { readAppSecret, shownPath } from '../config/source/pasted-credential.ts';
import type { MoltbotFeishuError } from '../shared/errors.ts';
import { Secret } from '../shared/secret.ts';
import { localize } from '../shared/text/text.ts';
import { invalidAnswer } from './conversation/questions.ts';
import { wizardError } from './wizard-errors.ts';
import { wizardTexts as texts } from './wizard-texts.ts';

export interface SecretFlags {
  readonly appSecret?: string;
  readonly appSecretFile?: string;
  readonly appSecretStdin?: boolean;
}

/** The reference that the config stores instead of the secret. */
export type SecretRef =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

/** Parses `env:NAME` or `file:PATH`. Throws `invalid-value` (usage). */
export function parseSecretRef(value: string): SecretRef {
  const env = /^env:([A-Z_][A-Z0-9_]*)$/.exec(value)?.[1];
  if (env) return { kind: 'env', name: env };
  const path = /^file:(.+)$/.exec(value)?.[1];
  if (path) return { kind: 'file', path: resolve(path) };
  throw invalidAnswer({ flag: '--secret-ref' }, localize(texts.badSecretRef, { found: value }));
}

export interface SecretSources {
  readonly flags: SecretFlags;
  readonly ref: SecretRef | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** The App ID that the secret belongs to, where it is known. */
  readonly appId?: string | undefined;
}

/**
 * The secret that flags, variables or the reference give; `undefined` when none does.
 *
 * @throws `two-secrets` (usage) when it is given in two ways, `secret-file-unreadable` (usage),
 *   `invalid-value` (usage) where what is given is something else
 */
export async function givenSecret(sources: SecretSources): Promise<Secret | undefined> {
  const { flags } = sources;
  const given = [
    flags.appSecret !== undefined && '--app-secret',
    flags.appSecretFile !== undefined && '--app-secret-file',
    flags.appSecretStdin && '--app-secret-stdin',
  ].filter((flag) => typeof flag === 'string');
  if (given.length > 1) {
    throw wizardError('twoSecrets', { flags: given.join(', ') });
  }
  const found = await findSecret(sources);
  if (found === undefined) return undefined;
  const { appSecret, problem } = readAppSecret(found.text, sources.appId);
  if (appSecret !== undefined) return new Secret(appSecret);
  throw invalidAnswer({ flag: found.source }, problem ?? localize(texts.emptySecret));
}

/** The given secret, and the flag or variable that gives it. */
async function findSecret({
  flags,
  ref,
  env,
  stdin,
}: SecretSources): Promise<{ readonly text: string; readonly source: string } | undefined> {
  if (flags.appSecret !== undefined) return { text: flags.appSecret, source: '--app-secret' };
  if (flags.appSecretFile !== undefined) {
    const text = await readSecretFile(flags.appSecretFile);
    return { text, source: '--app-secret-file' };
  }
  if (flags.appSecretStdin) return { text: await readStdin(stdin), source: '--app-secret-stdin' };
  if (env.FEISHU_APP_SECRET) return { text: env.FEISHU_APP_SECRET, source: 'FEISHU_APP_SECRET' };
  if (ref === undefined) return undefined;
  const text = ref.kind === 'env' ? env[ref.name] : await readSecretFile(ref.path);
  return text ? { text, source: '--secret-ref' } : undefined;
}

async function readStdin(stdin: Readable): Promise<string> {
  try {
    return decodedText(await readStream(stdin, MAX_SECRET_BYTES));
  } catch (error) {
    throw unreadable('stdin', error);
  }
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return decodedText(await readBounded(path, MAX_SECRET_BYTES));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): MoltbotFeishuError {
  return wizardError('secretFileUnreadable', { path: shownPath(path), reason: readProblem(error) });
}
