/** The proof: one message comes by the long connection and is answered, or one is sent to a person. */

import { sendNotice } from '../../channel/answer/notice.ts';
import { openLongConnection } from '../../channel/connection/connection.ts';
import type { InboundMessage } from '../../channel/message/event.ts';
import { createFirstMessageHandler } from '../../channel/message/first-message.ts';
import type { HostName } from '../../config/locate.ts';
import { type HostedAnswer, waitForHostedAnswer } from '../../host/account/hosted-answer.ts';
import { consoleLinks } from '../../platform/address/console-links.ts';
import { UUID_LENGTH } from '../../platform/limits.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import {
  asLocalized,
  type Lang,
  type LocalizedText,
  localize,
  render,
} from '../../shared/text/text.ts';
import { type Finding, failure } from '../check.ts';
import { appContextOf, type DoctorContext } from '../context.ts';
import { hostTexts } from '../host/host-check-texts.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';

export interface LiveOptions {
  /** The person to send one message to; without it, the check only waits for a message. */
  readonly openId: string | undefined;
  readonly lang: Lang;
  /** How long to wait for the message (ms). */
  readonly patienceMs: number;
  /** Asks the person to write. */
  readonly ask: (request: LocalizedText) => void;
}

/** @returns what came of it, within `options.patienceMs` */
export function proveByMessage(
  context: DoctorContext,
  options: LiveOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const { openId } = options;
  if (openId === undefined) return receiveOne(context, options, signal);
  return sendOne(context, { ...options, openId }, signal);
}

async function sendOne(
  context: DoctorContext,
  { openId, lang }: LiveOptions & { readonly openId: string },
  signal: AbortSignal,
): Promise<Finding> {
  const startedAt = context.now();
  await sendNotice({
    client: appContextOf(context).client,
    target: { kind: 'new', receiveIdType: 'open_id', receiveId: openId },
    text: render(texts.liveSentText, lang),
    signal,
  });
  return {
    status: 'ok',
    detail: localize(texts.liveSent, { openId, ms: context.now() - startedAt }),
  };
}

async function receiveOne(
  context: DoctorContext,
  { lang, patienceMs, ask }: LiveOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const { client } = appContextOf(context);
  const { now, env, log, found } = context;
  const { promise: heard, resolve: hear } = withResolver<Finding>();
  let asked = false;
  // Counted before the doctor's own connections. Only a hint: the awaited message decides.
  const others = found.online ?? 0;

  async function answer(inbound: InboundMessage, arrivedAt: number): Promise<Finding> {
    await sendNotice({
      client,
      target: { kind: 'reply', messageId: inbound.messageId, inThread: false },
      text: render(texts.liveHello, lang),
      uuid: `doctor-${inbound.eventId}`.slice(0, UUID_LENGTH),
      signal,
    });
    const inMs = Math.max(0, arrivedAt - (inbound.createTime || arrivedAt));
    const params = { openId: inbound.senderOpenId, inMs, outMs: now() - arrivedAt };
    return {
      status: 'ok',
      arrival: texts.provedByMessage,
      detail: localize(texts.liveDone, params),
    };
  }

  const { host, isUp } = others > 0 ? await context.hostFacts() : { host: undefined, isUp: false };
  const watched = host && isUp ? host : undefined;
  const ended = new AbortController();
  if (watched) {
    // The gateway takes some of the messages: what it answers proves the same.
    const watching = { env, signal: AbortSignal.any([signal, ended.signal]), since: now() };
    void waitForHostedAnswer(watched, context.accountId, watching).then(
      (answer) => answer && hear(byHost(watched.name, answer)),
    );
  }

  const connection = openLongConnection({
    client,
    env,
    log,
    signal,
    onState: ({ state }) => {
      if (state !== 'connected' || asked) return;
      asked = true;
      const bot = found.botName ?? client.appId;
      if (others > 0) ask(localize(texts.liveOthers, { count: others }));
      if (watched) ask(localize(texts.liveHostCounts, { name: watched.name }));
      ask(localize(texts.liveAsk, { bot, seconds: Math.round(patienceMs / 1000) }));
    },
    onEvent: createFirstMessageHandler((inbound) => {
      answer(inbound, now()).then(hear, (error: unknown) => hear(unanswered(error)));
    }),
  });
  const timer = setTimeout(() => hear(nothingCame(context, patienceMs)), patienceMs);
  const stop = () => hear(stopped);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await heard;
  } finally {
    clearTimeout(timer);
    ended.abort();
    signal.removeEventListener('abort', stop);
    await connection.close();
  }
}

function byHost(name: HostName, { agentFailure: error }: HostedAnswer): Finding {
  if (error === undefined) {
    return {
      status: 'ok',
      arrival: texts.provedByMessage,
      detail: localize(texts.liveByHost, { name }),
    };
  }
  return {
    status: 'fail',
    arrival: texts.provedByMessage,
    detail: localize(texts.liveByHostFailed, { name, error }),
    advice: localize(hostTexts.agentFailedAdvice, { name }),
  };
}

function nothingCame(context: DoctorContext, patienceMs: number): Finding {
  const { client } = appContextOf(context);
  const url = consoleLinks(client.endpoints, client.appId).events;
  return {
    status: 'fail',
    detail: localize(texts.liveNothing, { seconds: Math.round(patienceMs / 1000) }),
    advice: localize(texts.liveNothingAdvice, { url }),
    url,
  };
}

const stopped: Finding = { status: 'not-checked', detail: texts.liveStopped };

function unanswered(error: unknown): Finding {
  // Ended from outside: nothing is proven either way.
  if (!isMoltbotFeishuError(error) || error.code === 'cancelled') return stopped;
  return {
    ...failure(error),
    arrival: texts.provedByMessage,
    detail: localize(texts.liveUnanswered, { reason: asLocalized(error.what) }),
  };
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
