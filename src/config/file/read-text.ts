/** Reads the text of one file, exactly, or says why it cannot be read. */
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize } from '../../shared/text.ts';
import { configTexts as texts } from '../texts.ts';
import { MAX_CONFIG_BYTES, readBounded, readProblem } from './bounded-file.ts';

/** The text of a file; `undefined` when there is none. Throws `config-unreadable` (exit 5). */
export async function readTextFile(path: string): Promise<string | undefined> {
  return readTextWith((file) => readBounded(file, MAX_CONFIG_BYTES), path);
}

/** The same through a given way of reading. */
export async function readTextWith(
  read: (path: string) => Promise<Uint8Array>,
  path: string,
): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await read(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return undefined;
    throw unreadable(path, readProblem(error), error);
  }
  try {
    // Strictly, and with its BOM: what cannot be read exactly cannot be written back exactly.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, localize(texts.notUtf8), error);
  }
}

function unreadable(
  path: string,
  reason: string | LocalizedText,
  cause: unknown,
): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'config-unreadable',
    exitCode: ExitCode.config,
    what: localize(texts.unreadable, { path, reason }),
    advice: localize(texts.unreadableAdvice, { path }),
    details: { path },
    cause,
  });
}
