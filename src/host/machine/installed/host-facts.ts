/**
 * The host on this machine: program, plugin, settings, port. Reads files and tries the port; does
 * not run the host, since its start takes seconds.
 */
import { connect } from 'node:net';
import { basename } from 'node:path';
import { z } from 'zod';
import {
  type ConfigLocation,
  expandHome,
  type HostName,
  hostHome,
} from '../../../config/locate.ts';
import type { ConfigDocument } from '../../../config/read.ts';
import { findHosts, type HostProgram } from './host-programs.ts';
import { findPluginFolders, type PluginFolder } from './plugin-folders.ts';

export interface HostFacts {
  readonly installed: readonly HostProgram[];
  /** The one that reads this config. */
  readonly host: HostProgram | undefined;
  /** Folders that offer the channel `feishu`. */
  readonly plugins: readonly PluginFolder[];
  /** `plugins.load.paths`, absolute. */
  readonly loadPaths: readonly string[];
  readonly settings: HostSettings;
  readonly port: number;
  readonly isUp: boolean;
}

const list = z.array(z.string()).catch([]);

/** The part of the host's config that decides about the plugin. */
const settingsSchema = z.object({
  plugins: z
    .object({
      enabled: z.boolean().optional().catch(undefined),
      allow: list.optional(),
      deny: list.optional(),
      load: z.object({ paths: list.optional() }).optional().catch(undefined),
      entries: z
        .record(
          z.string(),
          z.object({ enabled: z.boolean().optional().catch(undefined) }).catch({}),
        )
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  agents: z
    .object({
      defaults: z
        .object({ workspace: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  gateway: z
    .object({
      port: z.number().int().positive().optional().catch(undefined),
      mode: z.string().optional().catch(undefined),
      auth: z
        .object({
          mode: z.string().optional().catch(undefined),
          // A text, or an object that says where it is: whether there is one is all that matters.
          token: z.unknown().optional(),
          password: z.unknown().optional(),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  logging: z
    .object({ file: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type HostSettings = z.infer<typeof settingsSchema>;

/** The port of hosts without a configured one (clawdbot@2026.1.24-3 config/paths). */
const DEFAULT_PORT = 18_789;
const portVariables = ['MOLTBOT_GATEWAY_PORT', 'CLAWDBOT_GATEWAY_PORT', 'OPENCLAW_GATEWAY_PORT'];

export interface HostFactsOptions {
  readonly location: ConfigLocation;
  /** From `--host`; `none`: there is none, whatever is installed. */
  readonly wanted: HostName | 'none' | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
}

export async function readHostFacts(
  options: HostFactsOptions,
  document: ConfigDocument | undefined,
): Promise<HostFacts> {
  const { location, env, home, platform, wanted, signal } = options;
  const installed = wanted === 'none' ? [] : await findHosts(env, platform);
  const settings = hostSettings(document?.root);
  const named = portVariables
    .map((name) => Number.parseInt(env[name] ?? '', 10))
    .find((n) => n > 0);
  const port = named ?? settings.gateway?.port ?? DEFAULT_PORT;
  const host = hostReadingConfig(location.path, installed, wanted === 'none' ? undefined : wanted);
  const below = host ? hostHome(host.name, env, home) : home;
  const workspace = settings.agents?.defaults?.workspace;
  const places = {
    stateDir: location.stateDir,
    loadPaths: (settings.plugins?.load?.paths ?? []).map((path) => expandHome(path, below)),
    workspace: workspace === undefined ? undefined : expandHome(workspace, below),
  };
  const [plugins, isUp] = await Promise.all([
    findPluginFolders(places),
    host ? isListening(port, signal) : false,
  ]);
  return { installed, host, plugins, loadPaths: places.loadPaths, settings, port, isUp };
}

export function hostSettings(root: unknown): HostSettings {
  const parsed = settingsSchema.safeParse(root ?? {});
  return parsed.success ? parsed.data : {};
}

/** Picks the installed host that reads the file; Moltbot also reads Clawdbot's. */
export function hostReadingConfig(
  path: string,
  installed: readonly HostProgram[],
  wanted?: HostName,
): HostProgram | undefined {
  const of = (name: HostName) => installed.find((program) => program.name === name);
  if (wanted) return of(wanted);
  const readers: ReadonlyMap<string, readonly HostName[]> = new Map([
    ['moltbot.json', ['moltbot']],
    ['clawdbot.json', ['clawdbot', 'moltbot']],
    ['openclaw.json', ['openclaw']],
  ]);
  const names = readers.get(basename(path));
  // A person named a file of another name: any host can be set to read it.
  if (!names) return installed[0];
  return names.map(of).find((program) => program !== undefined);
}

/** Whether a process accepts connections at this port on the loopback. */
function isListening(port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (isUp: boolean): void => {
      signal.removeEventListener('abort', give);
      socket.destroy();
      resolve(isUp);
    };
    const give = () => end(false);
    signal.addEventListener('abort', give, { once: true });
    socket.setTimeout(1_000, give);
    socket.once('connect', () => end(true));
    socket.once('error', give);
  });
}
