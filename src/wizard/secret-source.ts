/**
 * Where the App Secret comes from: exactly one of the flags, else the variable, else a reference.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { Secret } from '../shared/secret.ts';
import { message } from '../shared/text.ts';
import { appSecretQuestion, invalidAnswer } from './questions.ts';
import { wizardTexts as texts } from './texts.ts';

export interface SecretFlags {
  readonly appSecret?: string;
  readonly appSecretFile?: string;
  readonly appSecretStdin?: boolean;
}

/** What the config stores instead of the secret. */
export type SecretRef =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

/** Parses `env:NAME` or `file:PATH`. Throws `invalid-value` (usage). */
export function parseSecretRef(value: string): SecretRef {
  const env = /^env:([A-Z_][A-Z0-9_]*)$/.exec(value)?.[1];
  if (env) return { kind: 'env', name: env };
  const path = /^file:(.+)$/.exec(value)?.[1];
  if (path) return { kind: 'file', path: resolve(path) };
  throw invalidAnswer({ flag: '--secret-ref' }, message(texts.badSecretRef, { found: value }));
}

/**
 * The secret that flags, variables or the reference give; `undefined` when none does.
 *
 * @throws `two-secrets` (usage) when it is given in two ways, `secret-file-unreadable` (usage)
 */
export async function givenSecret(
  flags: SecretFlags,
  ref: SecretRef | undefined,
  env: Readonly<Record<string, string | undefined>>,
  stdin: Readable,
): Promise<Secret | undefined> {
  const given = [
    flags.appSecret !== undefined && '--app-secret',
    flags.appSecretFile !== undefined && '--app-secret-file',
    flags.appSecretStdin && '--app-secret-stdin',
  ].filter((flag) => typeof flag === 'string');
  if (given.length > 1) {
    throw new MoltbotFeishuError({
      code: 'two-secrets',
      exitCode: ExitCode.usage,
      what: message(texts.twoSecrets, { flags: given.join(', ') }),
      fix: texts.twoSecretsFix,
    });
  }
  const value =
    flags.appSecret ??
    (flags.appSecretFile !== undefined
      ? await readSecretFile(flags.appSecretFile)
      : flags.appSecretStdin
        ? await text(stdin)
        : env.FEISHU_APP_SECRET || (ref && (await referenced(ref, env))));
  if (value === undefined) return undefined;
  const trimmed = value.trim();
  if (trimmed === '') throw invalidAnswer(appSecretQuestion, message(texts.emptySecret));
  return new Secret(trimmed);
}

async function referenced(
  ref: SecretRef,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  return ref.kind === 'env' ? env[ref.name] || undefined : await readSecretFile(ref.path);
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new MoltbotFeishuError({
      code: 'secret-file-unreadable',
      exitCode: ExitCode.usage,
      what: message(texts.secretFileUnreadable, { path, reason }),
      fix: texts.secretFileFix,
    });
  }
}
