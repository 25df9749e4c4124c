/** The checks of what runs: is anybody listening, what waits in the inbox, what was given up. */
import { inspectInbox } from '../channel/inbox/inspect.ts';
import { errnoOf } from '../config/file-system.ts';
import { inboxDirectory, inboxPlace } from '../config/inbox-place.ts';
import { message } from '../shared/text.ts';
import type { Check } from './check.ts';
import type { DoctorContext } from './context.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';
import { traffic } from './traffic-check.ts';

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
    const directory = inboxDirectory(place, account.appId);
    if (directory === undefined) return { status: 'not-checked', detail: texts.inboxRedis };
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

export const runtimeChecks: readonly RuntimeCheck[] = [online, inbox, traffic];
