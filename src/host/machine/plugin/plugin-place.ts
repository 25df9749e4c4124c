/**
 * Our plugin put where hosts look for it: `<state>/extensions/feishu`.
 *
 * Planned first, then exactly that is done: by the host itself where one works here
 * ({@link file://./plugin-install.ts}), else as a copy of the folder, which every host finds.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import lt from 'semver/functions/lt.js';
import valid from 'semver/functions/valid.js';
import { errnoOf, nodeFileSystem } from '../../../config/file/file-system.ts';
import { PLUGIN_ID, type PluginFolder, readPlugin } from '../installed/plugin-folders.ts';
import { machineError } from '../machine-errors.ts';
import { isOwnPlugin, type OtherPlugin } from './other-plugins.ts';

export type PluginPlan =
  /** The target has our plugin already, this version or a newer one. */
  | { readonly kind: 'keep'; readonly path: string; readonly version: string }
  | {
      readonly kind: 'place';
      readonly source: string;
      readonly target: string;
      readonly version: string;
      /** The older version that it takes the place of. */
      readonly replaces?: string;
      /** From where the host installs the other plugin again that it replaces by ours. */
      readonly former?: string;
    };

export interface PluginPlanInput {
  /** Folders that offer the channel, wherever the host looks. */
  readonly plugins: readonly PluginFolder[];
  /** Those of them that are not ours and in use. */
  readonly others: readonly OtherPlugin[];
  readonly stateDir: string;
  /** Our built plugin. */
  readonly source: string;
  readonly version: string;
}

/**
 * Pure.
 *
 * @throws MoltbotFeishuError `host-refused` where another plugin has the channel that only a person can
 *   switch off
 */
export function planPlugin(input: PluginPlanInput): PluginPlan {
  const { plugins, others, stateDir, source, version } = input;
  const foreign = others.find(({ way }) => way === undefined);
  if (foreign) {
    const { name, path } = foreign;
    throw machineError('foreignPlugin', { name: name || '?', path }, { details: { path, name } });
  }
  const target = join(stateDir, 'extensions', PLUGIN_ID);
  const own = plugins.find(isOwnPlugin);
  if (!own) return { kind: 'place', source, target, version };
  // One that is loaded from elsewhere is its owner's to update.
  if (own.path !== target || !isOlder(own.version, version)) {
    return { kind: 'keep', path: own.path, version: own.version };
  }
  return { kind: 'place', source, target, version, replaces: own.version };
}

/** A version that cannot be read counts as old. */
function isOlder(found: string, own: string): boolean {
  return valid(found) === null || lt(found, own);
}

export interface PlacedPlugin {
  /** Removes the new plugin and restores what was there before. */
  undo(): Promise<void>;
  /** Keeps the new plugin and deletes what it replaced. */
  keep(): Promise<void>;
}

/**
 * Copies beside the target and renames, so that a host sees a whole plugin or none. An older one is
 * set aside, outside the folder in which hosts look, until {@link PlacedPlugin.keep}.
 *
 * @param now ms since 1970
 * @throws MoltbotFeishuError `host-refused` (details: path, reason); then nothing has changed
 */
export async function placePlugin(
  plan: PluginPlan & { kind: 'place' },
  now: number,
): Promise<PlacedPlugin> {
  const { source, target } = plan;
  const extensions = dirname(target);
  const copy = join(dirname(extensions), `${MARK}${randomUUID()}.new`);
  let aside: MovedPlugin | undefined;
  try {
    await mkdir(extensions, { recursive: true, mode: 0o700 });
    await removeLeftoverFolders(dirname(extensions), now);
    await copyFolder(source, copy);
    aside = await movePluginAside(plan);
    await rename(copy, target);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    if (await wasPlacedMeanwhile(target, error)) {
      await aside?.keep();
      return alreadyPlaced;
    }
    await aside?.restore();
    const reason = errnoOf(error) ?? String(error);
    throw machineError('notPlaced', { target, reason }, { details: { path: target, reason } });
  }
  // Every reader sees the plugin already; after a power cut it is whole or absent.
  await syncDirectory(extensions).catch(() => undefined);
  const setAside = aside;
  return {
    async undo() {
      await rm(target, { recursive: true, force: true });
      await setAside.restore();
    },
    keep: setAside.keep,
  };
}

