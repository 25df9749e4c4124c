/** `run`, seen from the config: flags in, the accounts with their secrets loaded, then {@link runCommand}. */
import type { ChannelAccount } from '../channel/runtime.ts';
import { loadAppSecret } from '../config/accounts.ts';
import { inboxLocation } from '../config/inbox-location.ts';
import { usesConfig } from '../config/locate.ts';
import { findWithheld } from '../config/withheld.ts';
import { isMoltbotFeishuError } from '../shared/errors.ts';
import { type ConfiguredFlags, configLocation, configuredAccounts } from './configured.ts';
import { runCommand } from './run.ts';
import type { Shell } from './shell.ts';
import { limitHeap } from './small-heap.ts';

export interface RunFlags extends ConfiguredFlags {
  readonly echo?: boolean;
  readonly exec?: string;
  readonly execVersion?: '1' | '2';
}

export async function runAccounts(shell: Shell, flags: RunFlags): Promise<number> {
  limitHeap();
  const location = await configLocation(shell, flags);
  const { document, accounts: configured } = await configuredAccounts(shell, location, flags);
  shell.human.write(`${shell.say(usesConfig(location))}\n`);
  for (const { text } of document.warnings) {
    shell.human.write(`${shell.paint.yellow('!')} ${shell.say(text)}\n`);
  }
  const accounts = await Promise.all(
    configured.map(async (account): Promise<ChannelAccount> => {
      try {
        return { account, appSecret: await loadAppSecret(account, { location, home: shell.home }) };
      } catch (error) {
        if (isMoltbotFeishuError(error)) return { account, appSecret: error };
        throw error;
      }
    }),
  );
  const { exec: command } = flags;
  return runCommand({
    ...shell,
    accounts,
    inbox: inboxLocation(document.section?.inbox, { location, home: shell.home }),
    mode:
      command === undefined
        ? { kind: 'echo' }
        : {
            kind: 'exec',
            command,
            version: flags.execVersion === '1' ? 1 : 2,
            withheld: await findWithheld(document, shell.home),
          },
  });
}
