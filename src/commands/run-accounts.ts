/** `run`: the configured accounts started, their events told as lines, until it is stopped. */

import type { AccountEvent } from '../channel/account.ts';
import { echoAgent, execAgent } from '../channel/agent.ts';
import { type ChannelAccount, startChannel } from '../channel/runtime.ts';
import { channelTexts as texts } from '../channel/texts.ts';
import { loadAppSecret } from '../config/accounts.ts';
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import { type ConfiguredFlags, configuredAccounts } from './configured.ts';
import { errorDocument } from './failure.ts';
import type { Shell } from './shell.ts';

export interface RunFlags extends ConfiguredFlags {
  readonly echo?: boolean;
  readonly exec?: string;
}

export async function runAccounts(shell: Shell, flags: RunFlags): Promise<number> {
  const { location, accounts: configured } = await configuredAccounts(shell, flags);
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
  const hopeless = new Map<string, MoltbotFeishuError>();
  let allHopeless: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    allHopeless = resolve;
  });
  const ready = new Set<string>();
  const startable = accounts.filter(({ account }) => account.enabled).length;
  const agent =
    flags.exec === undefined
      ? echoAgent
      : execAgent({ command: flags.exec, env: shell.env, log: shell.log });

  const channel = startChannel({
    accounts,
    agent,
    lang: shell.lang,
    env: shell.env,
    log: shell.log,
    onEvent: (event) => {
      tell(shell, event);
      if (event.event === 'ready') ready.add(event.account);
      const error = event.event === 'error' || event.event === 'state' ? event.error : undefined;
      const rejected =
        error?.exitCode === ExitCode.credentialsRejected || error?.exitCode === ExitCode.config;
      if (!error || !rejected || ready.has(event.account)) return;
      hopeless.set(event.account, error);
      // With no account left that could ever answer, a service manager must hear of it.
      if (hopeless.size === startable && ready.size === 0) setImmediate(allHopeless);
    },
  });

  await Promise.race([given, aborted(shell.signal)]);
  await channel.stop();
  tellStopped(shell);
  const [first] = shell.signal.aborted ? [] : hopeless.values();
  return first?.exitCode ?? ExitCode.ok;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

function tellStopped(shell: Shell): void {
  shell.stdout.write(
    shell.json ? `${JSON.stringify({ event: 'stopped' })}\n` : `${shell.say(texts.lineStopped)}\n`,
  );
}

function tell(shell: Shell, event: AccountEvent): void {
  const line = shell.json ? JSON.stringify(eventDocument(shell, event)) : eventLine(shell, event);
  if (line !== undefined) shell.stdout.write(`${line}\n`);
}

/** One line of `run --json`; ids and times, and the text of messages only with `--verbose`. */
function eventDocument(shell: Shell, event: AccountEvent): Readonly<Record<string, unknown>> {
  const { event: name, account } = event;
  const ids =
    'message' in event && event.message
      ? {
          eventId: event.message.eventId,
          messageId: event.message.messageId,
          chatId: event.message.chatId,
        }
      : {};
  switch (event.event) {
    case 'ready':
      return { event: name, account, ...(event.bot && { bot: event.bot }) };
    case 'state':
      return {
        event: name,
        account,
        state: event.state,
        ...(event.error && { error: errorDocument(shell, event.error) }),
      };
    case 'received':
      return {
        event: name,
        account,
        ...ids,
        ...(shell.verbose && { content: event.message.content }),
      };
    case 'ignored':
      return { event: name, account, ...ids, reason: event.reason };
    case 'answered':
      return { event: name, account, ...ids, parts: event.parts, ms: event.ms };
    case 'error':
      return { event: name, account, ...ids, error: errorDocument(shell, event.error) };
    default:
      return event satisfies never;
  }
}

function eventLine(shell: Shell, event: AccountEvent): string | undefined {
  const { account } = event;
  switch (event.event) {
    case 'ready':
      return shell.say(message(texts.lineReady, { account, bot: event.bot?.name ?? '?' }));
    case 'state': {
      const state = shell.say(message(texts.lineState, { account, state: event.state }));
      return event.error ? `${state}\n${problem(shell, account, event.error)}` : state;
    }
    case 'received':
      return shell.say(message(texts.lineReceived, { account, ...idsOf(event.message) }));
    case 'answered':
      return shell.say(
        message(texts.lineAnswered, { account, ...idsOf(event.message), ms: event.ms }),
      );
    case 'ignored':
      return shell.say(
        message(texts.lineIgnored, { account, ...idsOf(event.message), reason: event.reason }),
      );
    case 'error':
      return problem(shell, account, event.error);
    default:
      return event satisfies never;
  }
}

function idsOf({ messageId, chatId }: { readonly messageId: string; readonly chatId: string }) {
  return { messageId, chatId };
}

function problem(shell: Shell, account: string, error: MoltbotFeishuError): string {
  const line = shell.say(message(texts.lineError, { account, problem: shell.say(error.what) }));
  return error.fix
    ? `${line}\n${shell.say(message(texts.lineFix, { fix: shell.say(error.fix) }))}`
    : line;
}
