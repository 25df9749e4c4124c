/**
 * The check of recent traffic: reads the host's running gateway, else the record that a runtime
 * keeps beside its inbox.
 */
import { isOwned } from '../../channel/inbox/directory/ownership.ts';
import { type RunRecord, readRunRecord } from '../../channel/run-record.ts';
import { inboxDirectory, inboxLocation } from '../../config/account/inbox-location.ts';
import { errnoOf } from '../../config/file/file-system.ts';
import type { HostAccountStatus } from '../../host/machine/installed/account-status.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { type Check, type Finding, finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { doctorTexts } from '../doctor-texts.ts';
import { hostedAccount, MAX_HOST_ANSWER_MS } from '../host/host-status.ts';
import { minutesSince } from '../minutes-since.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';

/** A message that was dropped by policy within this time (ms) may be the one that is missed. */
const RECENT_MS = 60 * 60_000;
/** A message within this time (ms) proves what it needs; since an older one it may have been changed. */
const PROOF_MS = 10 * 60_000;
/** A line that is down for longer (ms) is more than a reconnection. */
const DOWN_MS = 3 * 60_000;

export const trafficCheck: Check<DoctorContext> = {
  id: 'traffic',
  needs: ['config'],
  after: ['channel'],
  deadlineMs: MAX_HOST_ANSWER_MS,
  async probe(context, signal) {
    const facts = await context.hostFacts();
    const hosted = await hostedAccount(context, facts, signal);
    if (hosted) return ofHost(hosted, context.now());
    return (
      (await ofRuntime(context)) ?? { status: 'not-checked', detail: texts.trafficNotReported }
    );
  },
};

function ofHost(
  { lastInboundAt, lastOutboundAt, lastIgnored }: HostAccountStatus,
  now: number,
): Finding {
  if (lastIgnored && now - lastIgnored.at < RECENT_MS) {
    const isNewest = lastIgnored.at > (lastInboundAt ?? 0);
    const params = { reason: lastIgnored.reason, ago: age(lastIgnored.at, now) };
    if (isNewest) {
      const dropped = finding('warn', texts.trafficDropped, texts.trafficDroppedAdvice, params);
      return { ...dropped, arrival: arrivalAt(lastIgnored.at, now) };
    }
  }
  const params = { received: age(lastInboundAt, now), answered: age(lastOutboundAt, now) };
  return {
    status: 'ok',
    detail: localize(texts.traffic, params),
    arrival: arrivalAt(lastInboundAt, now),
  };
}

async function ofRuntime(context: DoctorContext): Promise<Finding | undefined> {
  const { found, location, home, now } = context;
  const { account, document } = found;
  if (!account?.appId) return undefined;
  const place = inboxLocation(document?.section?.inbox, { location, home });
  const directory = inboxDirectory(place, account.appId);
  const record = directory === undefined ? undefined : await readRunRecord(directory);
  if (directory === undefined || !record) return undefined;
  const isRunning = await isOwned(directory).catch((error: unknown) => {
    if (errnoOf(error) === undefined) throw error;
    // The inbox check reports an inbox that cannot be read.
    return undefined;
  });
  return isRunning === undefined ? undefined : ofRecord(record, isRunning, now());
}

function ofRecord(record: RunRecord, isRunning: boolean, now: number): Finding {
  const { state, since, lastEventAt, lastAnswerAt } = record;
  const params = { received: age(lastEventAt, now), answered: age(lastAnswerAt, now) };
  const arrival = arrivalAt(lastEventAt, now);
  if (!isRunning) return { status: 'ok', detail: localize(texts.trafficEnded, params), arrival };
  // Another process may hand over to it what comes in on a line of its own.
  const isDown = state !== 'connected' && (lastEventAt ?? 0) < since;
  if (isDown && now - since >= DOWN_MS) {
    return finding('warn', texts.connectionDown, texts.connectionDownAdvice, {
      ...params,
      state,
      minutes: minutesSince(since, now),
    });
  }
  return { status: 'ok', detail: localize(texts.traffic, params), arrival };
}

function arrivalAt(at: number | null | undefined, now: number): LocalizedText | undefined {
  // A time in the future means that the clock was set back, so the real age is unknown.
  if (!at || now - at > PROOF_MS || at > now) return undefined;
  return localize(texts.provedByTraffic, { ago: age(at, now) });
}

function age(at: number | null | undefined, now: number): LocalizedText {
  return at ? localize(doctorTexts.ago, { minutes: minutesSince(at, now) }) : localize(texts.never);
}
