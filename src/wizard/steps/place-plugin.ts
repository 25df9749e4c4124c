/** The plugin before the config that names its channel: put in place once a run, before the first write. */
import { handOverTexts as texts } from '../plugin/hand-over-texts.ts';
import type { Run } from '../run.ts';

/** Where the write fails, a plugin that was put there for it goes again. */
export async function withPlugin<T>(run: Run, write: () => Promise<T>): Promise<T> {
  const { handOver } = run.place;
  if (run.facts.hasPlugin || !handOver) return write();
  const { conversation } = run.options;
  const placement = await conversation.during(texts.placing, () => handOver.place());
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
