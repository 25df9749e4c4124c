/** The small chat in the terminal: a line goes out as what the person says, answers come in. */
import { clearLine, createInterface, cursorTo } from 'node:readline';
import { type Lang, type LocalizedText, localize, render, type Text } from '../shared/text.ts';
import { visibleBlock } from '../shared/visible.ts';
import { obey } from './chat-commands.ts';
import type { Sandbox } from './contract.ts';
import { isRecord, parseObject } from './http/call.ts';
import type { StoredMessage } from './state/chats.ts';
import { sandboxTexts as texts } from './texts.ts';

export interface ChatOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly lang: Lang;
  readonly signal: AbortSignal;
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
    output.write(`${line}\n`);
    terminal.prompt(true);
  };
  const unwatch = sandbox.watch((stored) => {
    if (stored.fromBot)
      print(visibleBlock(`${sandbox.botName(stored.appId)}: ${describe(stored, speak)}`));
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
    print(speak(localize(texts.welcome, { url: sandbox.url, user: sandbox.user.name })));
    print(speak(localize(texts.connect, { url: sandbox.url, appId: sandbox.appId })));
  }
  await ended;
  signal.removeEventListener('abort', end);
  unwatch();
}

function describe(stored: StoredMessage, speak: (text: LocalizedText | Text) => string): string {
  const marks = [
    stored.chatType === 'group' ? texts.inGroup : undefined,
    stored.deleted ? texts.recalled : stored.edits > 0 ? texts.edited : undefined,
  ];
  const before = marks.flatMap((mark) => (mark ? [`${speak(mark)} `] : [])).join('');
  const text = textsIn(parseObject(stored.content)).join('\n');
  return before + (text || speak(localize(texts.messageOf, { type: stored.msgType })));
}

/** The readable strings of a content: of a text, a post's paragraphs, a card's Markdown. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    const isParagraph = value.every((item) => isRecord(item) && typeof item.tag === 'string');
    const inner = value.flatMap(textsIn);
    return isParagraph && value.some((item) => isRecord(item) && item.tag === 'text')
      ? [inner.join('')]
      : inner;
  }
  if (!isRecord(value)) return [];
  const { text, content, ...others } = value;
  const own = [text, content].filter((part) => typeof part === 'string');
  return [...own, ...[text, content, ...Object.values(others)].flatMap(textsIn)];
}
