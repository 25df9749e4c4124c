/**
 * Drives the steps: each asks, checks, changes; an error is shown with its fix and the ways on; back
 * goes to the question before.
 *
 * In: the steps and a run. Out: nothing but what the steps left in the run. Unattended, the first
 * error ends it.
 */
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { cancelled } from './conversation/conversation.ts';
import { BACK, JumpTo, NEXT } from './conversation/jump-to.ts';
import type { Answer, Run } from './run.ts';
import type { Recovery, Step } from './step.ts';
import { wizardTexts as texts } from './wizard-texts.ts';

/** A visit to an earlier step that ends where it began: at its target, back returns to the origin. */
interface Detour {
  readonly target: number;
  readonly origin: number;
}

export async function runSteps(steps: readonly Step[], run: Run): Promise<void> {
  /** The steps at which a person answered, the latest last. */
  const asked: number[] = [];
  /** What they answered there last. */
  const answersByStep = new Map<number, readonly Answer[]>();
  let detour: Detour | undefined;
  let at = 0;
  while (at < steps.length) {
    const step = steps[at] as Step;
    run.options.signal.throwIfAborted();
    if (!step.applies(run)) {
      at += 1;
      continue;
    }
    run.enter(step.id);
    const isDetour = detour?.target === at;
    const previous = asked.findLast((index) => index < at && canReturn(steps[index], run));
    run.options.conversation.allowBack(isDetour || previous !== undefined);
    const before = run.answers().length;
    // What this visit asked; the menu after an error is no question of the step.
    let answers: readonly Answer[] = [];
    let to: string = NEXT;
    let returns = false;
    try {
      await step.ask?.(run);
      await step.check?.(run);
      await step.change?.(run);
      answers = run.answers().slice(before);
    } catch (error) {
      answers = run.answers().slice(before);
      if (error instanceof JumpTo) {
        to = error.to;
        returns = error.isDetour;
      } else {
        const canGoBack = answers.length > 0 || isDetour || previous !== undefined;
        to = await askRecovery(step, run, error, canGoBack, (ids) => {
          for (const id of ids) asked.push(indexOf(steps, id));
        });
      }
    }
    const answered = answers.length > 0;
    // The question before is one of this step's own.
    if (to === BACK && answered) {
      await step.undo?.(run);
      run.recall(step.recalls ? answers.slice(0, -1) : []);
      continue;
    }
    if (to !== step.id) run.facts.returnsTo = undefined;
    if (to === BACK && detour && isDetour) {
      at = detour.origin;
      detour = undefined;
      continue;
    }
    if (answered) {
      answersByStep.set(at, answers);
      if (asked.at(-1) !== at) asked.push(at);
    }
    if (to === NEXT) {
      if (isDetour) detour = undefined;
      at += 1;
    } else if (returns) {
      detour = { target: indexOf(steps, to), origin: at };
      while (asked.at(-1) === at) asked.pop();
      at = detour.target;
    }
    // The same step again keeps what it knows.
    else if (to !== step.id) {
      const target = to === BACK ? (previous ?? at) : indexOf(steps, to);
      if (to === BACK && steps[target]?.recalls) {
        run.recall(answersByStep.get(target)?.slice(0, -1) ?? []);
      }
      if (to === BACK) run.facts.returnsTo = steps[target]?.id;
      for (let index = at; index >= target; index--) await steps[index]?.undo?.(run);
      while (asked.length > 0 && (asked.at(-1) ?? 0) >= target) asked.pop();
      at = target;
    }
  }
}

/** Whether it asks something when a person comes back to it. */
function canReturn(step: Step | undefined, run: Run): boolean {
  return step?.canReturn?.(run) ?? true;
}

function indexOf(steps: readonly Step[], id: string): number {
  const index = steps.findIndex((step) => step.id === id);
  if (index < 0) throw new RangeError(`there is no step ${id}`);
  return index;
}

/**
 * Shows the error and asks how to continue. Throws the error where no person can be asked, or where
 * the person wants to leave.
 *
 * @param allowBackTo records steps as answered, so that back leads to them
 */
async function askRecovery(
  step: Step,
  run: Run,
  error: unknown,
  canGoBack: boolean,
  allowBackTo: (ids: readonly string[]) => void,
): Promise<string> {
  const { conversation, signal } = run.options;
  // Left, or a fault of this program.
  if (!conversation.guided || !isMoltbotFeishuError(error)) throw error;
  if (error.code === 'cancelled' || signal.aborted) throw error;
  showError(run, error);
  const repeated = step.repeatQuestion?.(run, error);
  if (repeated) {
    allowBackTo(repeated.previousSteps);
    return repeated.at;
  }
  const recoveries = step.recoveries?.(run, error) ?? [];
  const optionsOf = (list: readonly Recovery[]) =>
    list.map((recovery) => ({
      value: String(recoveries.indexOf(recovery)),
      label: recovery.label,
    }));
  const options = [
    ...optionsOf(recoveries.filter(({ isFirst }) => isFirst)),
    { value: 'retry', label: texts.choiceRetry },
    ...optionsOf(recoveries.filter(({ isFirst }) => !isFirst)),
    ...(canGoBack ? [{ value: 'back', label: texts.choiceBack }] : []),
    {
      value: 'leave',
      label: run.isKept ? texts.choiceLeaveKept : texts.choiceLeave,
    },
  ];
  conversation.allowBack(canGoBack);
  const chosen = await conversation.choose(texts.askRetry, options).catch((thrown: unknown) => {
    if (thrown instanceof JumpTo) return 'back';
    throw thrown;
  });
  if (chosen === 'leave') throw error;
  if (chosen === 'retry') return step.id;
  if (chosen === 'back') return BACK;
  const recovery = recoveries[Number(chosen)];
  if (!recovery) throw cancelled();
  recovery.apply?.(run);
  return recovery.to;
}

function showError({ options }: Run, error: MoltbotFeishuError): void {
  options.conversation.step({
    id: '',
    ms: 0,
    status: 'fail',
    detail: error.what,
    advice: error.advice,
    url: error.url,
    error,
  });
}
