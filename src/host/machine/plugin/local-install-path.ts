/**
 * Where the installed plugin is, written into its own package.json.
 *
 * Clawdbot's and Moltbot's `configure` load no plugin before their list of channels: they offer to
 * install one, also where it is there already, from the path that its package.json names. A relative
 * path is resolved against the working directory, so that the published one seldom leads anywhere
 * (clawdbot@2026.1.24-3 commands/onboarding/plugin-install). OpenClaw takes what is installed.
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../../../config/file/file-system.ts';
import { draftOf } from '../../../shared/replace-file.ts';
import { readJson } from '../installed/host-programs.ts';

const readers = ['moltbot', 'clawdbot'] as const;
const described = z.looseObject({ install: z.looseObject({}) });
const packageSchema = z.looseObject({});

/** Without effect where the file cannot be written: the host then offers what it offered before. */
export async function nameInstallPath(folder: string): Promise<void> {
  const path = join(folder, 'package.json');
  const parsed = packageSchema.safeParse(await readJson(path));
  if (!parsed.success) return;
  const nameInReader = Object.fromEntries(
    readers.flatMap((host) => {
      const own = described.safeParse(parsed.data[host]);
      if (!own.success || own.data.install.localPath === folder) return [];
      return [[host, { ...own.data, install: { ...own.data.install, localPath: folder } }]];
    }),
  );
  if (Object.keys(nameInReader).length === 0) return;
  try {
    const text = `${JSON.stringify({ ...parsed.data, ...nameInReader }, null, 2)}\n`;
    // Readable as the rest of the plugin, for a host that another user runs.
    await writeFile(draftOf(path), text, { mode: 0o644 });
    await rename(draftOf(path), path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