/** The older plugin while the new one is put in its place; nothing where there is none. */
export interface MovedPlugin {
  readonly isThere: boolean;
  /** Puts the older one back. The new one must be gone. */
  restore(): Promise<void>;
  /** Removes the older one. */
  keep(): Promise<void>;
}

/** Moves the plugin that the plan replaces out of the folder in which hosts look. */
export async function movePluginAside({
  target,
  replaces,
}: Pick<PluginPlan & { kind: 'place' }, 'target' | 'replaces'>): Promise<MovedPlugin> {
  const path = join(dirname(dirname(target)), `${MARK}${randomUUID()}.old`);
  const isThere = replaces !== undefined && (await moveAside(target, path));
  return {
    isThere,
    async restore() {
      if (isThere) await rename(path, target);
    },
    keep: () => rm(path, { recursive: true, force: true }),
  };
}

const MARK = '.feishu-';
/** Younger ones (ms) may belong to a setup that is at work. */
const LEFTOVER_AGE_MS = 10 * 60_000;

/** Removes what a killed run left beside the folder in which hosts look. */
async function removeLeftoverFolders(stateDir: string, now: number): Promise<void> {
  const own = /^\.feishu-[0-9a-f-]{36}\.(?:new|old)$/;
  for (const name of (await readdir(stateDir)).filter((one) => own.test(one))) {
    const leftover = join(stateDir, name);
    const age = await stat(leftover).then(
      // Setting aside changes nothing else.
      ({ ctimeMs }) => now - ctimeMs,
      // Another run has removed it.
      () => 0,
    );
    if (age > LEFTOVER_AGE_MS) await rm(leftover, { recursive: true, force: true });
  }
}

/**
 * Copies the files of a folder, and of those in it. Synced: a renamed folder of files that are not written
 * yet is an empty plugin after a power cut. With modes of their own: a package may be read-only, and hosts
 * refuse what others can write. Several at a time: a disk syncs them together.
 */
async function copyFolder(source: string, target: string): Promise<void> {
  await mkdir(target, { mode: 0o755 });
  const entries = await readdir(source, { withFileTypes: true });
  const waiting = entries.values();
  const copyWaiting = async (): Promise<void> => {
    for (const entry of waiting) {
      const [from, to] = [join(source, entry.name), join(target, entry.name)];
      await (entry.isDirectory() ? copyFolder(from, to) : copyFile(from, to));
    }
  };
  const copied = await Promise.allSettled(Array.from({ length: COPIES_AT_ONCE }, copyWaiting));
  // Only now is nothing written any more, so that the caller can remove what is there.
  const failed = copied.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  await syncDirectory(target);
}

const COPIES_AT_ONCE = 8;

async function copyFile(source: string, target: string): Promise<void> {
  const file = await open(target, 'wx', 0o644);
  try {
    await file.writeFile(await readFile(source));
    await file.sync();
  } finally {
    await file.close();
  }
}

const { syncDirectory } = nodeFileSystem;

const alreadyPlaced: PlacedPlugin = { undo: async () => undefined, keep: async () => undefined };

/** False where another setup has just done it. */
function moveAside(target: string, aside: string): Promise<boolean> {
  return rename(target, aside).then(
    () => true,
    (error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Another setup at the same time was quicker: what it put there is what we wanted. */
async function wasPlacedMeanwhile(target: string, error: unknown): Promise<boolean> {
  if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errnoOf(error) ?? '')) return false;
  return (await readPlugin(target)).some(isOwnPlugin);
}
