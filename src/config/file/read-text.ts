/** Reads the text of one file, exactly, or says why it cannot be read. */
import { localize } from '../../shared/text/text.ts';
import { configError } from '../config-errors.ts';
import { configTexts as texts } from '../config-texts.ts';
import { MAX_CONFIG_BYTES, readBounded, readProblem } from './bounded-file.ts';
import { isNotThere } from './file-system.ts';

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
    if (isNotThere(error)) return undefined;
    const params = { path, reason: readProblem(error) };
    throw configError('unreadable', params, { details: { path }, cause: error });
  }
  try {
    // Strictly, and with its BOM: what cannot be read exactly cannot be written back exactly.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const params = { path, reason: localize(texts.notUtf8) };
    throw configError('unreadable', params, { details: { path }, cause: error });
  }
}
