/**
 * How setup talks: the questions and what it says between them, guided or unattended.
 *
 * The driver knows only this interface, so that the two ways cannot drift apart. The person at a
 * question may also go back or cancel: every function here that waits throws both.
 */
import type { CheckResult } from '../../doctor/check.ts';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import type { LocalizedText, Text } from '../../shared/text/text.ts';
import { wizardError } from '../wizard-errors.ts';
import { missingAnswer, type Option, type Question } from './questions.ts';

/** Something to do with one key while waiting. */
export interface WaitKey<T> {
  /** One letter. */
  readonly key: string;
  readonly label: Text;
  /** Runs when the key is pressed; its result is shown. */
  readonly act?: () => Promise<LocalizedText | Text>;
  /** Ends the waiting with this instead. */
  readonly end?: { readonly with: T };
}

export interface Waiting<T> {
  /** Describes what is awaited; called again each second. */
  readonly status: () => LocalizedText | Text;
  readonly keys?: readonly WaitKey<T>[];
  /**
   * What fills the window above the status, drawn again when the window changes; the footer is the keys,
   * or what the last one brought. Only where the conversation {@link Conversation.drawsPanels draws} them.
   */
  readonly panel?: (window: WindowSize, footer: string) => readonly string[];
  readonly work: (signal: AbortSignal) => Promise<T>;
}

export interface Conversation {
  /** A person can be asked. */
  readonly guided: boolean;
  /** Whether a {@link Waiting.panel} is drawn; else what it shows has to be said before. */
  readonly drawsPanels: boolean;
  /** Where a picture made of characters can be drawn. */
  readonly picture:
    | { readonly columns: number; readonly rows?: number; readonly color: boolean }
    | undefined;
  /** Draws its lines as they are. */
  draw(lines: readonly string[]): void;
  /** The answer to a question. Unattended: throws `missing-value`. Guided: throws `cancelled`, JumpTo. */
  ask(question: Question, suggestion?: string): Promise<string>;
  /** One of the options; unattended: the first. */
  choose(ask: LocalizedText | Text, options: readonly Option[]): Promise<string>;
  /** Says something in passing. */
  tell(what: LocalizedText | Text): void;
  warn(what: LocalizedText | Text): void;
  /**
   * Shows a block of lines as they are (a diff).
   *
   * @param besides rows of the question that follows: a block that does not fit the window with it is cut
   * @returns whether it was cut
   */
  show(title: LocalizedText | Text, lines: string, besides?: number): boolean;
  /** Writes JSON to be copied: without the bar, broken between its values. */
  json(json: string): void;
  /** Shows how one step went. */
  step(result: CheckResult): void;
  /** Shows that something is going on until it ends. */
  during<T>(what: LocalizedText | Text, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Waits for something that a person or a platform does, with keys to press meanwhile. */
  wait<T>(waiting: Waiting<T>): Promise<T>;
  /** The closing lines: what was reached, and what is next. */
  end(lines: readonly (LocalizedText | Text)[]): void;
  /** Gives the terminal back as it was. */
  close(): void;
  /** Puts a text on the clipboard of the terminal; `false` where it has none. */
  copy(text: string): boolean;
  /** Whether there is a question to go back to. Until it is called there is none, and Esc does nothing. */
  allowBack(isAllowed: boolean): void;
}

export function cancelled(): MoltbotFeishuError {
  return wizardError('cancelled');
}

/** No person can be asked: questions are usage errors, confirmations count as given. */
export function unattendedConversation(
  tell: {
    readonly line: (what: LocalizedText | Text) => void;
    readonly warn: (what: LocalizedText | Text) => void;
    readonly block: (title: LocalizedText | Text, lines: string) => void;
    readonly step: (result: CheckResult) => void;
  },
  signal: AbortSignal,
): Conversation {
  return {
    guided: false,
    drawsPanels: false,
    picture: undefined,
    draw: () => undefined,
    ask: (question) => Promise.reject(missingAnswer(question)),
    choose: (_ask, options) => Promise.resolve(options[0]?.value ?? ''),
    tell: tell.line,
    warn: tell.warn,
    show: (title, lines) => {
      tell.block(title, lines);
      return false;
    },
    json: () => undefined,
    step: tell.step,
    during: (_what, work) => work(signal),
    wait: ({ work }) => work(signal),
    end: (lines) => lines.forEach(tell.line),
    close: () => undefined,
    copy: () => false,
    allowBack: () => undefined,
  };
}

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}
