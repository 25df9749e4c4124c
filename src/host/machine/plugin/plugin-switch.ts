/**
 * The switch from another plugin to ours, and its way back.
 *
 * In: the plugins that have the channel. Out: the state before the switch, kept; afterwards the host's own
 * word on whose plugin it loads. No folder of another plugin is deleted here: the host replaces it, or it
 * is moved to where no host looks, or the config switches it off.
 */
import { execFile } from 'node:child_process';
import { mkdir, realpath, rename } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { restoreFormerText } from '../../../config/change/restore.ts';
import { errnoOf, nodeFileSystem } from '../../../config/file/file-system.ts';
import type { ConfigLocation } from '../../../config/locate.ts';
import { realFile } from '../../../config/source/section-file.ts';
import { type LocalizedText, localize } from '../../../shared/text/text.ts';
import { pause } from '../../../shared/time/waiting.ts';
import { jsonIn, readAccountStatus } from '../installed/account-status.ts';
import { PLUGIN_ID, readPlugin } from '../installed/plugin-folders.ts';
import { machineError } from '../machine-errors.ts';
import { machineTexts as texts } from '../machine-texts.ts';
import { type BackPlan, planBack } from './back-plan.ts';
import {
  type FormerPlugin,
  type FormerState,
  forgetFormerState,
  keepFormerState,
  keepTextAfter,
  readFormerState,
} from './former-plugin.ts';
import type { OtherPlugin } from './other-plugins.ts';
import { type InstallOptions, installFormer, removePlugin } from './plugin-install.ts';

const run = promisify(execFile);

export interface SwitchOptions {
  readonly location: ConfigLocation;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** `undefined`: no host reads this config here. */
  readonly byHost: InstallOptions | undefined;
}

export interface SwitchInput {
  readonly others: readonly OtherPlugin[];
  /** Ours is installed already, beside the others. */
  readonly hadOwn: boolean;
  /** The file that holds the section, where it is not the config itself. */
  readonly sectionFile: string;
}

/**
 * Keeps the state for the way back, and moves the folders out of the host's way that the host itself
 * does not replace.
 *
 * @returns the state, of which `former` goes into the plan of the installation
 * @throws MoltbotFeishuError `host-refused` (details: path, reason); then nothing has changed
 */
export async function beginSwitch(
  input: SwitchInput,
  options: SwitchOptions,
): Promise<FormerState> {
  const { location, now } = options;
  const { stateDir } = location;
  const files = [location.path, input.sectionFile];
  const state = await keepFormerState({ ...input, stateDir, files, now });
  const moved: FormerPlugin[] = [];
  try {
    for (const plugin of state.plugins.filter(({ way }) => way === 'set-aside')) {
      await move(plugin.path, plugin.source);
      moved.push(plugin);
    }
  } catch (error) {
    for (const { path, source } of moved) await move(source, path);
    await forgetFormerState(stateDir);
    const [first] = state.plugins;
    const details = { path: first?.path ?? '', reason: errnoOf(error) ?? String(error) };
    throw machineError('notMoved', details, { details, cause: error });
  }
  return state;
}

/** The source of the plugin that the host replaces by ours. */
export function formerSource({ plugins }: FormerState): string | undefined {
  return plugins.find(({ way }) => way === 'replace')?.source;
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
}

/** The reversal of {@link beginSwitch}, where the installation failed and nothing else has changed. */
export async function cancelSwitch(state: FormerState, { location }: SwitchOptions): Promise<void> {
  for (const { path, source, way } of state.plugins) {
    if (way === 'set-aside') await move(source, path);
  }
  await forgetFormerState(location.stateDir);
}

/**
 * Puts the former plugin and the text of the config back. What others have changed since stays.
 *
 * @throws MoltbotFeishuError `no-former-plugin` where the former plugin would answer more people (then
 *   nothing has changed); `host-refused` where the host does not install the former plugin: then ours is
 *   still in place
 */
