/**
 * `channels add --channel feishu`: an account from the flags that hosts have. None is named App ID, so
 * `--bot-token` or `--token` takes `APP_ID:APP_SECRET`, or `--user-id`/`--code` the App ID and
 * `--token`, `--token-file` the secret; `--use-env` takes both from the environment.
 */
import { inCommandsOf } from './command-names.ts';
import { runningHost } from './config-location.ts';
import type { SetupInput } from './contract.ts';
import type { HostConfig } from './host-config.ts';
import { withAccountKeys, withEnabled } from './section-changes.ts';

const APP_ID = /^cli_[0-9a-fA-F]{16}$/;
/**
 * OpenClaw masks the word behind a flag whose name sounds like a secret's, in whatever it prints: each
 * flag stands behind its value here, and a punctuation mark behind the flag.
 */
const USAGE = [
  'Feishu needs an App ID (cli_ and 16 characters) and its App Secret. Give them in one of these ways:',
  '- both joined by a colon, as in cli_0123456789abcdef:AppSecret, by --token.',
  '- the App ID by --user-id, and the App Secret by --token, or the path of a file with it by --token-file.',
  '- both from the environment (FEISHU_APP_ID and FEISHU_APP_SECRET), by --use-env.',
  'Guided, or by scanning a code: moltbot-feishu setup',
].join('\n');

interface SetupRequest {
  readonly cfg: HostConfig;
  readonly accountId: string;
  readonly input: SetupInput;
}

interface Given {
  readonly appId: string;
  readonly secret: { readonly appSecret: string } | { readonly appSecretFile: string };
}

/** What the flags say; `undefined` where they do not say enough. */
export function givenCredentials(
  input: SetupInput,
  env: Readonly<Record<string, string | undefined>>,
): Given | undefined {
  if (input.useEnv) {
    const appId = env.FEISHU_APP_ID?.trim() ?? '';
    const isSet = Boolean(env.FEISHU_APP_SECRET?.trim());
    // The reference is stored, so that the secret stays where it is.
    const appSecret = `\${FEISHU_APP_SECRET}`;
    return APP_ID.test(appId) && isSet ? { appId, secret: { appSecret } } : undefined;
  }
  const token = (input.botToken ?? input.token ?? input.appToken ?? '').trim();
  const pair = /^(cli_[0-9a-fA-F]{16}):(\S+)$/.exec(token);
  if (pair?.[1] && pair[2]) return { appId: pair[1], secret: { appSecret: pair[2] } };
  const appId = [input.userId, input.code]
    .find((value) => APP_ID.test(value?.trim() ?? ''))
    ?.trim();
  if (appId === undefined) return undefined;
  if (input.tokenFile?.trim()) return { appId, secret: { appSecretFile: input.tokenFile.trim() } };
  return token === '' ? undefined : { appId, secret: { appSecret: token } };
}

export const setup = {
  resolveAccountId: ({ accountId }: { readonly accountId?: string }) =>
    accountId?.trim() || 'default',

  validateInput: ({ input }: SetupRequest): string | null => {
    const url = input.url ?? input.httpUrl;
    if (url !== undefined && !/^https?:\/\/\S+$/.test(url))
      return '--url takes an address that begins with https:// or http://';
    return givenCredentials(input, process.env)
      ? null
      : inCommandsOf(runningHost(process.argv[1]), USAGE);
  },

  applyAccountName: (named: {
    readonly cfg: HostConfig;
    readonly accountId: string;
    readonly name?: string;
  }): HostConfig =>
    named.name?.trim()
      ? withAccountKeys(named.cfg, named.accountId, { name: named.name.trim() })
      : named.cfg,

  applyAccountConfig: ({ cfg, accountId, input }: SetupRequest): HostConfig => {
    const given = givenCredentials(input, process.env);
    if (!given) return cfg;
    const url = input.url ?? input.httpUrl;
    const keys = {
      appId: given.appId,
      ...given.secret,
      ...(input.name?.trim() && { name: input.name.trim() }),
      ...(url !== undefined && { domain: url }),
    };
    return withEnabled(withAccountKeys(cfg, accountId, keys), accountId, true);
  },
};
