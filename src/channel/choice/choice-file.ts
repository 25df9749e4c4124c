/** The book of cards on disk, written after each change; a file that cannot be used costs only tidiness. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../../shared/errors.ts';
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/log.ts';
import { replaceFile } from '../../shared/replace-file.ts';
import { CHOICES_FILE } from '../inbox/local-files.ts';
import type { ChoiceBook } from './choice-book.ts';

export interface ChoiceFile {
  /** The book has changed: it is written soon, once for several changes. */
  changed(): void;
  /** Resolves when all changes are written. */
  close(): Promise<void>;
}

const textSchema = z.object({ en: z.string(), zh: z.string() });

const decisionSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('person'), name: z.string(), label: textSchema }),
  z.object({ by: z.literal('host'), says: textSchema }),
  z.object({ by: z.literal('time') }),
]);

const storedSchema = z.array(
  z.object({
    cardId: z.string(),
    messageId: z.string(),
    expiresAt: z.number(),
    subject: z.string().optional(),
    decision: decisionSchema.optional(),
    isSettled: z.boolean(),
  }),
);

/** Reads what an earlier process knew into the book. Neither this nor the file throws. */
export async function openChoiceFile(options: {
  readonly book: ChoiceBook;
  /** `undefined`: nothing is kept. */
  readonly directory: string | undefined;
  readonly log: Logger;
  readonly now: () => number;
}): Promise<ChoiceFile> {
  const { book, directory, log, now } = options;
  if (directory === undefined) return { changed: () => undefined, close: async () => undefined };
  const path = join(directory, CHOICES_FILE);
  let writing: Promise<void> | undefined;
  let isStale = false;

  async function write(folder: string): Promise<void> {
    while (isStale) {
      isStale = false;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await replaceFile(path, JSON.stringify(book.store(now())));
      } catch (error) {
        log.warn('the open cards could not be kept', { error: codeOf(error) });
      }
    }
    writing = undefined;
  }

  const stored = await readFile(path, 'utf8').catch(() => '');
  book.load(storedSchema.safeParse(parseJson(stored)).data ?? []);
  return {
    changed() {
      isStale = true;
      writing ??= write(directory);
    },
    close: async () => writing,
  };
}
