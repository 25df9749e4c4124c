/** The proof: on the held connection a person's message comes, the bot answers, the round trip is timed. */

import { sendNotice } from '../../../channel/answer/notice.ts';
import type { InboundMessage } from '../../../channel/message/event.ts';
import { createFirstMessageHandler } from '../../../channel/message/first-message.ts';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { UUID_LENGTH } from '../../../platform/limits.ts';
import type { Logger } from '../../../shared/log.ts';
import { type Lang, render } from '../../../shared/text/text.ts';
import type { HeldConnection } from '../../held-connection.ts';
import { proofTexts as texts } from './proof-texts.ts';

export interface HeardMessage {
  readonly senderOpenId: string;
  /** From the arrival of the message to its answer being accepted by the platform (ms). */
  readonly answeredMs: number;
}

export interface Listening {
  /** Rejects when the message came and could not be answered: the platform's error. */
  readonly heard: Promise<HeardMessage>;
  stop(): void;
}

export function listenForMessage(
  connection: HeldConnection,
  options: {
    readonly client: PlatformClient;
    readonly lang: Lang;
    readonly log: Logger;
    readonly signal: AbortSignal;
    readonly now: () => number;
  },
): Listening {
  const heard = new Promise<HeardMessage>((resolve, reject) => {
    connection.listen(
      createFirstMessageHandler((inbound) => {
        const arrivedAt = options.now();
        answer(options, inbound).then(
          () =>
            resolve({
              senderOpenId: inbound.senderOpenId,
              answeredMs: options.now() - arrivedAt,
            }),
          reject,
        );
      }),
    );
  });
  // A rejection may come while no caller waits.
  heard.catch(() => undefined);
  return { heard, stop: () => connection.listen(undefined) };
}

/** Writes to a person first: one message proves token, bot, scope and availability. */
export async function showGreeting(
  client: PlatformClient,
  openId: string,
  { lang, signal }: { readonly lang: Lang; readonly signal: AbortSignal },
): Promise<void> {
  await sendNotice({
    client,
    target: { kind: 'new', receiveIdType: 'open_id', receiveId: openId },
    text: render(texts.first, lang),
    signal,
  });
}

async function answer(
  {
    client,
    lang,
    signal,
  }: { readonly client: PlatformClient; readonly lang: Lang; readonly signal: AbortSignal },
  inbound: InboundMessage,
): Promise<void> {
  await sendNotice({
    client,
    target: { kind: 'new', receiveIdType: 'chat_id', receiveId: inbound.chatId },
    text: render(texts.hello, lang),
    uuid: `proof-${inbound.eventId}`.slice(0, UUID_LENGTH),
    signal,
  });
}
