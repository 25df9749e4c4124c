/** Sends what an answer has beyond its messages as a file of Markdown. */
import type { Part } from '../../inbox/part.ts';
import type { Replier } from '../reply.ts';
import type { AnswerWriter } from '../writer.ts';
import { createRestSplitter } from './rest-splitter.ts';

export interface RestWriterOptions {
  readonly replier: Pick<Replier, 'send' | 'parts'>;
  /** How many messages an answer has before the rest of it is a file. */
  readonly maxMessages: number;
  /** How many messages a text takes. */
  readonly messagesOf: (text: string) => number;
  /** Uploads the rest; `undefined` if that is not possible. */
  readonly asFile: (markdown: string) => Promise<Part | undefined>;
  /** The sentences about the rest: in the file that follows, or left out. */
  readonly inFile: string;
  readonly leftOut: string;
}

export function withRestAsFile(writer: AnswerWriter, options: RestWriterOptions): AnswerWriter {
  const { replier, maxMessages } = options;
  const splitter = createRestSplitter(maxMessages, options.messagesOf);

  /** The file follows its sentence, so that a reader knows what it is. */
  async function sendRest(): Promise<void> {
    const { rest } = splitter;
    if (rest.trim() === '') return;
    const file = await options.asFile(rest);
    await writer.write(`\n\n${file ? options.inFile : options.leftOut}\n\n`);
    await writer.flush();
    if (file) await replier.send(file);
  }

  return {
    ...writer,
    async write(piece) {
      if (typeof piece !== 'string') return writer.write(piece);
      if (replier.parts >= maxMessages) splitter.cut();
      const shown = splitter.push(piece);
      if (shown !== '') await writer.write(shown);
    },
    get isFull() {
      return writer.isFull;
    },
    async finish(end) {
      await sendRest();
      await writer.finish(end);
    },
  };
}
