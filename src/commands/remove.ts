/** `remove`: an account, or the whole channel, out of the config again. */
import type { HostName } from '../config/locate.ts';
import { ExitCode, isMoltbotFeishuError } from '../shared/errors.ts';
import { jsonText } from '../shared/terminal/visible.ts';
import { cancelled } from '../wizard/conversation/conversation.ts';
import { JumpTo } from '../wizard/conversation/jump-to.ts';
import { removeAccount } from '../wizard/remove/remove.ts';
import { configLocation } from './configured.ts';
import { converse } from './converse.ts';
import { showError } from './failure.ts';
import type { RemoveDocument } from './output/documents.ts';
import { checkDocument } from './output/step-document.ts';
import type { Shell } from './shell.ts';

export interface RemoveCommandFlags {
  readonly account?: string;
  readonly all?: boolean;
  readonly config?: string;
  readonly host?: HostName | 'none';
  readonly dryRun?: boolean;
  readonly purge?: boolean;
  readonly plugin?: boolean;
}

export async function removeCommand(shell: Shell, flags: RemoveCommandFlags): Promise<number> {
  const location = await configLocation(shell, flags);
  const conversation = await converse(shell);
  try {
    const removed = await removeAccount({
      location,
      env: shell.env,
      home: shell.home,
      conversation,
      lang: shell.lang,
      signal: shell.signal,
      account: flags.account,
      all: flags.all === true,
      dryRun: flags.dryRun === true,
      purge: flags.purge === true,
      plugin: flags.plugin,
      wantedHost: flags.host,
      platform: process.platform,
      now: shell.now,
    });
    if (shell.json) {
      const { accounts, config, remaining, steps, next } = removed;
      const account = accounts.length > 1 ? undefined : (accounts[0] ?? flags.account);
      shell.stdout.write(
        `${jsonText({
          ok: true,
          ...(account !== undefined && { account }),
          accounts,
          ...(flags.dryRun && { dryRun: true }),
          config,
          stays: remaining.map(({ what, text, url }) => ({
            what,
            detail: shell.say(text),
            ...(url && { url }),
          })),
          steps: steps.map((step) => checkDocument(shell, step)),
          next,
        } satisfies RemoveDocument)}\n`,
      );
    }
    return ExitCode.ok;
  } catch (error) {
    // Back from the first question is leaving it.
    const known = error instanceof JumpTo ? cancelled() : error;
    if (!isMoltbotFeishuError(known) && !shell.signal.aborted) throw known;
    return showError(shell, known);
  } finally {
    conversation.close();
  }
}
