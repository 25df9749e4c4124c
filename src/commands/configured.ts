/** The configured accounts, as `run` and `doctor` need them. */
import { listAccounts, type ResolvedAccount, resolveAccount } from '../config/accounts.ts';
import { type ConfigLocation, type HostName, locateConfig } from '../config/locate.ts';
import { type ConfigDocument, readConfig } from '../config/read.ts';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import type { Shell } from './shell.ts';
import { commandTexts as texts } from './texts.ts';

export interface ConfiguredFlags {
  readonly account?: string;
  readonly config?: string;
  readonly host?: HostName | 'none';
}

export function configLocation(shell: Shell, flags: ConfiguredFlags): ConfigLocation {
  return locateConfig({
    env: shell.env,
    home: shell.home,
    ...(flags.config !== undefined && { explicitPath: flags.config }),
    ...(flags.host !== undefined && flags.host !== 'none' && { host: flags.host }),
  });
}

/** Throws what reading the config throws, and `no-account` (config) when the one asked for is not there. */
export async function configuredAccounts(
  shell: Shell,
  flags: ConfiguredFlags,
): Promise<{ location: ConfigLocation; document: ConfigDocument; accounts: ResolvedAccount[] }> {
  const location = configLocation(shell, flags);
  const document = await readConfig(location, { env: shell.env });
  const { section } = document;
  const ids = section ? listAccounts(section) : [];
  const wanted = flags.account === undefined ? ids : ids.filter((id) => id === flags.account);
  if (!section || ids.length === 0) {
    throw new MoltbotFeishuError({
      code: 'no-account',
      exitCode: ExitCode.config,
      what: message(texts.noAccounts, { path: location.path }),
      fix: texts.noAccountsFix,
    });
  }
  if (wanted.length === 0) throw unknownAccount(flags.account ?? '', location.path, ids);
  return { location, document, accounts: wanted.map((id) => resolveAccount(section, id)) };
}

export function unknownAccount(
  account: string,
  path: string,
  known: readonly string[],
): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'no-account',
    exitCode: ExitCode.config,
    what: message(texts.unknownAccount, { account, path, known: known.join(', ') }),
    fix: texts.noAccountsFix,
  });
}
