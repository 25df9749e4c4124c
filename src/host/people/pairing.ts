/**
 * Pairing through the host's store: a stranger gets a code once, and a message after the approval.
 *
 * `<host> pairing approve feishu CODE` writes the store; each message reads it, so that an approval
 * counts without a restart.
 */

import { createHash } from 'node:crypto';
import QuickLRU from 'quick-lru';
import { sendNotice } from '../../channel/answer/notice.ts';
import type { NameDirectory } from '../../channel/message/directory/name-directory.ts';
import type { Pairing } from '../../channel/message/pairing.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type Lang, render } from '../../shared/text/text.ts';
import { hostTexts as texts } from '../host-texts.ts';
import type { HostChannelRuntime } from '../runtime-contract.ts';
import type { PairingRequestStore } from './pairing-requests.ts';
import { normalizeAllowEntry } from './targets.ts';

export interface HostPairingOptions {
  readonly accountId: string;
  readonly host: Pick<HostChannelRuntime, 'pairing'>;
  readonly client: PlatformClient;
  readonly names: NameDirectory;
  /** Also those who have asked before a restart. */
  readonly pairingRequests: PairingRequestStore;
  readonly lang: Lang;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** How often the store is read while a person waits (ms). */
  readonly pollMs?: number;
}

/** A code of the hosts lives for an hour (clawdbot@2026.1.24-3, pairing/pairing-store). */
const CODE_LIFETIME_MS = 60 * 60_000;
const POLL_MS = 2000;
/** The most people remembered as notified that too many wait; bounds memory. */
const MAX_NOTIFIED = 5000;

export function createHostPairing(options: HostPairingOptions): Pairing {
  const { accountId, host, pairingRequests, log, lang, now, signal } = options;
  const notifiedFull = new QuickLRU<string, number>({ maxSize: MAX_NOTIFIED });
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  void checkApprovals();

  async function approved(): Promise<readonly string[]> {
    return (await readApproved(host, accountId)).map(normalizeAllowEntry);
  }

  function schedulePoll(): void {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(() => void checkApprovals(), options.pollMs ?? POLL_MS);
  }

  /** Repeats until no person waits. */
  async function checkApprovals(): Promise<void> {
    try {
      const asked = await pairingRequests.all();
      if (asked.size === 0) return;
      const people = await approved();
      for (const [openId, until] of asked)
        await settleRequest(openId, until, people.includes(openId));
    } catch (error) {
      if (signal.aborted) return;
      const code = isMoltbotFeishuError(error) ? error.code : 'store-unreadable';
      log.warn('the notice of an approval was not sent', { error: code });
    }
    schedulePoll();
  }

  async function settleRequest(openId: string, until: number, isApproved: boolean): Promise<void> {
    if (isApproved) await notify(openId);
    else if (now() <= until) return;
    await pairingRequests.remove(openId);
  }

  /** Rejects where another try may reach the person. */
  async function notify(openId: string): Promise<void> {
    try {
      await notifyApproved(options, openId);
    } catch (error) {
      if (signal.aborted || !isMoltbotFeishuError(error) || error.details.retryable) throw error;
      log.warn('the notice of an approval was not sent', { error: error.code });
    }
  }

  return {
    approved,
    async request({ senderOpenId }) {
      // The platform has not reported the sender, so no person can be approved.
      if (senderOpenId === '') return undefined;
      const name = await options.names.user(senderOpenId);
      const { code, created } = await host.pairing.upsertPairingRequest({
        channel: 'feishu',
        id: senderOpenId,
        accountId,
        ...(name !== undefined && { meta: { name } }),
      });
      if (code === '') return tooManyRequestsNotice(senderOpenId);
      await pairingRequests.add(senderOpenId, now() + CODE_LIFETIME_MS);
      schedulePoll();
      if (!created) return undefined;
      log.info('a pairing code was issued', { openId: senderOpenId });
      return host.pairing.buildPairingReply({
        channel: 'feishu',
        idLine: render({ text: texts.pairingIdLine, params: { openId: senderOpenId } }, lang),
        code,
      });
    },
  };

  /** The host keeps only a few requests; a further person gets a notice, once per code life. */
  function tooManyRequestsNotice(openId: string): string | undefined {
    const notifiedAt = notifiedFull.get(openId);
    if (notifiedAt !== undefined && now() - notifiedAt < CODE_LIFETIME_MS) return undefined;
    notifiedFull.set(openId, now());
    return render(texts.pairingFull, lang);
  }
}

/**
 * Clawdbot and Moltbot take the channel's name, and read another channel's store where they get an
 * object; OpenClaw takes an object, and throws at a name. So the name goes first.
 */
async function readApproved(
  { pairing }: Pick<HostChannelRuntime, 'pairing'>,
  accountId: string,
): Promise<readonly string[]> {
  try {
    return await pairing.readAllowFromStore('feishu');
  } catch {
    // Where the store itself is what fails, it fails here, too.
    return pairing.readAllowFromStore({ channel: 'feishu', accountId });
  }
}

/** Sent once, even by several processes: the platform ignores a repeated `uuid` for an hour (docs/platform/messages.md#sending). */
export async function notifyApproved(
  options: Pick<HostPairingOptions, 'client' | 'lang' | 'signal'>,
  openId: string,
): Promise<void> {
  const { client, lang, signal } = options;
  const uuid = createHash('sha256').update(`paired ${client.appId} ${openId}`).digest('hex');
  await sendNotice({
    client,
    target: { kind: 'new', receiveIdType: 'open_id', receiveId: openId },
    text: render(texts.pairingApproved, lang),
    uuid: uuid.slice(0, 40),
    signal,
    // It is tried again while the person waits.
    patienceMs: 0,
  });
}
