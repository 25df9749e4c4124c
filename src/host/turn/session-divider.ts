/**
 * A line in a direct chat where a new session begins (`/new`, `/reset`): a system message of the kind
 * divider, which only direct chats have (open.feishu.cn, im-v1/message, create_json).
 *
 * It is an ornament: without its permission, or where the platform refuses it, there is none.
 */
import { createHash } from 'node:crypto';
import type { InboundMessage } from '../../channel/message/event.ts';
import { createPermissionWarner } from '../../channel/missing-permission.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { codeOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { answerTimeout } from '../../shared/time/waiting.ts';
import { hostTexts as texts } from '../host-texts.ts';

/** Draws the line; resolves when it is there, or soon. Never rejects. */
export type SessionDivider = (message: InboundMessage) => Promise<void>;

/** The answer to the command does not wait longer (ms). */
const TIMEOUT_MS = 1500;
/** A missing permission may be granted meanwhile (ms). */
const PAUSE_MS = 10 * 60_000;

export function createSessionDivider(options: {
  readonly client: Pick<PlatformClient, 'createMessage'>;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
}): SessionDivider {
  const { client, log, monotonic } = options;
  const warn = createPermissionWarner(log, 'no line is drawn where a new session begins');
  let pausedUntil = 0;
  const { en, zh } = texts.newSession;
  const content = JSON.stringify({
    type: 'divider',
    params: { divider_text: { text: zh, i18n_text: { zh_CN: zh, en_US: en } } },
    options: { need_rollup: true },
  });

  return async ({ chatType, threadId, senderOpenId, eventId }) => {
    const isDirect = chatType === 'p2p' && threadId === undefined;
    if (!isDirect || monotonic() < pausedUntil) return;
    const signal = AbortSignal.any([options.signal, answerTimeout(TIMEOUT_MS)]);
    // The same line, if the command is taken up again after a crash.
    const uuid = createHash('sha256').update(`${eventId}#divider`).digest('hex').slice(0, 40);
    const receiver = { receiveIdType: 'open_id', receiveId: senderOpenId } as const;
    try {
      await client.createMessage({ ...receiver, msgType: 'system', content, uuid }, { signal });
    } catch (error) {
      pausedUntil = monotonic() + PAUSE_MS;
      warn(error);
      log.info('no line where a new session begins', { error: codeOf(error) });
    }
  };
}