export async function switchBack(
  state: FormerState,
  { location, now, signal, byHost }: SwitchOptions,
): Promise<SwitchedBack> {
  const { stateDir } = location;
  // Before the host's own commands change the config.
  const plan = await planBack(state, await realFile(nodeFileSystem, location.path));
  const target = join(stateDir, 'extensions', PLUGIN_ID);
  const source = formerSource(state);
  if (source !== undefined) {
    if (!byHost) throw machineError('noHostForFormer', { source });
    await installFormer(source, byHost);
  } else if (!state.hadOwn) await removePlugin(target, byHost);
  for (const { path, source: aside, way } of state.plugins) {
    const isBack = (await readPlugin(path)).length > 0;
    if (way === 'set-aside' && !isBack) await move(aside, path);
  }
  for (const file of plan.files) await restoreFormerText(file, { now, signal });
  await forgetFormerState(stateDir);
  return { ...plan, names: state.plugins.map(({ name, id }) => name || id) };
}

export interface SwitchedBack extends BackPlan {
  /** The plugins that have the channel again. */
  readonly names: readonly string[];
}

/**
 * After a switch: whether the host loads our plugin and runs it; else everything is put back. Keeps what
 * the config says then, so that the way back tells later changes from those of the switch.
 *
 * @param isRunning whether the gateway runs the account; `undefined`: it did not say, or is down
 * @throws MoltbotFeishuError `host-refused` (details: reason) where it does not, once all is as before
 */
export async function confirmSwitch(
  isRunning: boolean | undefined,
  options: SwitchOptions & { readonly byHost: InstallOptions },
): Promise<void> {
  const { byHost, location } = options;
  const host = byHost.host.name;
  const isDown = byHost.isUp && isRunning === false;
  const reason =
    (await whyNotLoaded(byHost, join(location.stateDir, 'extensions', PLUGIN_ID))) ??
    (isDown ? localize(texts.accountDown, { host }) : undefined);
  if (reason === undefined) return keepTextAfter(location.stateDir);
  const state = await readFormerState(location.stateDir);
  const former = state ? (await switchBack(state, options)).names : [];
  throw machineError('notSwitched', { host, reason, former });
}

/** Waits until the gateway runs the account; `undefined` where none runs, or where it does not say. */
export async function waitUntilRunning(
  { host, isUp, env, signal }: InstallOptions,
  accountId: string,
): Promise<boolean | undefined> {
  if (!isUp) return undefined;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(RUNNING_WITHIN_MS)]);
  let isRunning: boolean | undefined;
  while (!patience.aborted) {
    const said = await readAccountStatus(host, accountId, { env, signal: patience });
    isRunning = said?.running ?? isRunning;
    if (isRunning) return true;
    await pause(ASK_EVERY_MS, patience);
  }
  signal.throwIfAborted();
  return isRunning;
}

/** To load one plugin in the place of another, a gateway restarts after the work at hand has ended. */
const RUNNING_WITHIN_MS = 240_000;
const ASK_EVERY_MS = 1000;

const listSchema = z.object({
  plugins: z.array(
    z.looseObject({
      id: z.string(),
      source: z.string().catch(''),
      status: z.string().catch(''),
      channelIds: z.array(z.string()).catch([]),
      error: z.string().optional().catch(undefined),
    }),
  ),
});

const LIST_TIMEOUT_MS = 120_000;

/** Why the host does not load our plugin alone; `undefined` where it does, or gives no list. */
async function whyNotLoaded(
  { host, env, signal }: InstallOptions,
  target: string,
): Promise<string | LocalizedText | undefined> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(LIST_TIMEOUT_MS)]);
  const options = { env: { ...env }, signal: patience, maxBuffer: 64 * 1024 * 1024 };
  const text = await run(host.path, ['plugins', 'list', '--json'], options).then(
    ({ stdout }) => stdout,
    // The host refused or took too long.
    () => '',
  );
  signal.throwIfAborted();
  const listed = listSchema.safeParse(jsonIn(text));
  if (!listed.success) return undefined;
  const own = await realPath(target);
  const ofChannel = await Promise.all(
    listed.data.plugins
      .filter(({ id, channelIds }) => id === PLUGIN_ID || channelIds.includes(PLUGIN_ID))
      .map(async (plugin) => ({ ...plugin, source: await realPath(plugin.source) })),
  );
  const isOurs = ({ source }: { readonly source: string }) => source.startsWith(own + sep);
  const other = ofChannel.find((plugin) => plugin.status === 'loaded' && !isOurs(plugin));
  if (other) return localize(texts.stillLoaded, { path: other.source });
  const ours = ofChannel.find(isOurs);
  return ours?.status === 'loaded' ? undefined : (ours?.error ?? localize(texts.notListed));
}

const realPath = (path: string) => realpath(path).catch(() => path);
