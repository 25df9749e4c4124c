/**
 * The folders that offer the channel `feishu` to a host, wherever hosts look: what the config lists,
 * the workspace's own, the state directory's, and OpenClaw's npm projects. In that order, since the
 * first that a host finds has the channel (clawdbot@2026.1.24-3 plugins/discovery).
 */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readJson } from './host-programs.ts';

/** The channel, the plugin and its folder have one name (docs/hosts.md#names). */
export const PLUGIN_ID = 'feishu';

export interface PluginFolder {
  readonly path: string;
  /** The id in its manifest: the key of its entry in the config. */
  readonly id: string;
  /** The npm name in its package.json; empty where it has none. */
  readonly name: string;
  readonly version: string;
}

export interface PluginPlaces {
  readonly stateDir: string;
  /** `plugins.load.paths`, absolute: a plugin, one of its files, or a folder of plugins. */
  readonly loadPaths: readonly string[];
  /** The agents' workspace, absolute. */
  readonly workspace: string | undefined;
}

export async function findPluginFolders(places: PluginPlaces): Promise<readonly PluginFolder[]> {
  const { stateDir, loadPaths, workspace } = places;
  const listed = await Promise.all(loadPaths.map(pluginFoldersAt));
  const parents = [
    ...['.moltbot', '.clawdbot', '.openclaw'].flatMap((name) =>
      workspace === undefined ? [] : [join(workspace, name, 'extensions')],
    ),
    join(stateDir, 'extensions'),
  ];
  const below = await Promise.all([...parents.map(listFolders), listNpmPackages(stateDir)]);
  const folders = [...new Set([...listed, ...below].flat())];
  return (await Promise.all(folders.map(readPlugin))).flat();
}

async function pluginFoldersAt(path: string): Promise<readonly string[]> {
  const isFile = await stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
  return isFile ? [dirname(path)] : [path, ...(await listFolders(path))];
}

/** None where there is no such folder. */
async function listFolders(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

const projectSchema = z.object({
  dependencies: z.record(z.string(), z.unknown()).catch({}).optional(),
});

/**
 * OpenClaw installs from npm into a project for each plugin (openclaw@2026.9.6 docs/plugins): the
 * project's own dependencies are the plugins, whatever their names.
 */
async function listNpmPackages(stateDir: string): Promise<readonly string[]> {
  const npm = join(stateDir, 'npm');
  const projects = [npm, ...(await listFolders(join(npm, 'projects')))];
  const packages = projects.map(async (project) => {
    const parsed = projectSchema.safeParse(await readJson(join(project, 'package.json')));
    const named = Object.keys((parsed.success && parsed.data.dependencies) || {});
    const modules = join(project, 'node_modules');
    const scopes = await listFolders(modules);
    const ours = [modules, ...scopes].map((folder) => join(folder, PLUGIN_ID));
    return [...named.map((name) => join(modules, name)), ...ours];
  });
  return (await Promise.all(packages)).flat();
}

const manifestNames = ['moltbot.plugin.json', 'clawdbot.plugin.json', 'openclaw.plugin.json'];
const manifestSchema = z.object({
  id: z.string().catch(''),
  channels: z.array(z.string()).catch([]).optional(),
});
const packageSchema = z.object({ name: z.string().catch(''), version: z.string().catch('') });

/** The plugin in a folder, if it offers our channel; else none. */
export async function readPlugin(path: string): Promise<readonly PluginFolder[]> {
  const manifests = await Promise.all(manifestNames.map((name) => readJson(join(path, name))));
  const found = manifests
    .flatMap((manifest) => manifestSchema.safeParse(manifest).data ?? [])
    .find(({ id, channels }) => id === PLUGIN_ID || channels?.includes(PLUGIN_ID));
  if (!found) return [];
  const described = packageSchema.safeParse(await readJson(join(path, 'package.json')));
  const own = described.success ? described.data : { name: '', version: '' };
  return [{ path, id: found.id || PLUGIN_ID, ...own }];
}
