/**
 * The one logging interface; passed in, never imported as a singleton.
 *
 * Fields carry ids, sizes and times, never the content of a message and never a secret.
 */
import { maskCredentials } from './credentials.ts';
import { jsonText, visible } from './terminal/visible.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const ignore = (): void => undefined;

export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * A logger that writes one line an entry: time, level, message, `key=value` fields.
 *
 * @param write receives each line, newline included
 */
export function createLineLogger(options: {
  readonly write: (line: string) => void;
  readonly level: LogLevel;
  readonly now: () => number;
}): Logger {
  const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
  const threshold = order.indexOf(options.level);
  const at =
    (level: LogLevel) =>
    (text: string, fields: LogFields = {}): void => {
      if (order.indexOf(level) < threshold) return;
      const pairs = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(
          ([key, value]) => ` ${visible(key)}=${typeof value === 'string' ? quote(value) : value}`,
        );
      const time = new Date(options.now()).toISOString();
      options.write(`${time} ${level} ${visible(maskCredentials(text))}${pairs.join('')}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function quote(value: string): string {
  // Before it is escaped: a password may hold a quote.
  const shown = maskCredentials(value);
  return /^[\w.:/@*-]+$/.test(shown) ? shown : jsonText(shown);
}
