/** The home directory: the one place that decides it, for the program and for the plugin in a host. */
import { userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import { ExitCode, MoltbotFeishuError } from './errors.ts';
import { homeTexts as texts } from './home-texts.ts';
import { localize } from './text/text.ts';

/**
 * `HOME` (on Windows also `USERPROFILE`); where that is empty, the user database's entry.
 *
 * @throws MoltbotFeishuError `home-invalid` (usage) where HOME is relative, since files would then be
 *   read from and written to the working directory, and where there is no home directory at all
 */
export function homeDirectory(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = env.HOME || (platform === 'win32' ? env.USERPROFILE : '') || '';
  const home = named || databaseHome();
  if (isAbsolute(home)) return home;
  throw new MoltbotFeishuError({
    code: 'home-invalid',
    exitCode: ExitCode.usage,
    what: home === '' ? texts.unknown : localize(texts.relative, { home }),
    advice: texts.advice,
  });
}

function databaseHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    // A user without an entry, as containers run with arbitrary ids.
    return '';
  }
}
