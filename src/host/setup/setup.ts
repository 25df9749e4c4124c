/**
 * `channels add --channel feishu`: an account from the flags that hosts have. None is named App ID, so
 * `--bot-token` or `--token` takes `APP_ID:APP_SECRET`, or `--user-id`/`--code` the App ID and
 * `--token`, `--token-file` the secret; `--use-env` takes both from the environment.
 */
import { credentialTexts } from '../../config/source/credential-texts.ts';
import { readAppId, readAppSecret } from '../../config/source/pasted-credential.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { hostSay } from '../account/host-language.ts';
import type { SetupInput } from '../contract.ts';
import type { HostConfig } from '../host-config.ts';
import { withAccountKeys, withEnabled } from '../section/section-changes.ts';
import { setupTexts as texts } from './setup-texts.ts';

/** Stored, so that the secret stays where it is. */
const SECRET_REFERENCE = '${FEISHU_APP_SECRET}';

interface SetupRequest {
  readonly cfg: HostConfig;
  readonly accountId: string;
  readonly input: SetupInput;
}

interface GivenCredentials {
  readonly appId: string;
  readonly problem?: undefined;
  readonly secret: { readonly appSecret: string } | { readonly appSecretFile: string };
}

/** The credentials in the flags; `undefined` where some lack, `problem` where a value is wrong. */
export function readGivenCredentials(
  input: SetupInput,
  env: Readonly<Record<string, string | undefined>>,
): GivenCredentials | { readonly secret?: undefined; readonly problem: LocalizedText } | undefined {
  if (input.useEnv) return credentialsOf(env);
  const token = (input.botToken ?? input.token ?? input.appToken ?? '').trim();
  const named = [token, input.userId ?? '', input.code ?? ''].map((value) => readAppId(value));
  const appIds = named.flatMap(({ appId }) => appId ?? []);
  const [appId] = appIds;
  if (appIds.some((other) => other !== appId)) {
    return { problem: localize(credentialTexts.severalAppIds) };
  }
  if (appId === undefined) return undefined;
  // A pair of which only the App ID has its usual form.
  const pair = /^cli_[0-9a-f]{16}:(.+)$/i.exec(token)?.[1];
  const separateSecret = named.find(({ appSecret }) => appSecret !== undefined)?.appSecret;
  const isAppId = pair === undefined && named[0]?.appId !== undefined;
  const given = separateSecret ?? pair ?? (isAppId ? '' : token);
  const file = input.tokenFile?.trim();
  if (given === '') return file ? { appId, secret: { appSecretFile: file } } : undefined;
  const { appSecret, problem } = readAppSecret(given, appId);
  if (appSecret !== undefined) return { appId, secret: { appSecret } };
  return problem && { problem };
}

function credentialsOf(
  env: Readonly<Record<string, string | undefined>>,
): ReturnType<typeof readGivenCredentials> {
  const { FEISHU_APP_ID: id = '', FEISHU_APP_SECRET: value = '' } = env;
  if (id.trim() === '' || value.trim() === '') return undefined;
  const { appId, problem: wrongIdProblem } = readAppId(id);
  const { appSecret, problem: wrongSecretProblem } = readAppSecret(value, appId);
  const problem = wrongIdProblem ?? wrongSecretProblem;
  if (problem) return { problem };
  // The reference is read as it is: what surrounds the secret would be sent with it.
  if (appSecret !== value.trim()) return { problem: localize(credentialTexts.severalWords) };
  return appId === undefined ? undefined : { appId, secret: { appSecret: SECRET_REFERENCE } };
}

export const setup = {
  resolveAccountId: ({ accountId }: { readonly accountId?: string }) =>
    accountId?.trim() || 'default',

  validateInput: ({ input }: SetupRequest): string | null => {
    const say = hostSay(process.env, process.argv[1]);
    const url = input.url ?? input.httpUrl;
    if (url !== undefined && !/^https?:\/\/\S+$/.test(url)) return say(texts.notAnAddress);
    const given = readGivenCredentials(input, process.env);
    if (given?.secret) return null;
    return [...(given ? [say(given.problem)] : []), say(texts.usage)].join('\n');
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
    const given = readGivenCredentials(input, process.env);
    if (!given?.secret) return cfg;
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
