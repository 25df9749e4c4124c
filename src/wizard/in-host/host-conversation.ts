/**
 * The conversation on a host's own prompts.
 *
 * A host draws texts in boxes, which break links and QR codes: those go to the terminal outside
 * the boxes. Hosts without a hidden prompt show a secret while it is typed: a warning comes first,
 * with an offer of other ways.
 */
import type { CheckResult } from '../../doctor/check.ts';
import { checkLine } from '../../doctor/report/check-line.ts';
import type { HostPrompter } from '../../host/contract.ts';
import { visible, visibleBlock } from '../../shared/terminal/visible.ts';
import type { LocalizedText, Text } from '../../shared/text/text.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { BACK, JumpTo, SetupLeft } from '../conversation/jump-to.ts';
import type { Question } from '../conversation/questions.ts';
import { wizardTexts } from '../wizard-texts.ts';
import { hostSecretPrompts, type SecretChoice } from './host-secret.ts';
import { onboardingTexts as texts } from './onboarding-texts.ts';

export interface HostConversation extends Conversation {
  /** Shows what has been said since the last question. */
  flush(): Promise<void>;
  hasShown(error: Error): boolean;
}

/** The terminal on which a host's prompts are drawn. */
export interface HostTerminal {
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
  write(text: string): void;
}

export interface HostConversationOptions {
  readonly prompter: HostPrompter;
  readonly say: (text: LocalizedText | Text) => string;
  readonly signal: AbortSignal;
  /** Missing where the host's prompts are elsewhere: in its app or its page. */
  readonly terminal: HostTerminal | undefined;
  /** The host hides what is typed where it is asked to. */
  readonly hidesSecrets: boolean;
  /** The directory that `~` means. */
  readonly home: string;
}

/** Thrown where a person prefers our own wizard to the host's prompts. */
export class OwnWizard extends Error {
  override readonly name = 'OwnWizard';
}

/** Said in passing: a line for a box, or lines that must not be in one. */
type Said = { readonly line: string } | { readonly lines: readonly string[] };

