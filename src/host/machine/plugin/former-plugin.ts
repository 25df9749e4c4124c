/**
 * What a switch from another plugin needs for its way back, kept in the state directory: the plugins, and
 * the text of the config files as they were. It holds what the config holds, so only its owner may read it.
 */
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { z } from 'zod';
import { errnoOf, nodeFileSystem } from '../../../config/file/file-system.ts';
import { readTextFile } from '../../../config/file/read-text.ts';
import { writeBeside } from '../../../config/file/temporary.ts';
import { realFile } from '../../../config/source/section-file.ts';
import { parseJson } from '../../../shared/json.ts';
import type { OtherPlugin } from './other-plugins.ts';

const formerSchema = z.object({
  plugins: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string(),
      path: z.string(),
      way: z.enum(['replace', 'set-aside', 'disable', 'unlist']),
      /** From where the host installs it again, or where its folder was moved to. */
      source: z.string(),
    }),
  ),
  /** Ours was there before, too. */
  hadOwn: z.boolean(),
  /** `after`: the text right after the switch, once it is confirmed. */
  files: z.array(z.object({ path: z.string(), text: z.string(), after: z.string().optional() })),
});
/** The state before a switch. */
export type FormerState = z.infer<typeof formerSchema>;
export type FormerPlugin = FormerState['plugins'][number];

const folderIn = (stateDir: string) => join(stateDir, 'former-feishu-plugin');
const fileIn = (stateDir: string) => join(folderIn(stateDir), 'former.json');

export async function readFormerState(stateDir: string): Promise<FormerState | undefined> {
  const text = await readTextFile(fileIn(stateDir)).catch(() => undefined);
  return formerSchema.safeParse(parseJson(text ?? '')).data;
}

export interface KeepFormerOptions {
  readonly stateDir: string;
  readonly others: readonly OtherPlugin[];
  readonly hadOwn: boolean;
  /** The config files that the switch may write. */
  readonly files: readonly string[];
  readonly now: () => number;
}

/** Keeps the state before a switch; a plugin that the host will remove is copied first. */
export async function keepFormerState(options: KeepFormerOptions): Promise<FormerState> {
  const { stateDir, others, hadOwn } = options;
  const folder = folderIn(stateDir);
  // An earlier switch may have moved a plugin there: it is its owner's.
  await rename(folder, `${folder}-${options.now()}`).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const plugins = await Promise.all(
    others.flatMap(({ way, ...plugin }, index) =>
      way === undefined ? [] : [keepPlugin({ ...plugin, way }, stateDir, index)],
    ),
  );
  const paths = await Promise.all(options.files.map((path) => realFile(nodeFileSystem, path)));
  const files = await Promise.all(
    [...new Set(paths)].map(async (path) => ({ path, text: await readTextFile(path) })),
  );
  const state: FormerState = {
    plugins,
    hadOwn,
    files: files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])),
  };
  await writeState(stateDir, state);
  return state;
}

/** Keeps the text right after the switch, too: the way back tells by it what was changed since. */
export async function keepTextAfter(stateDir: string): Promise<void> {
  const state = await readFormerState(stateDir);
  if (!state) return;
  const files = await Promise.all(
    state.files.map(async (file) => ({ ...file, after: await readTextFile(file.path) })),
  );
  await writeState(stateDir, { ...state, files });
}

async function writeState(stateDir: string, state: FormerState): Promise<void> {
  const path = fileIn(stateDir);
  const temporary = await writeBeside(nodeFileSystem, path, JSON.stringify(state), undefined);
  await rename(temporary, path);
}

type PluginToKeep = OtherPlugin & { readonly way: FormerPlugin['way'] };

async function keepPlugin(
  { path, id, name, version, way }: PluginToKeep,
  stateDir: string,
  index: number,
): Promise<FormerPlugin> {
  const kept = { path, id, name, version, way };
  if (way === 'disable' || way === 'unlist') return { ...kept, source: path };
  // The host has a package of the registry from there again, with its record of it.
  if (path.startsWith(join(stateDir, 'npm') + sep)) return { ...kept, source: name };
  const source = join(folderIn(stateDir), `${index}`, basename(path));
  if (way === 'replace') await cp(path, source, { recursive: true });
  return { ...kept, source };
}

/** Forgets the state before a switch, with the copies of plugins. */
export async function forgetFormerState(stateDir: string): Promise<void> {
  await rm(folderIn(stateDir), { recursive: true, force: true });
}
