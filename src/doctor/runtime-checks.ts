/** The checks of what runs: is anybody listening, what waits, when something last came and went. */
import { type Message, message } from '../shared/text.ts';
import type { Check } from './check.ts';
import type { DoctorContext } from './context.ts';
import { hostedAccount } from './host-status.ts';
import { inboxCheck } from './inbox-check.ts';
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

export const runtimeChecks: readonly RuntimeCheck[] = [online, inboxCheck, traffic];
