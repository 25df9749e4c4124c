/**
 * Drives the steps: each asks, checks, changes; an error is shown with its fix and a way on; back goes
 * to the question before.
 *
 * In: the steps and a run. Out: nothing but what the steps left in the run. Unattended, the first
 * error ends it.
 */
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { cancelled } from './conversation.ts';
import type { Run } from './run.ts';
import { BACK, GoTo, NEXT, type Step, type WayOn } from './step.ts';
import { wizardTexts as texts } from './texts.ts';

export async function drive(steps: readonly Step[], run: Run): Promise<void> {
  /** The steps at which somebody answered, the latest last. */
  const asked: number[] = [];
  let at = 0;
  while (at < steps.length) {
    const step = steps[at] as Step;
    run.options.signal.throwIfAborted();
    if (!step.applies(run)) {
      at += 1;
      continue;
    }
    run.enter(step.id);
    const answersBefore = run.answers();
    let to = NEXT;
    try {
      await step.ask?.(run);
      await step.check?.(run);
      await step.change?.(run);
    } catch (error) {
      to = error instanceof GoTo ? error.to : await wayOn(step, run, error, asked.length > 0);
    }
    if (run.answers() > answersBefore && asked.at(-1) !== at) asked.push(at);
    if (to === NEXT) at += 1;
    // The same step again keeps what it was told.
    else if (to !== step.id) {
      const target = targetOf(to, at, steps, asked);
      for (let index = at; index >= target; index--) await steps[index]?.undo?.(run);
      while (asked.length > 0 && (asked.at(-1) ?? 0) >= target) asked.pop();
      at = target;
    }
  }
}

function targetOf(
  to: string,
  at: number,
  steps: readonly Step[],
  asked: readonly number[],
): number {
  if (to === BACK) return asked.findLast((index) => index < at) ?? at;
  const index = steps.findIndex(({ id }) => id === to);
  if (index < 0) throw new RangeError(`there is no step ${to}`);
  return index;
}

/** Shows the error and asks how to go on. Throws it where nobody can be asked, or who is wants to leave. */
async function wayOn(step: Step, run: Run, error: unknown, canGoBack: boolean): Promise<string> {
  const { conversation, signal } = run.options;
  // Left, or a fault of this program.
  if (!conversation.guided || !isMoltbotFeishuError(error)) throw error;
  if (error.code === 'cancelled' || signal.aborted) throw error;
  showError(run, error);
  const ways = step.waysOn?.(run, error) ?? [];
  const own = (list: readonly WayOn[]) =>
    list.map((way) => ({ value: String(ways.indexOf(way)), label: way.label }));
  const options = [
    ...own(ways.filter(({ isFirst }) => isFirst)),
    { value: 'retry', label: texts.choiceRetry },
    ...own(ways.filter(({ isFirst }) => !isFirst)),
    ...(canGoBack ? [{ value: 'back', label: texts.choiceBack }] : []),
    {
      value: 'leave',
      label: run.facts.keptIn !== undefined ? texts.choiceLeaveKept : texts.choiceLeave,
    },
  ];
  const chosen = await conversation.choose(texts.askRetry, options).catch((thrown: unknown) => {
    if (thrown instanceof GoTo) return 'back';
    throw thrown;
  });
  if (chosen === 'leave') throw error;
  if (chosen === 'retry') return step.id;
  if (chosen === 'back') return BACK;
  const way = ways[Number(chosen)];
  if (!way) throw cancelled();
  way.take?.(run);
  return way.to;
}

function showError({ options }: Run, error: MoltbotFeishuError): void {
  options.conversation.step({
    id: '',
    ms: 0,
    status: 'fail',
    detail: error.what,
    fix: error.fix,
    url: error.url,
    error,
  });
}
