/** Our log on a host's: one line an entry, ids and sizes only, nothing that could be a secret. */
import type { LogFields, Logger } from '../../shared/log.ts';
import { visible } from '../../shared/terminal/visible.ts';
import type { HostLog } from '../contract.ts';
import { addLogMark, type LogMark } from './log-mark.ts';

export function hostLogger(log: HostLog | undefined, mark: LogMark): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (text: string, fields: LogFields = {}): void => {
      const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
      const shown = pairs
        .map(([key, value]) => ` ${visible(key)}=${visible(String(value))}`)
        .join('');
      const line = `[${visible(mark.accountId)}] ${visible(text)}${shown}`;
      log?.[level]?.(line, addLogMark(mark, line));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
