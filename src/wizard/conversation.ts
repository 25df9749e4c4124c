/**
 * How setup talks: the questions and what it says between them, guided or unattended.
 *
 * The driver knows only this interface, so that the two ways can never drift apart.
 */
import type { CheckResult } from '../doctor/check.ts';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import type { Message, Text } from '../shared/text.ts';
import { missingAnswer, type Option, type Question } from './questions.ts';
import { wizardTexts as texts } from './texts.ts';

export interface Conversation {
  /** Somebody is there who can be asked. */
  readonly guided: boolean;
  /** The answer to a question. Unattended: throws `missing-value`. Guided: throws `cancelled`. */
  ask(question: Question, suggestion?: string): Promise<string>;
  /** One of the options; unattended: the first. */
  choose(ask: Text, options: readonly Option[]): Promise<string>;
  confirm(ask: Text): Promise<boolean>;
  /** Says something in passing. */
  tell(what: Message | Text): void;
  warn(what: Message | Text): void;
  /** Shows a block of lines as they are (a diff). */
  show(title: Text, lines: string): void;
  /** Shows how one step went. */
  step(result: CheckResult): void;
  /** Shows that something is going on until it ends. */
  during<T>(what: Message | Text, work: () => Promise<T>): Promise<T>;
}

export function cancelled(): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'cancelled',
    exitCode: ExitCode.cancelled,
    what: texts.cancelled,
  });
}

/** Nobody is there: questions are usage errors, confirmations are given. */
export function unattendedConversation(tell: {
  readonly line: (what: Message | Text) => void;
  readonly warn: (what: Message | Text) => void;
  readonly block: (title: Text, lines: string) => void;
  readonly step: (result: CheckResult) => void;
}): Conversation {
  return {
    guided: false,
    ask: (question) => Promise.reject(missingAnswer(question)),
    choose: (_ask, options) => Promise.resolve(options[0]?.value ?? ''),
    confirm: () => Promise.resolve(true),
    tell: tell.line,
    warn: tell.warn,
    show: tell.block,
    step: tell.step,
    during: (_what, work) => work(),
  };
}
