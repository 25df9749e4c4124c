/** A platform that answers calls for messages, for tests of what is fetched. */
import {
  createMessageFetcher,
  type FetchMessage,
} from '../../../../src/channel/message/fetched/fetch-message.ts';
import type { PlatformCall } from '../../../../src/platform/client/client.ts';
import { ExitCode, MoltbotFeishuError } from '../../../../src/shared/errors.ts';
import { silentLogger } from '../../../../src/shared/log.ts';
import { verbatim } from '../../../../src/shared/text/text.ts';

export interface Platform {
  readonly fetchMessage: FetchMessage;
  readonly calls: readonly string[];
}

/** @param answers the items by message id; a message that is not listed is refused */
export function platformWith(answers: Readonly<Record<string, readonly unknown[]>>): Platform {
  const calls: string[] = [];
  async function call<T>({ path, schema }: PlatformCall<T>, options?: { signal?: AbortSignal }) {
    options?.signal?.throwIfAborted();
    calls.push(path);
    const items = answers[/messages\/(\w+)/.exec(path)?.[1] ?? ''];
    if (!items) throw refusal();
    return schema.parse({ items });
  }
  return { fetchMessage: createMessageFetcher({ client: { call }, log: silentLogger }), calls };
}

export const refusal = () =>
  new MoltbotFeishuError({
    code: 'platform-error',
    exitCode: ExitCode.unavailable,
    what: verbatim('refused'),
    details: { retryable: false },
  });

export interface ItemPatch {
  readonly sender?: string;
  readonly type?: string;
  readonly content?: unknown;
  readonly at?: number;
  readonly upper?: string;
  readonly mentions?: readonly object[];
  readonly deleted?: boolean;
}

/** 2026-11-26 23:00 UTC, and a minute more for each `at`. */
const START_MS = 1_795_734_000_000;

export function item(id: string, patch: ItemPatch = {}) {
  const { sender = 'ou_anna', type = 'text', content = { text: id }, at = 0, upper } = patch;
  const isApp = sender.startsWith('cli_');
  return {
    message_id: id,
    msg_type: type,
    create_time: String(START_MS + at * 60_000),
    sender: {
      id: sender,
      id_type: isApp ? 'app_id' : 'open_id',
      sender_type: isApp ? 'app' : 'user',
    },
    body: { content: typeof content === 'string' ? content : JSON.stringify(content) },
    ...(upper !== undefined && { upper_message_id: upper }),
    ...(patch.mentions && { mentions: patch.mentions }),
    ...(patch.deleted && { deleted: true }),
  };
}

const known: Readonly<Record<string, string>> = { ou_anna: 'Anna', ou_zhang: '张三' };

export const nameOf = (openId: string) => Promise.resolve(known[openId]);

export function reading({ fetchMessage }: Platform, patch: { signal?: AbortSignal } = {}) {
  const signal = new AbortController().signal;
  return { fetchMessage, appId: 'cli_self', nameOf, lang: 'en', signal, ...patch } as const;
}
