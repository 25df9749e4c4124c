/** Sends the media of an answer as messages of their own, between the texts that another writer shows. */
import type { Lang } from '../../shared/text/text.ts';
import type { OutgoingMedia } from './media/outgoing-media.ts';
import type { Replier } from './reply.ts';
import type { AnswerWriter } from './writer.ts';

export interface MediaWriterOptions {
  readonly media: Pick<OutgoingMedia, 'prepare'>;
  readonly replier: Pick<Replier, 'send'>;
  /** Of the sentences for the person. */
  readonly lang: Lang;
  /** Aborts when nothing more may be sent. */
  readonly signal: AbortSignal;
}

export function withMedia(writer: AnswerWriter, options: MediaWriterOptions): AnswerWriter {
  const { media, replier, lang, signal } = options;
  let hasSent = false;
  return {
    async write(piece) {
      if (typeof piece === 'string' || piece.kind !== 'media') return writer.write(piece);
      if (writer.isFull) return;
      // What was written before it is read before it.
      await writer.flush();
      const { part, note } = await media.prepare(piece, lang, signal);
      if (part && (await replier.send(part))) hasSent = true;
      if (note !== undefined) {
        await writer.write(`${note}\n\n`);
        await writer.flush();
      }
    },
    flush: () => writer.flush(),
    get isFull() {
      return writer.isFull;
    },
    finish: ({ ifEmpty, ...end }) => writer.finish({ ...end, ...(!hasSent && { ifEmpty }) }),
    stop: () => writer.stop(),
    abandon: () => writer.abandon(),
  };
}
