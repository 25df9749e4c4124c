/** A channel against a sandbox, and what it told; everything is stopped after each test. */
import { afterEach } from 'vitest';
import type { AccountEvent } from '../../src/channel/account-event.ts';
import { type Agent, echoAgent } from '../../src/channel/agent/agent.ts';
import { type Channel, type ChannelAccount, startChannel } from '../../src/channel/runtime.ts';
import type { ResolvedAccount } from '../../src/config/account/account.ts';
import { resolveAccount } from '../../src/config/account/accounts.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { LogFields, Logger } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function cleanUp(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  cleanUp(() => sandbox.close());
  return sandbox;
}

export function accountOf(
  sandbox: { readonly url: string; readonly appId: string; readonly appSecret: string },
  patch: Partial<ResolvedAccount> = {},
): ChannelAccount {
  const appSecret = patch.appSecret ?? new Secret(sandbox.appSecret);
  return {
    appSecret,
    account: {
      ...resolveAccount({ appId: sandbox.appId }, 'default'),
      domain: sandbox.url,
      streaming: 'block',
      ...patch,
      appSecret,
    },
  };
}

export const noLimits = {
  perChatPerSecond: Number.POSITIVE_INFINITY,
  perAppPerSecond: Number.POSITIVE_INFINITY,
  perAppPerMinute: Number.POSITIVE_INFINITY,
};

export interface LogLine {
  readonly level: string;
  readonly text: string;
  readonly fields: LogFields;
}

export interface Watched {
  readonly channel: Channel;
  readonly events: AccountEvent[];
  readonly logs: LogLine[];
  /** Resolves with the next (or an earlier) event of this kind. */
  event<K extends AccountEvent['event']>(
    kind: K,
    count?: number,
  ): Promise<Extract<AccountEvent, { event: K }>>;
}

export function recordingLog(lines: LogLine[]): Logger {
  const at =
    (level: string) =>
    (text: string, fields: LogFields = {}): void => {
      lines.push({ level, text, fields });
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export function channelWith(
  accounts: readonly ChannelAccount[],
  options: Partial<Parameters<typeof startChannel>[0]> & { readonly agent?: Agent } = {},
): Watched {
  const events: AccountEvent[] = [];
  const logs: LogLine[] = [];
  const listeners = new Set<() => void>();
  const channel = startChannel({
    agent: echoAgent,
    lang: 'en',
    env: {},
    log: recordingLog(logs),
    // The sandbox has no limits unless a test asks for them.
    times: { sendLimits: noLimits },
    ...options,
    accounts,
    onEvent(event) {
      events.push(event);
      for (const listener of [...listeners]) listener();
    },
  });
  cleanUp(() => channel.stop());
  return {
    channel,
    events,
    logs,
    event<K extends AccountEvent['event']>(kind: K, count = 1) {
      return new Promise<Extract<AccountEvent, { event: K }>>((resolve) => {
        const look = (): void => {
          const found = events.filter((event) => event.event === kind);
          const wanted = found[count - 1];
          if (!wanted) return;
          listeners.delete(look);
          resolve(wanted as Extract<AccountEvent, { event: K }>);
        };
        listeners.add(look);
        look();
      });
    },
  };
}

/** The text of a text message or of a post, as it was sent: its rows as lines. */
export function sentText(content: string): string {
  const value = JSON.parse(content) as {
    text?: string;
    zh_cn?: { content: { text: string }[][] };
    body?: { elements: { content?: string }[] };
  };
  const elements = value.body?.elements.map(({ content }) => content ?? '');
  const rows = value.zh_cn?.content.map((row) => row.map(({ text }) => text).join(''));
  return value.text ?? rows?.join('\n') ?? elements?.join('\n\n') ?? '';
}
