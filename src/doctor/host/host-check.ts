/** Common to the host checks: all of them examine the host that reads this config. */
import type { HostFacts } from '../../host/machine/installed/host-facts.ts';
import type { HostProgram } from '../../host/machine/installed/host-programs.ts';
import type { Check, Finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { hostTexts as texts } from './host-check-texts.ts';

export type HostCheck = Check<DoctorContext>;

/** A check of the host that reads this config; without one it does not apply. */
export function hostCheck(
  check: Pick<HostCheck, 'id'> & {
    readonly needs?: readonly string[];
    readonly after?: readonly string[];
    readonly deadlineMs?: number;
    probe(
      context: DoctorContext,
      facts: HostFacts & { readonly host: HostProgram },
      signal: AbortSignal,
    ): Finding | Promise<Finding>;
  },
): HostCheck {
  return {
    ...check,
    needs: ['config', ...(check.needs ?? ['host'])],
    async probe(context, signal) {
      const facts = await context.hostFacts();
      const { host } = facts;
      return host
        ? check.probe(context, { ...facts, host }, signal)
        : { status: 'skipped', detail: texts.noHost };
    },
  };
}
