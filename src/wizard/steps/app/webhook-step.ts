/** The mode of an app whose section says webhook, where setup did not switch it: why, and the page for it. */
import { consoleLinks } from '../../../platform/address/console-links.ts';
import { resolveEndpoints } from '../../../platform/address/endpoints.ts';
import type { AppPlan } from '../../../platform/app/app-plan.ts';
import { asLocalized, type LocalizedText, localize } from '../../../shared/text/text.ts';
import { switchTexts as texts } from '../../plugin/switch-texts.ts';
import type { Step } from '../../step.ts';
import { readPlan } from './app.ts';
import { appTexts } from './app-texts.ts';
import { insistingPlan, isModeUnclear } from './webhook-mode.ts';

export const webhookStep: Step = {
  id: 'webhook',
  title: appTexts.titleApp,
  questions: [],
  applies: isModeUnclear,
  async check(run) {
    const { facts, target, options } = run;
    if (facts.client && options.flags.verify) facts.plan ??= await readPlan(run);
    // A dry run named it among what it would do.
    const isPlanned = options.flags.dryRun === true && facts.autopilot === true;
    if (!isModeUnclear(run) || (isPlanned && facts.plan?.kind === 'changes')) return;
    const appId = facts.appId ?? target.existing?.appId ?? '';
    const links = consoleLinks(resolveEndpoints(facts.domain), appId);
    const reason = facts.plan && reasonOf(insistingPlan(facts.plan, links));
    run.report({
      id: 'event-mode',
      ms: 0,
      status: 'warn',
      detail: reason ? localize(texts.webhookWhy, { reason }) : texts.webhook,
      advice: localize(texts.webhookAdvice, { url: links.events }),
      url: links.events,
    });
  },
};

/** Why setup cannot switch the mode; `undefined` if it was not asked to. */
function reasonOf(plan: AppPlan): LocalizedText | undefined {
  if (plan.kind === 'blocked') return asLocalized(plan.error.what);
  if (plan.kind !== 'waiting') return undefined;
  return localize(texts.versionWaits, { version: plan.version.version });
}
