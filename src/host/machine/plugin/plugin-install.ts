/**
 * Our plugin installed by the host itself, so that the host can update and uninstall it later.
 *
 * The host's `plugins install` rewrites the config that it is given, without its comments, and refuses
 * to run while the config names a channel that no plugin provides. It is therefore given a config of
 * its own with nothing but the install policy; what it adds there is returned as edits, for our own
 * editor to make in the user's config. OpenClaw hands the installation to its gateway where one runs
 * (openclaw@2026.9.6 plugins-lifecycle-client): there the user's config is the only possible one, and
 * the text is restored afterwards with the host's additions.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreConfigText, rewriteConfigText } from '../../../config/change/restore.ts';
import { type ConfigEdit, planEdit } from '../../../config/edit.ts';
import { isNotThere } from '../../../config/file/file-system.ts';
import { readTextFile } from '../../../config/file/read-text.ts';
import { valueAt } from '../../../config/json5/json-update.ts';
import type { JsonValue } from '../../../config/json5/json5.ts';
import type { ConfigLocation, HostName } from '../../../config/locate.ts';
import type { ConfigDocument } from '../../../config/read.ts';
import { localize } from '../../../shared/text/text.ts';
import { configSecrets } from '../../section/config-secrets.ts';
import { runHostCommand, summarizeOutput } from '../installed/host-command.ts';
import { readNodeVersion, satisfiesRange } from '../installed/host-node.ts';
import { type HostProgram, readJson } from '../installed/host-programs.ts';
import { PLUGIN_ID, readPlugin } from '../installed/plugin-folders.ts';
import { machineError } from '../machine-errors.ts';
import { machineTexts } from '../machine-texts.ts';
import { isOwnPlugin } from './other-plugins.ts';
import {
  type MovedPlugin,
  movePluginAside,
  type PlacedPlugin,
  type PluginPlan,
  placePlugin,
} from './plugin-place.ts';

export interface InstallOptions {
  readonly host: HostProgram;
  readonly location: ConfigLocation;
  readonly document: Pick<ConfigDocument, 'merged' | 'root'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The host's gateway runs. */
  readonly isUp: boolean;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

export interface HostInstallation extends PlacedPlugin {
  /** The host's record of the installation in its config. */
  readonly edits: readonly ConfigEdit[];
}

export interface InstalledPlugin extends HostInstallation {
  /** `copy`: a folder that the host finds, and neither updates nor uninstalls. */
  readonly by: 'host' | 'copy';
}

/**
 * Puts the plugin in place: by the host where one works here, else as a copy.
 *
 * @param byHost `undefined`: no host reads this config here
 * @throws MoltbotFeishuError `host-refused`; then nothing has changed
 */
export async function installPlugin(
  plan: PluginPlan & { kind: 'place' },
  now: () => number,
  byHost: InstallOptions | undefined,
): Promise<InstalledPlugin> {
  const installed = byHost && (await installWithHost(plan, byHost));
  if (installed) return { ...installed, by: 'host' };
  return { ...(await placePlugin(plan, now())), edits: [], by: 'copy' };
}

/** On a busy machine Clawdbot takes a minute for it (ms). */
const INSTALL_TIMEOUT_MS = 300_000;
const HELP_TIMEOUT_MS = 60_000;

/**
 * Installs the plugin by the host's own command; `undefined` where that host does not work here (a
 * Node that it does not run with, a program that does not start): then nothing has changed.
 *
 * @throws MoltbotFeishuError `host-refused` (details: host, reason) where the host works and refuses;
 *   then nothing has changed. The signal's reason; likewise.
 */
