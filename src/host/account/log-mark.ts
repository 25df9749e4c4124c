/**
 * The mark of our lines in a host's log, which all gateways of a machine share: whose state directory it
 * is, and since when the account has been running. The doctor tells by it which lines count.
 */

export interface LogMark {
  /** Real, without symbolic links. */
  readonly stateDir: string;
  readonly accountId: string;
  /** ms since 1970 */
  readonly startedAt: number;
}

/** Hosts write it into the file, and the console message in place of both to the console. */
export function addLogMark(
  mark: LogMark,
  consoleMessage: string,
): Readonly<Record<string, unknown>> {
  return { feishu: mark, consoleMessage };
}

export function readLogMark(value: unknown): LogMark | undefined {
  const mark: unknown = isObject(value) ? Reflect.get(value, 'feishu') : undefined;
  if (!isObject(mark)) return undefined;
  const { stateDir, accountId, startedAt } = mark as { readonly [key in keyof LogMark]?: unknown };
  return typeof stateDir === 'string' &&
    typeof accountId === 'string' &&
    typeof startedAt === 'number'
    ? { stateDir, accountId, startedAt }
    : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
