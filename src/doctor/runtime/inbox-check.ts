/** Checks the inbox: messages that wait, messages given up, and whether it is reliable. */

import { inspectInbox } from '../../channel/inbox/directory/inspect-inbox.ts';
import type { InboxStatus } from '../../channel/inbox/inbox.ts';
import {
  inspectRedisInbox,
  type RedisInboxReport,
} from '../../channel/inbox/redis/redis-inspect.ts';
import { dataLossRisk } from '../../channel/inbox/redis/redis-location.ts';
import { inboxDirectory, inboxLocation } from '../../config/account/inbox-location.ts';
import { errnoOf } from '../../config/file/file-system.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import { type Check, type Finding, finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { minutesSince } from '../minutes-since.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';

/** A message that waits longer than this (ms) is not being worked on. */
const STUCK_MS = 10 * 60_000;

export const inboxCheck: Check<DoctorContext> = {
  id: 'inbox',
  needs: ['config'],
  probe({ found, location, home, now }, signal) {
    const { account, document } = found;
    if (!account?.appId) {
      return Promise.resolve({ status: 'not-checked', detail: texts.inboxNotReported });
    }
    const { appId } = account;
    const place = inboxLocation(document?.section?.inbox, { location, home });
    const directory = inboxDirectory(place, appId);
    return directory === undefined
      ? lookIntoRedis({ url: place, appId, now, signal })
      : lookIntoDirectory(directory, now);
  },
};

async function lookIntoDirectory(directory: string, now: () => number): Promise<Finding> {
  const report = await inspectInbox(directory).catch((error: unknown) => {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  });
  if (!report) {
    return finding('fail', texts.inboxUnreadable, texts.inboxUnreadableAdvice, { directory });
  }
  const [path] = report.damaged;
  if (path !== undefined) return warning(texts.inboxDamaged, texts.inboxDamagedAdvice, { path });
  return waitsTooLong(report, now) ?? { status: 'ok', detail: whatWaits(report, now) };
}

async function lookIntoRedis(options: Parameters<typeof inspectRedisInbox>[0]): Promise<Finding> {
  const { now } = options;
  let report: RedisInboxReport;
  try {
    report = await inspectRedisInbox(options);
  } catch (error) {
    if (!isMoltbotFeishuError(error)) throw error;
    const { place, reason } = error.details;
    const params = { place: String(place), reason: String(reason) };
    return finding('fail', texts.inboxUnreachable, texts.inboxUnreachableAdvice, params);
  }
  return waitsTooLong(report, now) ?? howItIsKept(report, whatWaits(report, now));
}

function howItIsKept({ durability, location }: RedisInboxReport, waits: LocalizedText): Finding {
  const risk = durability && dataLossRisk(durability);
  const params = { place: location, waits, ...durability };
  switch (risk) {
    case 'evicts':
      return warning(texts.inboxEvicts, texts.inboxEvictsAdvice, params);
    case 'in-memory':
      return warning(texts.inboxInMemory, texts.inboxInMemoryAdvice, params);
    case 'unsynced':
      return { status: 'ok', detail: localize(texts.inboxUnsynced, params) };
    case undefined:
      return { status: 'ok', detail: waits };
    default:
      return risk satisfies never;
  }
}

type Waiting = Pick<InboxStatus, 'waiting' | 'oldestAt' | 'parked'>;

/** Messages given up, or waiting although no process works on them. */
function waitsTooLong({ waiting, oldestAt, parked }: Waiting, now: () => number) {
  if (parked.length > 0) {
    const ids = parked.map(({ messageId }) => messageId);
    return warning(texts.inboxParked, texts.inboxParkedAdvice, { count: parked.length, ids });
  }
  if (oldestAt === undefined || now() - oldestAt < STUCK_MS) return undefined;
  const minutes = minutesSince(oldestAt, now());
  return warning(texts.inboxStuck, texts.inboxStuckAdvice, { waiting, minutes });
}

function whatWaits({ waiting, oldestAt }: Waiting, now: () => number): LocalizedText {
  if (waiting === 0 || oldestAt === undefined) return asLocalized(texts.inboxEmpty);
  return localize(texts.inboxWaits, { waiting, minutes: minutesSince(oldestAt, now()) });
}

function warning(detail: Text, advice: Text, params: LocalizedText['params']): Finding {
  return finding('warn', detail, advice, params);
}
