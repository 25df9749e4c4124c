/** `run`, seen from the config: flags in, the accounts with their secrets loaded, then {@link runCommand}. */
import { tmpdir } from 'node:os';
import type { ChannelAccount } from '../../channel/runtime.ts';
import { loadAppSecret } from '../../config/account/accounts.ts';
import { secretFilePath } from '../../config/account/app-secret.ts';
import { inboxLocation } from '../../config/account/inbox-location.ts';
import { stateDirectories, usesConfig } from '../../config/locate.ts';
import { isServer } from '../../config/rules/inbox-value.ts';
import { findWithheld } from '../../config/withheld.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { type ConfiguredFlags, configLocation, configuredAccounts } from '../configured.ts';
import { writeLine } from '../output/people-line.ts';
import type { Shell } from '../shell.ts';
import { runCommand } from './run.ts';
import { runMediaRoots } from './run-media-roots.ts';
import { limitHeap } from './small-heap.ts';

export interface RunFlags extends ConfiguredFlags {
  readonly echo?: boolean;
  readonly exec?: string;
  readonly execVersion?: '1' | '2';
  readonly execFormat?: 'text' | 'jsonl';
  readonly mediaRoot?: readonly string[];
}

export async function runAccounts(shell: Shell, flags: RunFlags): Promise<number> {
  limitHeap();
  const location = await configLocation(shell, flags);
  const { document, accounts: configured } = await configuredAccounts(shell, location, flags);
  shell.human.write(`${shell.say(usesConfig(location))}\n`);
  for (const { text } of document.warnings) {
    writeLine(shell, `${shell.paint.yellow('!')} ${shell.say(text)}`);
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
  const inbox = inboxLocation(document.section?.inbox, { location, home: shell.home });
  return runCommand({
    ...shell,
    accounts,
    inbox,
    mediaRoots: await runMediaRoots({
      directories: [process.cwd(), tmpdir(), ...(flags.mediaRoot ?? [])],
      denied: [
        ...stateDirectories(shell.env, shell.home),
        location.stateDir,
        location.path,
        ...configured.flatMap(({ appSecretFile }) =>
          appSecretFile === undefined ? [] : secretFilePath(appSecretFile, location, shell.home),
        ),
        ...(isServer(inbox) ? [] : [inbox]),
      ],
      home: shell.home,
    }),
    mode:
      command === undefined
        ? { kind: 'echo' }
        : {
            kind: 'exec',
            command,
            version: flags.execVersion === '1' ? 1 : 2,
            format: flags.execFormat ?? 'text',
            withheld: await findWithheld(document, shell.home),
          },
  });
}