export function hostConversation(options: HostConversationOptions): HostConversation {
  const { prompter, say, terminal } = options;
  let said: Said[] = [];
  /** The last thing that was shown is an error: the next question offers to leave. */
  let hasFailed = false;
  let mayGoBack = false;
  const shown = new WeakSet<Error>();

  function note(what: LocalizedText | Text, asLine: (text: string) => string): void {
    put(asLine(say(what)));
  }

  function put(line: string): void {
    said.push(...(terminal ? apart(line) : [{ line }]));
  }

  async function flush(): Promise<void> {
    const waiting = said;
    said = [];
    let box: string[] = [];
    const close = async (): Promise<void> => {
      if (box.length > 0) await prompter.note(box.join('\n'), 'Feishu');
      box = [];
    };
    for (const item of waiting) {
      if ('line' in item) box.push(item.line);
      else {
        await close();
        terminal?.write(`${item.lines.join('\n')}\n`);
      }
    }
    await close();
  }

  async function during<T>(
    what: LocalizedText | Text,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    await flush();
    const progress = prompter.progress(say(what));
    try {
      return await work(options.signal);
    } finally {
      progress.stop();
    }
  }

  /** The ways on from an error, where the question itself would only be asked again. */
  async function retryOrLeave(): Promise<void> {
    const answer = await prompter.select({
      message: say(wizardTexts.askRetry),
      options: [
        { value: 'again', label: say(texts.again) },
        ...(mayGoBack ? [{ value: BACK, label: say(wizardTexts.choiceBack) }] : []),
        { value: 'leave', label: say(wizardTexts.choiceLeave) },
      ],
    });
    if (answer === 'leave') throw new SetupLeft();
    if (answer === BACK) throw new JumpTo(BACK);
  }

  function askText(question: Question, suggestion: string | undefined): Promise<string> {
    const validate = (answer: string): string | undefined => {
      const problem = question.refuse?.((answer ?? '').trim());
      return problem && say(problem);
    };
    const isSecret = question.kind === 'secret';
    return prompter.text({
      message: say(question.ask),
      validate,
      ...(isSecret && { sensitive: true }),
      ...(!isSecret && suggestion !== undefined && { initialValue: visible(suggestion) }),
    });
  }

  async function askSecret(question: Question): Promise<string> {
    const { hidesSecrets, home } = options;
    const prompts = hostSecretPrompts({ prompter, say, home, question });
    const list: readonly SecretChoice[] = [
      ...(hidesSecrets ? (['type', 'file'] as const) : []),
      ...(terminal ? (['own'] as const) : []),
      ...(hidesSecrets ? [] : (['file', 'type'] as const)),
      ...(mayGoBack ? [BACK] : []),
      'leave',
    ];
    if (!hidesSecrets) await prompter.note(say(texts.secretIsShown), 'Feishu');
    for (;;) {
      const way = await prompts.choose(list, hidesSecrets);
      if (way === 'leave') throw new SetupLeft();
      if (way === BACK) throw new JumpTo(BACK);
      if (way === 'own') throw new OwnWizard();
      const answer = way === 'file' ? await prompts.read() : await askText(question, undefined);
      if (answer !== undefined) return answer;
    }
  }

  return {
    guided: true,
    drawsPanels: false,
    flush,
    hasShown: (error) => shown.has(error),
    async ask(question, suggestion) {
      await flush();
      if (question.kind === 'secret') {
        hasFailed = false;
        return (await askSecret(question)).trim();
      }
      const wasRefused = hasFailed;
      if (wasRefused && question.kind === 'text') await retryOrLeave();
      hasFailed = false;
      // A refused answer is not suggested again: a paste would be appended to it.
      const first = wasRefused ? undefined : suggestion;
      if (question.kind === 'text') return (await askText(question, first)).trim();
      const choices = (question.options ?? []).map(({ value, label, hint }) => ({
        value,
        label: say(label),
        ...(hint && { hint: say(hint) }),
      }));
      const initial = suggestion === undefined ? {} : { initialValue: suggestion };
      return prompter.select({ message: say(question.ask), options: choices, ...initial });
    },
    async choose(ask, choices) {
      await flush();
      hasFailed = false;
      return prompter.select({
        message: say(ask),
        options: choices.map(({ value, label }) => ({ value, label: say(label) })),
      });
    },
    tell: (what) => note(what, (text) => text),
    warn: (what) => note(what, (text) => `! ${text}`),
    show(title, lines) {
      note(title, (text) => `${text}\n${visibleBlock(lines)}`);
      return false;
    },
    json: (json) => put(visible(json)),
    step(result: CheckResult) {
      hasFailed = result.status === 'fail';
      if (result.error) shown.add(result.error);
      put(checkLine(result, say));
    },
    during,
    async wait({ status, work }) {
      await flush();
      const progress = prompter.progress(say(status()));
      // Elsewhere each change may be a new line.
      const timer = terminal && setInterval(() => progress.update(say(status())), 1000);
      try {
        return await work(options.signal);
      } finally {
        clearInterval(timer);
        progress.stop();
      }
    },
    picture: terminal && {
      columns: terminal.columns - 1,
      rows: terminal.rows - WAITING_ROWS,
      color: terminal.color,
    },
    draw: (lines) => void said.push({ lines }),
    end(lines) {
      for (const line of lines) note(line, (text) => text);
    },
    close: () => undefined,
    // A host's prompts have no keys besides their own.
    copy: () => false,
    allowBack: (isAllowed) => {
      mayGoBack = isAllowed;
    },
  };
}

/** The text that a host draws below the code while it waits. */
const WAITING_ROWS = 3;

const LINK = /https?:\/\/[^\s，。；、（）()<>]+/;

/** Splits a line so that each link is by itself, outside of the box. */
function apart(line: string): readonly Said[] {
  const parts: Said[] = [];
  let rest = line;
  for (;;) {
    const found = LINK.exec(rest);
    if (!found) break;
    const before = rest.slice(0, found.index).trimEnd();
    if (before !== '') parts.push({ line: before });
    parts.push({ lines: [found[0]] });
    rest = rest.slice(found.index + found[0].length).trimStart();
  }
  if (rest.trim() !== '' || parts.length === 0) parts.push({ line: rest });
  return parts;
}
