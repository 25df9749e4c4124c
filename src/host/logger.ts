/** Our log on a host's: one line an entry, ids and sizes only, nothing that could be a secret. */
import type { LogFields, Logger } from '../shared/log.ts';
import { visible } from '../shared/visible.ts';
import type { HostLog } from './contract.ts';

export function hostLogger(log: HostLog | undefined, accountId: string): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (text: string, fields: LogFields = {}): void => {
      const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
      const shown = pairs
        .map(([key, value]) => ` ${visible(key)}=${visible(String(value))}`)
        .join('');
      log?.[level]?.(`[${visible(accountId)}] ${visible(text)}${shown}`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
