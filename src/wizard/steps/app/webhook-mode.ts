/**
 * An app whose section says webhook. The platform does not report the mode of most apps, so the section
 * counts until the mode was switched, a person has walked through the console, or a message arrived.
 */
import { usesWebhook } from '../../../host/machine/plugin/peer-section.ts';
import type { ConsoleLinks } from '../../../platform/address/console-links.ts';
import { type AppPlan, planApp } from '../../../platform/app/app-plan.ts';
import type { Run } from '../../run.ts';

export function isModeUnclear({ facts, target }: Pick<Run, 'facts' | 'target'>): boolean {
  const { wants, proof, plan } = facts;
  const isSwitched = wants.insist === false || wants.published !== undefined;
  if (isSwitched || proof !== undefined || reportedMode(plan) === 'websocket') return false;
  return usesWebhook(target.document, target.accountId);
}

/** The same app, with the mode to be switched although it is not reported. */
export function insistingPlan({ reading, wants }: AppPlan, links: ConsoleLinks): AppPlan {
  return planApp(reading, links, { ...wants, insist: true });
}

function reportedMode(plan: AppPlan | undefined) {
  return plan?.reading.app.reported ? plan.reading.app.value.eventMode : undefined;
}
