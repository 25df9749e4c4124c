/** The accounts of a section, each with everything it inherits. Pure but for the reading of a secret file. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { Secret } from '../shared/secret.ts';
import { message } from '../shared/text.ts';
import type { ConfigLocation } from './locate.ts';
import { type AccountSettings, accountDefaults, type FeishuSection } from './schema.ts';
import { configTexts as texts } from './texts.ts';

export interface GroupSettings {
  readonly enabled?: boolean | undefined;
  readonly requireMention?: boolean | undefined;
  readonly allowFrom?: readonly string[] | undefined;
}

export interface ResolvedAccount {
  readonly id: string;
  readonly enabled: boolean;
  /** Empty where none is configured. */
  readonly appId: string;
  readonly appSecret: Secret | undefined;
  readonly appSecretFile?: string;
  readonly domain: string;
  readonly dmPolicy: 'open' | 'pairing' | 'allowlist';
  readonly allowFrom: readonly string[];
  readonly groupPolicy: 'open' | 'allowlist' | 'disabled';
  readonly groupAllowFrom: readonly string[];
  readonly requireMention: boolean;
  readonly groups: Readonly<Record<string, GroupSettings>>;
  readonly replyInThread: boolean;
  readonly streaming: 'off' | 'block' | 'card';
  readonly mediaMaxMb: number;
  readonly typingReaction: boolean;
}

const DEFAULT_ACCOUNT = 'default';

/** The account at the top level is `default`; it is there when it has an App ID, or nobody else is. */
export function listAccounts(section: FeishuSection): string[] {
  const named = Object.keys(section.accounts ?? {});
  const top = section.appId !== undefined && !named.includes(DEFAULT_ACCOUNT);
  return top || named.length === 0 ? [DEFAULT_ACCOUNT, ...named] : named;
}

export function resolveAccount(section: FeishuSection, id: string): ResolvedAccount {
  const own: AccountSettings | undefined = section.accounts?.[id];
  const isTop = id === DEFAULT_ACCOUNT && own === undefined;
  const settings = own ?? (isTop ? section : {});
  // An App ID and its secret belong together: neither is ever mixed with one of another level.
  const credentials = own?.appId !== undefined || !(isTop || id === DEFAULT_ACCOUNT) ? own : { ...pick(section), ...own };
  const secret = credentials?.appSecret;
  const of = <K extends keyof typeof accountDefaults>(key: K) =>
    settings[key] ?? section[key] ?? accountDefaults[key];
  return {
    id,
    enabled: section.enabled !== false && settings.enabled !== false,
    appId: credentials?.appId ?? '',
    appSecret: secret ? new Secret(secret) : undefined,
    ...(credentials?.appSecretFile !== undefined && { appSecretFile: credentials.appSecretFile }),
    domain: of('domain'),
    dmPolicy: of('dmPolicy'),
    allowFrom: of('allowFrom'),
    groupPolicy: of('groupPolicy'),
    groupAllowFrom: of('groupAllowFrom'),
    requireMention: of('requireMention'),
    groups: { ...section.groups, ...settings.groups },
    replyInThread: of('replyInThread'),
    streaming: of('streaming'),
    mediaMaxMb: of('mediaMaxMb'),
    typingReaction: of('typingReaction'),
  };
}

function pick({ appId, appSecret, appSecretFile }: AccountSettings): AccountSettings {
  return { appId, appSecret, appSecretFile };
}

/**
 * The App Secret of an account, from the config or from its file (relative to the config's folder).
 *
 * @throws MoltbotFeishuError (exit 5) `secret-missing`, `secret-unreadable`
 */
export async function loadAppSecret(
  account: ResolvedAccount,
  { location, home }: { readonly location: ConfigLocation; readonly home: string },
): Promise<Secret> {
  if (account.appSecret) return account.appSecret;
  if (account.appSecretFile === undefined) throw missing(account.id);
  const path = secretFilePath(account.appSecretFile, location, home);
  let value: string;
  try {
    value = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new MoltbotFeishuError({
      code: 'secret-unreadable',
      exitCode: ExitCode.config,
      what: message(texts.secretUnreadable, {
        path,
        account: account.id,
        reason: (error as NodeJS.ErrnoException).code ?? 'unknown',
      }),
      fix: texts.unreadableFix,
    });
  }
  if (value === '') throw missing(account.id);
  return new Secret(value);
}

export function secretFilePath(path: string, location: ConfigLocation, home: string): string {
  return path.startsWith('~/') ? join(home, path.slice(2)) : resolve(dirname(location.path), path);
}

function missing(account: string): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'secret-missing',
    exitCode: ExitCode.config,
    what: message(texts.secretMissing, { account }),
    fix: message(texts.secretMissingFix, { account }),
  });
}