async function installWithHost(
  plan: PluginPlan & { kind: 'place' },
  options: InstallOptions,
): Promise<HostInstallation | undefined> {
  const { signal } = options;
  if (!(await isNodeSupported(options))) return undefined;
  const aside = await movePluginAside(plan);
  const takeOut = async (chosen: InstallOptions, isRecorded?: boolean): Promise<void> => {
    if (plan.former === undefined) await uninstall(plan, aside, chosen, isRecorded);
    // A host that refuses ours has left the former one as it was.
    else if (isRecorded !== false) await installFormer(plan.former, chosen);
  };
  try {
    const { code, output, edits } = await runInstall(
      plan.source,
      options,
      plan.former !== undefined,
    );
    const [placed] = await readPlugin(plan.target);
    if (code === 0 && placed && isOwnPlugin(placed) && placed.version === plan.version) {
      return { edits, undo: () => takeOut(options), keep: aside.keep };
    }
    await takeOut(options, code === 0);
    if (code === 0 || !(await hostResponds(options))) return undefined;
    throw installRefused(output, options);
  } catch (error) {
    if (signal.aborted) await takeOut({ ...options, signal: throwIfAborted() });
    throw error;
  }
}

function installRefused(output: string, { host, document, env }: InstallOptions) {
  const reason = summarizeOutput(output, configSecrets(document.root, env));
  const details = { host: host.name, reason };
  return machineError(
    'installRefused',
    { ...details, reason: reason || localize(machineTexts.noReason) },
    { details },
  );
}

/** @param switches another plugin had the channel: its section may not fit this one's schema */
function runInstall(source: string, options: InstallOptions, switches: boolean) {
  const flags = options.host.name === 'openclaw' ? ['--force', '--accept-capabilities'] : [];
  return runWithConfig(['plugins', 'install', source, ...flags], options, switches);
}

/**
 * Has the host install the plugin that had the channel before over ours.
 *
 * @param source a package of the registry, or a folder
 * @throws MoltbotFeishuError `host-refused` (details: host, reason); then ours is still there
 */
export async function installFormer(source: string, options: InstallOptions): Promise<void> {
  const { code, output } = await runInstall(source, options, true);
  if (code !== 0) throw installRefused(output, options);
}

/**
 * Takes our plugin out of a host again: by the host's own `plugins uninstall` where it has one, else
 * by removing the folder. The config is the caller's to change, by {@link pluginRemovalEdits}; in
 * Clawdbot and Moltbot before this, since a channel that no plugin provides invalidates the config.
 *
 * @throws MoltbotFeishuError `host-refused` (details: path, reason) where the folder stays
 */
export async function removePlugin(
  target: string,
  options: InstallOptions | undefined,
): Promise<void> {
  if (!(await readPlugin(target)).some(isOwnPlugin)) return;
  if (options && (await isNodeSupported(options))) await runUninstall(options);
  try {
    await rm(target, { recursive: true, force: true });
  } catch (error) {
    const reason = (error as Error).message;
    const details = { path: target, reason };
    throw machineError('notRemoved', { target, reason }, { details, cause: error });
  }
}

/** The edits that take every word of our plugin out of a host's config. Pure. */
export function pluginRemovalEdits({ merged }: Pick<ConfigDocument, 'merged'>): ConfigEdit[] {
  const edits: ConfigEdit[] = [];
  for (const key of ['entries', 'installs']) {
    const whole = valueAt(merged, ['plugins', key]);
    if (valueAt(merged, ['plugins', key, PLUGIN_ID]) === undefined) continue;
    // A record that holds nothing else says nothing without it.
    const isOnly = Object.keys(whole ?? {}).length === 1;
    edits.push({ path: ['plugins', key, ...(isOnly ? [] : [PLUGIN_ID])], remove: true });
  }
  const allow = valueAt(merged, ['plugins', 'allow']);
  if (!Array.isArray(allow) || !allow.includes(PLUGIN_ID)) return edits;
  const others = allow.filter((id: JsonValue) => id !== PLUGIN_ID);
  edits.push({ path: ['plugins', 'allow'], value: others });
  // An empty list lets every plugin in: nothing else was allowed, and nothing else may be.
  if (others.length === 0) edits.push({ path: ['plugins', 'enabled'], value: false });
  return edits;
}

/** A host with another Node than it needs does not start; where either is not known, trying shows it. */
async function isNodeSupported({ host, env, platform }: InstallOptions): Promise<boolean> {
  if (host.nodeRange === '') return true;
  const node = await readNodeVersion(host, env, platform);
  return node === undefined || satisfiesRange(node, host.nodeRange);
}

