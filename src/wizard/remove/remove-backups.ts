/** Backups of the config that still hold a secret of the accounts that were removed. */
import { backupPaths } from '../../config/file/backup.ts';
import { readTextFile } from '../../config/file/read-text.ts';
import { type Secret, scrub } from '../../shared/secret.ts';

/** All of them, the newest first, whichever run has written them. */
export async function backupsWithSecret(
  files: readonly string[],
  secrets: readonly Secret[],
): Promise<readonly string[]> {
  const paths = [...new Set(files)].flatMap(backupPaths);
  const held = await Promise.all(
    paths.map(async (path) => {
      const text = await textOf(path);
      return text !== undefined && scrub(text, secrets) !== text ? [path] : [];
    }),
  );
  return held.flat();
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch {
    // The file is missing or no text, so no secret can be read from it.
    return undefined;
  }
}
