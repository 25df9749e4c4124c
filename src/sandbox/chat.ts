/** The small chat in the terminal: a line goes out as what the person says, answers come in. */
import { clearLine, createInterface, cursorTo } from 'node:readline';
import { fitted } from '../shared/layout/fitted.ts';
import { visibleBlock } from '../shared/terminal/visible.ts';
import { type Lang, type LocalizedText, localize, render, type Text } from '../shared/text/text.ts';
import { obey } from './chat-commands.ts';
import { createChatLines } from './chat-lines.ts';
import type { Sandbox } from './contract.ts';
import { sandboxTexts as texts } from './sandbox-texts.ts';

export interface ChatOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & {
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
  readonly lang: Lang;
  readonly signal: AbortSignal;
  /** The first lines; default: where the sandbox is, and how to connect a bot. */
  readonly welcome?: readonly LocalizedText[];
  /** Receives what prints a line above the prompt. */
  readonly onPrint?: (print: (text: LocalizedText) => void) => void;
}

/** Runs until /quit, the end of the input, the signal, or the end of the sandbox. */
export async function runChat(sandbox: Sandbox, options: ChatOptions): Promise<void> {
  const { input, output, lang, signal } = options;
  const speak = (text: LocalizedText | Text): string => render(text, lang);
  const terminal = createInterface({ input, output, prompt: '> ' });
  const ended = new Promise<void>((resolve) => terminal.once('close', resolve));
  const end = (): void => terminal.close();

  let isOpen = true;
  const print = (line: string): void => {
    if (!isOpen) return;
    if (output.isTTY === true) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    output.write(`${fitted(output, line)}\n`);
    terminal.prompt(true);
  };
  const linesOf = createChatLines(speak);
  const unwatch = sandbox.watch((stored) => {
    const lines = stored.fromBot ? linesOf(stored) : undefined;
    if (lines !== undefined) print(visibleBlock(`${sandbox.botName(stored.appId)}: ${lines}`));
  });

  terminal.on('line', (line) => {
    void obey(sandbox, line.trim(), end).then((reply) => {
      if (reply) print(speak(reply));
      else if (isOpen) terminal.prompt();
    });
  });
  terminal.on('SIGINT', end);
  terminal.once('close', () => {
    isOpen = false;
  });
  signal.addEventListener('abort', end, { once: true });
  void sandbox.closed.then(end);
  if (signal.aborted) end();
  else {
    const { url, appId, user } = sandbox;
    const {
      welcome = [
        localize(texts.welcome, { url, user: user.name }),
        localize(texts.connect, { url, appId }),
      ],
    } = options;
    for (const text of welcome) print(speak(text));
    options.onPrint?.((text) => print(speak(text)));
  }
  await ended;
  signal.removeEventListener('abort', end);
  unwatch();
}
