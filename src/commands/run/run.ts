/** `run`: starts accounts, prints their events until stopped. Reads no config and no flags. */
import type { AccountEvent } from '../../channel/account-event.ts';
import { echoAgent } from '../../channel/agent/agent.ts';
import { execAgent } from '../../channel/agent/exec-agent.ts';
import type { MediaRoots } from '../../channel/answer/media/found/media-roots.ts';
import { channelTexts as texts } from '../../channel/channel-texts.ts';
import {
  type Channel,
  type ChannelAccount,
  GRACE_MS,
  startChannel,
} from '../../channel/runtime.ts';
import type { Withheld } from '../../config/withheld.ts';
import { ExitCode, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { jsonText } from '../../shared/terminal/visible.ts';
import { type Lang, localize, render } from '../../shared/text/text.ts';
import { commandError } from '../command-errors.ts';
import { type EventOptions, eventDocument, eventLines } from '../output/run-lines.ts';

export interface RunOptions {
  readonly accounts: readonly ChannelAccount[];
  /** A directory or a `redis://` URL, as {@link startChannel} takes it. */
  readonly inbox: string;
  readonly mode:
    | { readonly kind: 'echo' }
    | {
        readonly kind: 'exec';
        readonly version: 1 | 2;
        readonly format: 'text' | 'jsonl';
        readonly command: string;
        /** Variables and values to keep out of the command's environment. */
        readonly withheld: Withheld;
      };
  /** Which local files an answer may send. */
  readonly mediaRoots: MediaRoots;
  readonly json: boolean;
  /** Shows the text of messages, too, and logs more. */
  readonly verbose: boolean;
  readonly lang: Lang;
  readonly say: EventOptions['say'];
  readonly stdout: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the run. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly log: Logger;
}

interface Output {
  write(text: string): unknown;
}

/**
 * Runs until the signal aborts (0), or until no account is left that could ever answer (the exit
 * code of the first one's error).
 *
 * @throws MoltbotFeishuError `no-account` (config) where no account is enabled
 */
export async function runCommand(options: RunOptions): Promise<number> {
  const { lang, say, verbose, stdout, signal, log, now } = options;
  if (!options.accounts.some(({ account }) => account.enabled)) {
    throw commandError(
      'noAccounts',
      {},
      { what: texts.noAccounts, advice: texts.noAccountsAdvice },
    );
  }

  let channel: Channel | undefined;
  let wasReady = false;
  let fatal: MoltbotFeishuError | undefined;
  const givingUp = new AbortController();

  function checkAccounts(): void {
    const problems = channel?.accounts.map(({ error }) => error) ?? [];
    if (wasReady || problems.length === 0 || !problems.every(isFatal)) return;
    fatal = problems[0];
    givingUp.abort();
  }

  // In a burst, one write for all lines of a moment: each may block until its reader has read.
  let lines = '';
  function print(line: string): void {
    if (lines === '') setImmediate(flush);
    lines += `${line}\n`;
  }
  function flush(): void {
    if (lines !== '') stdout.write(lines);
    lines = '';
  }

  function reportEvent(event: AccountEvent): void {
    const shown = { lang, verbose, say };
    if (options.json) print(jsonText(eventDocument(event, shown)));
    else for (const line of eventLines(event, shown)) print(line);
    if (event.event === 'ready') wasReady = true;
    if (event.event === 'state' || event.event === 'error') checkAccounts();
  }

  function reportStopping(): void {
    const running = channel?.accounts.reduce((total, account) => total + account.running, 0) ?? 0;
    if (running === 0) return;
    const params = { running, s: Math.ceil(GRACE_MS / 1000) };
    if (options.json) print(JSON.stringify({ event: 'stopping', running }));
    else print(render(localize(texts.lineStopping, params), lang));
  }
  signal.addEventListener('abort', reportStopping, { once: true });

  const env = options.env;
  channel = startChannel({
    accounts: options.accounts,
    agent:
      options.mode.kind === 'echo'
        ? echoAgent
        : execAgent({
            command: options.mode.command,
            env,
            log,
            secrets: options.mode.withheld.values,
            withheldNames: options.mode.withheld.variables,
            version: options.mode.version,
            format: options.mode.format,
          }),
    lang,
    env,
    log,
    onEvent: reportEvent,
    inbox: options.inbox,
    media: { roots: options.mediaRoots },
    signal: AbortSignal.any([signal, givingUp.signal]),
    now,
  });
  // Accounts that failed to start reported it before `channel` existed.
  checkAccounts();
  await channel.stopped;
  print(options.json ? '{"event":"stopped"}' : render(texts.lineStopped, lang));
  flush();
  return signal.aborted ? ExitCode.ok : (fatal?.exitCode ?? ExitCode.ok);
}

/** Only a person can fix the fault, in the config: to keep waiting would look like running. */
function isFatal(error: MoltbotFeishuError | undefined): error is MoltbotFeishuError {
  const fixedByConfig: readonly number[] = [
    ExitCode.usage,
    ExitCode.credentialsRejected,
    ExitCode.config,
  ];
  return error !== undefined && fixedByConfig.includes(error.exitCode);
}
