/**
 * The proof: a long connection is held, a person writes, the bot answers, the round trip is timed.
 *
 * Only the first direct message of a person is taken and acknowledged; everything else that comes
 * meanwhile is refused, so that Feishu sends it again to the runtime proper.
 */
import { openLongConnection } from '../channel/connection.ts';
import { parseMessageEvent } from '../channel/event.ts';
import type { CheckResult } from '../doctor/check.ts';
import type { PlatformClient } from '../platform/client.ts';
import { consoleLinks } from '../platform/console-links.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { type Lang, message, render } from '../shared/text.ts';
import type { Conversation } from './conversation.ts';
import { wizardTexts as texts } from './texts.ts';

export interface ProofOptions {
  readonly client: PlatformClient;
  readonly appSecret: Secret;
  readonly botName: string | undefined;
  readonly conversation: Conversation;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lang: Lang;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly log: Logger;
  /** How long to wait for the message before the likely causes are told (ms). */
  readonly patienceMs?: number;
}

export interface Proof {
  readonly step: CheckResult;
  readonly senderOpenId: string | undefined;
}

interface Heard {
  readonly senderOpenId: string;
  /** From the arrival of the message to its answer being accepted by the platform (ms). */
  readonly answeredMs: number;
}

const PATIENCE_MS = 90_000;

export async function proveByMessage(options: ProofOptions): Promise<Proof> {
  const { client, conversation, env, log, signal } = options;
  let hear: (heard: Heard) => void = () => undefined;
  const heard = new Promise<Heard>((resolve) => {
    hear = resolve;
  });
  let taken: string | undefined;
  const connection = openLongConnection({
    client,
    appSecret: options.appSecret,
    env,
    log,
    signal,
    onEvent: async (event) => {
      const inbound = parseMessageEvent(event);
      const isOurs = inbound.chatType === 'p2p' && inbound.senderType === 'user';
      if (!isOurs || (taken !== undefined && taken !== inbound.eventId)) {
        throw new Error('not the message that the proof waits for');
      }
      if (taken === inbound.eventId) return;
      taken = inbound.eventId;
      const arrivedAt = options.now();
      // The acknowledgement does not wait for the answer.
      void answer(options, inbound).then(
        () => hear({ senderOpenId: inbound.senderOpenId, answeredMs: options.now() - arrivedAt }),
        (error: unknown) => {
          taken = undefined;
          log.warn('the proof could not be answered', { error: String(error) });
        },
      );
    },
  });
  try {
    for (;;) {
      const result = await conversation.during(
        message(texts.proofAsk, { bot: options.botName ?? client.appId }),
        () => within(heard, options.patienceMs ?? PATIENCE_MS, signal),
      );
      if (result) return proven(result);
      tellCauses(options);
      const next = await conversation.choose(texts.askRetry, [
        { value: 'wait', label: texts.choiceWait },
        { value: 'skip', label: texts.choiceSkip },
      ]);
      if (next === 'skip') return unproven();
    }
  } finally {
    await connection.close();
  }
}

async function answer(
  { client, lang, signal }: ProofOptions,
  inbound: { readonly chatId: string; readonly eventId: string },
): Promise<void> {
  await client.createMessage(
    {
      receiveIdType: 'chat_id',
      receiveId: inbound.chatId,
      msgType: 'text',
      content: JSON.stringify({ text: render(texts.proofHello, lang) }),
      uuid: `proof-${inbound.eventId}`.slice(0, 50),
    },
    { signal },
  );
}

/** The value, or `undefined` when it has not come in time. Throws when the signal aborts. */
async function within<T>(
  value: Promise<T>,
  ms: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => undefined;
  const over = new Promise<undefined>((resolve, reject) => {
    timer = setTimeout(() => resolve(undefined), ms);
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([value, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function proven({ senderOpenId, answeredMs }: Heard): Proof {
  return {
    senderOpenId,
    step: {
      id: 'proof',
      ms: answeredMs,
      status: 'ok',
      detail: message(texts.proofDone, { openId: senderOpenId, ms: answeredMs }),
    },
  };
}

function unproven(): Proof {
  return {
    senderOpenId: undefined,
    step: { id: 'proof', ms: 0, status: 'not-checked', detail: texts.proofSkipped },
  };
}

function tellCauses({ client, conversation }: ProofOptions): void {
  conversation.warn(texts.proofNothing);
  const url = consoleLinks(client.endpoints, client.appId).events;
  for (const cause of [
    texts.proofCause1,
    texts.proofCause2,
    texts.proofCause3,
    texts.proofCause4,
  ]) {
    conversation.tell(message(cause, { url }));
  }
}
