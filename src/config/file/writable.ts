/**
 * Whether a config may be replaced. Mode and owner decide, not only what the system allows: root
 * and the owner of the directory could also replace a file that is marked read-only.
 */
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { configTexts as texts } from '../config-texts.ts';
import { errnoOf, type FileStatus, type FileSystem } from './file-system.ts';
import { statIfThere } from './temporary.ts';

const OWNER_WRITES = 0o200;
const OTHERS = 0o077;

/**
 * Why a file may not be replaced; `undefined` where it may.
 *
 * @param uid the user of this process; `undefined` on systems without users
 */
export async function writeProblem(
  fs: FileSystem,
  file: string,
  uid: number | undefined,
): Promise<string | LocalizedText | undefined> {
  const status = await statIfThere(fs, file);
  if (status && uid !== undefined && status.uid !== uid) {
    return localize(texts.ofOtherUser, { owner: status.uid });
  }
  if (status && (status.mode & OWNER_WRITES) === 0) return localize(texts.notWritable);
  return directoryObstacle(fs, dirname(file), uid);
}

/** The nearest directory above that is there: the others are made. */
async function directoryObstacle(
  fs: FileSystem,
  directory: string,
  uid: number | undefined,
): Promise<string | LocalizedText | undefined> {
  const status = await statIfThere(fs, directory);
  const above = dirname(directory);
  if (!status) return above === directory ? undefined : directoryObstacle(fs, above, uid);
  if ((status.mode & constants.S_IFMT) !== constants.S_IFDIR) return 'ENOTDIR';
  const isOwn = uid !== undefined && status.uid === uid;
  if (isOwn && (status.mode & OWNER_WRITES) === 0) {
    return localize(texts.directoryNotWritable, { directory });
  }
  try {
    await fs.access(directory);
    return undefined;
  } catch (error) {
    return errnoOf(error) ?? String(error);
  }
}

/** Whether others than the owner may read or write a file; never on systems without users. */
export function isOpenToOthers(status: FileStatus | undefined, uid: number | undefined): boolean {
  return uid !== undefined && status !== undefined && (status.mode & OTHERS) !== 0;
}
