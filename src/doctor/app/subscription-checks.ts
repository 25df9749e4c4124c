/** Checks of facts that few apps may read: subscription modes, callbacks, visibility of the bot. */

import { consoleLinks } from '../../platform/address/console-links.ts';
import type { AppRecord } from '../../platform/app/reading/app-record.ts';
import { appManifest } from '../../platform/manifest/app-manifest.ts';
import { localize } from '../../shared/text/text.ts';
import type { AppCheckContext } from '../app-context.ts';
import { type Check, type Finding, finding } from '../check.ts';
import { doctorTexts as texts } from '../doctor-texts.ts';
import { isFinding, readingOf, readOrFinding, versionsOf } from './app-facts.ts';

type AppCheck = Check<AppCheckContext>;

export const eventModeCheck: AppCheck = {
  id: 'event-mode',
  isFixedByPlan: true,
  isProvedByArrival: true,
  needs: ['credentials'],
  async probe(context, signal) {
    const url = linksOf(context).events;
    const app = await recordOf(context, signal);
    switch (app?.eventMode) {
      case 'websocket':
        return { status: 'ok', detail: texts.modeLong };
      case 'webhook':
        return finding('fail', texts.modeWebhook, texts.modeWebhookAdvice, { url }, { url });
      default:
        if (context.saysWebhook) {
          return finding('warn', texts.modeBySection, texts.modeWebhookAdvice, { url }, { url });
        }
        return {
          status: 'not-checked',
          detail: texts.modeNotReported,
          advice: texts.modeNotReportedAdvice,
          url,
        };
    }
  },
};

export const callbacksCheck: AppCheck = {
  id: 'callbacks',
  isFixedByPlan: true,
  needs: ['credentials'],
  async probe(context, signal) {
    const url = linksOf(context).callbacks;
    const app = await recordOf(context, signal);
    const names = appManifest.callbacks;
    if (app?.callbackMode === undefined || app.subscribedCallbacks === undefined) {
      const advice = localize(texts.callbacksNotReportedAdvice, { url, names });
      return { status: 'not-checked', detail: texts.callbacksNotReported, advice, url };
    }
    const missing = appManifest.callbacks.filter(
      (name) => !app.subscribedCallbacks?.includes(name),
    );
    if (app.callbackMode === 'websocket' && missing.length === 0) {
      return { status: 'ok', detail: localize(texts.callbacksLong, { names }) };
    }
    // Only buttons on cards need callbacks; messages do not.
    return {
      status: 'warn',
      detail:
        app.callbackMode === 'webhook'
          ? texts.callbacksWebhook
          : localize(texts.callbacksMissing, { names: missing }),
      advice: localize(texts.callbacksAdvice, { url, names }),
      url,
    };
  },
};

export const availabilityCheck: AppCheck = {
  id: 'availability',
  needs: ['credentials'],
  async probe(context, signal) {
    const url = linksOf(context).versions;
    const versions = await versionsOf(context, signal);
    if (isFinding(versions)) return versions;
    const live = versions.find(({ status }) => status === 'live');
    const notReported: Finding = finding(
      'not-checked',
      texts.availabilityNotReported,
      texts.availabilityNotReportedAdvice,
      { url },
      { url },
    );
    if (live?.isForAll === undefined) return notReported;
    if (live.isForAll) {
      return { status: 'ok', detail: localize(texts.availableToAll, { version: live.version }) };
    }
    return {
      ...notReported,
      status: 'warn',
      detail: localize(texts.availableToSome, { version: live.version }),
      advice: localize(texts.availableToSomeAdvice, { url }),
    };
  },
};

const linksOf = ({ client }: AppCheckContext) => consoleLinks(client.endpoints, client.appId);

async function recordOf(
  context: AppCheckContext,
  signal: AbortSignal,
): Promise<AppRecord | undefined> {
  const reading = await readOrFinding(() => readingOf(context, signal));
  if (isFinding(reading) || !reading.app.reported) return undefined;
  return reading.app.value;
}
