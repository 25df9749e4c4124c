/** The bot of `setup --sandbox`: its answers show what an answer can be. */
import type { Agent } from '../../channel/agent/agent.ts';
import type { AnswerPiece } from '../../channel/answer/answer-piece.ts';
import { type Lang, localize, render, type Text } from '../../shared/text/text.ts';
import { pause } from '../../shared/time/waiting.ts';
import { sampleTexts as texts } from './sample-texts.ts';

export interface SampleAgentOptions {
  /** Local files that it sends; it may send them. */
  readonly files: { readonly picture: string; readonly report: string };
  /** How long it takes over each word (ms). */
  readonly wordMs: number;
}

const topics = [
  { value: texts.table, asked: /\btable\b|表格/i },
  { value: texts.picture, asked: /\b(?:picture|image)\b|图片/i },
  { value: texts.file, asked: /\bfile\b|文件/i },
] as const;

export function sampleAgent({ files, wordMs }: SampleAgentOptions): Agent {
  async function* written(text: string, signal: AbortSignal): AsyncGenerator<AnswerPiece> {
    for (const word of text.split(/(?<=[\s，。：])/)) {
      await pause(wordMs, signal);
      signal.throwIfAborted();
      yield word;
    }
  }

  return {
    readsOnlyText: true,
    async *answer({ content: { text }, lang }, signal) {
      const topic = topics.find(({ asked }) => asked.test(text));
      switch (topic?.value) {
        case texts.table:
          yield* written(render(texts.tableAnswer, lang), signal);
          return;
        case texts.picture:
          yield render(texts.pictureAnswer, lang);
          yield { kind: 'media', source: files.picture, as: 'image' };
          return;
        case texts.file:
          yield render(texts.fileAnswer, lang);
          yield { kind: 'media', source: files.report, as: 'file' };
          return;
        default:
          yield* written(greeting(text, lang), signal);
          yield { kind: 'buttons', title: localize(texts.ask), rows: [buttons(lang)] };
      }
    },
  };
}

/** The first line of what the person wrote is quoted. */
function greeting(said: string, lang: Lang): string {
  const line = said.trim().split('\n', 1)[0] ?? '';
  return render(localize(texts.greeting, { said: `\`${line.replaceAll('`', "'")}\`` }), lang);
}

const buttons = (lang: Lang) =>
  topics.map(({ value }: { readonly value: Text }) => ({
    text: value,
    value: value[lang],
    isReusable: true,
  }));