/** A host that does not even tell its version refuses nothing: it does not work. */
async function hostResponds({ host, env, signal }: InstallOptions): Promise<boolean> {
  const { code } = await runHostCommand(host, ['--version'], {
    env,
    signal,
    timeoutMs: HELP_TIMEOUT_MS,
  });
  return code === 0;
}

const isHandedOver = ({ host, isUp }: InstallOptions) => host.name === 'openclaw' && isUp;

async function runWithConfig(
  words: readonly string[],
  options: InstallOptions,
  closesChannel = false,
) {
  const { host, location, env, signal, document } = options;
  const command = { signal, timeoutMs: INSTALL_TIMEOUT_MS };
  if (isHandedOver(options)) {
    const variables = { ...withoutSecrets(env), ...pluginPlaces(host.name, location) };
    const before = await readTextFile(location.path);
    if (closesChannel) await closeChannel(options);
    const result = await runHostCommand(host, words, { ...command, env: variables });
    const keepsLines = words.includes('install');
    if (before !== undefined) {
      await restoreConfigText(location, before, { now: options.now, keepsAdditions: keepsLines });
    }
    return { ...result, edits: [] };
  }
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-host-'));
  try {
    const path = join(folder, `${host.name}.json`);
    const security = valueAt(document.merged, ['security']);
    const uninstalls = words.includes('uninstall');
    const plugins = uninstalls ? { entries: { [PLUGIN_ID]: { enabled: true } } } : undefined;
    const start = {
      ...(security !== undefined && { security }),
      ...(plugins !== undefined && { plugins }),
    };
    await writeFile(path, JSON.stringify(start), { mode: 0o600 });
    const variables = { ...withoutSecrets(env), ...pluginPlaces(host.name, { ...location, path }) };
    const result = await runHostCommand(host, words, { ...command, env: variables });
    return { ...result, edits: installRecord(await readJson(path)) };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Leaves only `enabled: false` of the section, while one plugin takes the place of another: OpenClaw
 * refuses to install a plugin whose schema, or the present one's, does not fit the section.
 */
async function closeChannel({ location, document, signal, now }: InstallOptions): Promise<void> {
  const section = ['channels', PLUGIN_ID];
  if (valueAt(document.merged, section) === undefined) return;
  const edits = [{ path: section, value: { enabled: false } }];
  await rewriteConfigText(location.path, { signal, now }, (text) => planEdit(text, edits).text);
}

/** The variables by which a host finds this config and this state directory. */
function pluginPlaces(
  host: HostName,
  { path, stateDir }: Pick<ConfigLocation, 'path' | 'stateDir'>,
) {
  const names = host === 'moltbot' ? ['MOLTBOT', 'CLAWDBOT'] : [host.toUpperCase()];
  return Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_CONFIG_PATH`, path],
      [`${name}_STATE_DIR`, stateDir],
    ]),
  );
}

/** Installing needs no secret of ours. */
function withoutSecrets({ FEISHU_APP_SECRET: _secret, ...env }: InstallOptions['env']) {
  return env;
}

/** Clawdbot and Moltbot keep their install record in the config; OpenClaw in its own database. */
function installRecord(config: unknown): ConfigEdit[] {
  const path = ['plugins', 'installs', PLUGIN_ID];
  const record = valueAt((config ?? null) as JsonValue, path);
  return record === undefined ? [] : [{ path, value: record }];
}

async function uninstall(
  { target }: { readonly target: string },
  aside: MovedPlugin,
  options: InstallOptions,
  isRecorded = true,
): Promise<void> {
  // A record of what is gone would make OpenClaw download another plugin of this id.
  if (isRecorded && !aside.isThere) await runUninstall(options);
  await rm(target, { recursive: true, force: true }).catch((error: unknown) => {
    // A file in the place of the folder of all plugins: there is nothing to remove.
    if (!isNotThere(error)) throw error;
  });
  await aside.restore();
}

/** Clawdbot 2026.1 has no such command; what it records is in the config. */
async function runUninstall(options: InstallOptions): Promise<void> {
  if (options.host.name !== 'openclaw') return;
  await runWithConfig(['plugins', 'uninstall', PLUGIN_ID, '--force'], options);
}

const throwIfAborted = (): AbortSignal => new AbortController().signal;
