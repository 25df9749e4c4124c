/**
 * A step of setup as data, and the ways in which a step jumps to another one.
 *
 * The same list is driven guided and unattended; flags, `--help` and prompts come from its questions.
 */
import type { MoltbotFeishuError } from '../shared/errors.ts';
import type { LocalizedText, Text } from '../shared/text/text.ts';
import type { Question } from './conversation/questions.ts';
import type { Run } from './run.ts';

export interface Step {
  readonly id: string;
  /** The subject of the step; names it when an unfinished run is resumed. */
  readonly title: Text;
  /** The possible questions; each names the flags and variables that answer it. */
  readonly questions: readonly Question[];
  /** Whether there is anything to do, with what is known by now. */
  applies(run: Run): boolean;
  /** Finds the answer: from flags and variables, else by asking. */
  ask?(run: Run): Promise<void>;
  /** Looks whether it holds. Reads only. */
  check?(run: Run): Promise<void>;
  /** Changes something outside of this program. */
  change?(run: Run): Promise<void>;
  /** Forgets the answer when the person goes back. Outside changes stay and are reported. */
  undo?(run: Run): void | Promise<void>;
  /** Whether the step asks something when a person comes back to it; default: it does. */
  canReturn?(run: Run): boolean;
  /**
   * Back leads to its last question, and from there to the one before: the answers before that one are
   * given again by themselves. Only for a step whose questions change nothing outside.
   */
  readonly recalls?: true;
  /** Further ways to handle an error of the step, besides retry, back and leave. */
  recoveries?(run: Run, error: MoltbotFeishuError): readonly Recovery[];
  /**
   * Which question is asked again at once after an error, without a menu. Back leads from there to the
   * steps `behind` it, the nearest last.
   */
  repeatQuestion?(
    run: Run,
    error: MoltbotFeishuError,
  ): { readonly at: string; readonly previousSteps: readonly string[] } | undefined;
}

export interface Recovery {
  readonly label: LocalizedText | Text;
  /** Whether Enter takes it instead of “try again”. */
  readonly isFirst?: boolean;
  /** Records the choice when the person takes this way. */
  readonly apply?: (run: Run) => void;
  /** The step to go on at; `next`: as if this one had succeeded. */
  readonly to: string;
}
