/** Facts about the app, read once a run for all checks that need them. */
import { type AppReading, readApp, readVersions } from '../../platform/app/reading/app-reading.ts';
import type { AppVersion } from '../../platform/app/reading/app-record.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { AppCheckContext } from '../app-context.ts';
import { type Finding, finding, notReported } from '../check.ts';
import { doctorTexts as texts } from '../doctor-texts.ts';

const readings = new WeakMap<AppCheckContext, Promise<AppReading>>();
const versions = new WeakMap<AppCheckContext, Promise<readonly AppVersion[]>>();

export function readingOf(context: AppCheckContext, signal: AbortSignal): Promise<AppReading> {
  return readOnce(readings, context, () => readApp(context.client, { signal, now: context.now }));
}

/** The versions, or the reason why they are unknown. */
export async function versionsOf(
  context: AppCheckContext,
  signal: AbortSignal,
): Promise<readonly AppVersion[] | Finding> {
  return readOrFinding(() =>
    readOnce(versions, context, () => readVersions(context.client, { signal })),
  );
}

function readOnce<T>(
  memory: WeakMap<AppCheckContext, Promise<T>>,
  context: AppCheckContext,
  read: () => Promise<T>,
): Promise<T> {
  const known = memory.get(context);
  if (known) return known;
  const reading = read();
  memory.set(context, reading);
  return reading;
}

/** A fact that the app may not read, or the platform does not offer, is no fault of the bot. */
export async function readOrFinding<T extends object>(
  read: () => Promise<T>,
): Promise<T | Finding> {
  try {
    return await read();
  } catch (error) {
    if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
    if (error.code === 'platform-unreachable') return { ...notReported(error), error };
    return notReported(error);
  }
}

export function isFinding(value: object): value is Finding {
  return !Array.isArray(value) && 'status' in value;
}

export function versionNotReported(url: string): Finding {
  return finding(
    'not-checked',
    texts.versionNotReported,
    texts.versionNotReportedAdvice,
    { url },
    { url },
  );
}
