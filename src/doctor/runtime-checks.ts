/** The checks of what runs: is anybody listening, what waits in the inbox, what was given up. */
import { join } from 'node:path';
import { inspectInbox } from '../channel/inbox/inspect.ts';
import { errnoOf } from '../config/file-system.ts';
import { inboxPlace } from '../config/inbox-place.ts';
import { type Message, message } from '../shared/text.ts';
import type { Check } from './check.ts';
import type { DoctorContext } from './context.ts';
import { hostedAccount } from './host-status.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';

type RuntimeCheck = Check<DoctorContext>;

const online: RuntimeCheck = {
  id: 'online',
  question: texts.askOnline,
  needs: ['connection'],
  probe({ found: { online: count } }) {
    if (count === undefined) {
      return Promise.resolve({ status: 'not-checked', detail: texts.onlineUntold });
    }
    return Promise.resolve(
      count > 0
        ? { status: 'ok', detail: message(texts.somebodyOnline, { count }) }
        : { status: 'warn', detail: texts.nobodyOnline, fix: texts.nobodyOnlineFix },
    );
  },
};

/** A message that waits longer than this (ms) is not being worked on. */
const STUCK_MS = 10 * 60_000;

const inbox: RuntimeCheck = {
  id: 'inbox',
  question: texts.askInbox,
  needs: ['config'],
  async probe({ found, location, home, now }) {
    const { account, document } = found;
    if (!account?.appId) return { status: 'not-checked', detail: texts.inboxUntold };
    const place = inboxPlace(document?.section?.inbox, { location, home });
    if (/^rediss?:/.test(place)) return { status: 'not-checked', detail: texts.inboxRedis };
    const directory = join(place, account.appId);
    const report = await inspectInbox(directory).catch((error: unknown) => {
      if (errnoOf(error) === undefined) throw error;
      return undefined;
    });
    if (!report) {
      return {
        status: 'fail',
        detail: message(texts.inboxUnreadable, { directory }),
        fix: message(texts.inboxUnreadableFix, { directory }),
      };
    }
    const { waiting, oldestAt, parked, damaged } = report;
    const minutes = oldestAt === undefined ? 0 : Math.floor((now() - oldestAt) / 60_000);
    const [firstDamaged] = damaged;
    if (firstDamaged !== undefined) {
      const params = { path: firstDamaged };
      return {
        status: 'warn',
        detail: message(texts.inboxDamaged, params),
        fix: message(texts.inboxDamagedFix, params),
      };
    }
    if (parked.length > 0) {
      const params = {
        count: parked.length,
        ids: parked.map(({ messageId }) => messageId).join(', '),
      };
      return {
        status: 'warn',
        detail: message(texts.inboxParked, params),
        fix: texts.inboxParkedFix,
      };
    }
    if (minutes * 60_000 >= STUCK_MS) {
      const params = { waiting, minutes };
      return {
        status: 'warn',
        detail: message(texts.inboxStuck, params),
        fix: texts.inboxStuckFix,
      };
    }
    return {
      status: 'ok',
      detail: waiting === 0 ? texts.inboxEmpty : message(texts.inboxWaits, { waiting, minutes }),
    };
  },
};

/** A message that was dropped by policy within this time (ms) may be the one that is missed. */
const RECENT_MS = 60 * 60_000;

const traffic: RuntimeCheck = {
  id: 'traffic',
  question: texts.askTraffic,
  needs: ['config'],
  after: ['channel'],
  async probe(context, signal) {
    const facts = await context.hostFacts();
    const own = await hostedAccount(context, facts, signal);
    if (!own) return { status: 'not-checked', detail: texts.trafficUntold };
    const { lastInboundAt, lastOutboundAt, lastIgnored } = own;
    const age = (at: number | null | undefined): Message =>
      at ? message(texts.ago, { minutes: minutesSince(at, context.now()) }) : message(texts.never);
    if (lastIgnored && context.now() - lastIgnored.at < RECENT_MS) {
      const isNewest = lastIgnored.at > (lastInboundAt ?? 0);
      const params = { reason: lastIgnored.reason, ago: age(lastIgnored.at) };
      if (isNewest) {
        return {
          status: 'warn',
          detail: message(texts.trafficDropped, params),
          fix: texts.trafficDroppedFix,
        };
      }
    }
    const params = { received: age(lastInboundAt), answered: age(lastOutboundAt) };
    return { status: 'ok', detail: message(texts.traffic, params) };
  },
};

const minutesSince = (at: number, now: number) => Math.max(0, Math.floor((now - at) / 60_000));

export const runtimeChecks: readonly RuntimeCheck[] = [online, inbox, traffic];
