/** The plugin before the config that names its channel: put in place once a run, before the first write. */
import { hostPlanTexts as texts } from '../../plugin/host-plan-texts.ts';
import type { Run } from '../../run.ts';

/** Where the write fails, a plugin that was put there for it goes again. */
export async function withPlugin<T>(run: Run, write: () => Promise<T>): Promise<T> {
  const { hostPlan } = run.target;
  if (run.facts.hasPlugin || !hostPlan) return write();
  const { conversation } = run.options;
  const placement = await conversation.during(texts.placing, () => hostPlan.place());
  let result: T;
  try {
    result = await write();
  } catch (error) {
    await placement.undo();
    throw error;
  }
  await placement.keep();
  run.facts.hasPlugin = true;
  run.report(placement.step);
  return result;
}
