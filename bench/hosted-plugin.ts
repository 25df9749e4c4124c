/** A channel plugin in the real OpenClaw: as its host installs it, with a model that answers at once. */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Host, makeHost, patience } from '../test/host/real/gateway.ts';
import { startMockModel } from '../test/host/real/mock-model.ts';
import { makeCertificate } from './certificate.ts';
import { benchApp, idsIn, senderOf } from './event-body.ts';
import { type BenchPlatform, startPlatform } from './platform.ts';
import { groupUsage } from './process-group.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Contender {
  /** What `plugins install` is told: a package of the registry, its newest version, or a folder. */
  readonly source: string;
  /** By which the host knows the plugin. */
  readonly pluginId: string;
}

export const contenders = {
  'moltbot-feishu': { source: join(root, 'dist/plugin'), pluginId: 'feishu' },
  '@openclaw/feishu': { source: '@openclaw/feishu', pluginId: 'feishu' },
  '@larksuite/openclaw-lark': { source: '@larksuite/openclaw-lark', pluginId: 'openclaw-lark' },
} as const satisfies Record<string, Contender>;
export type ContenderName = keyof typeof contenders;

/** Chats whose people are on the allow-list; those of the chats after them are not. */
export const KNOWN_CHATS = 200;

/** All that is set: what is not, is as the plugin has it by default. */
const settings = {
  dmPolicy: 'allowlist',
  allowFrom: Array.from({ length: KNOWN_CHATS }, (_, chat) => senderOf(chat)),
} as const;

export interface HostedPlugin {
  readonly platform: BenchPlatform;
  /** Of the plugin, as the host says. */
  readonly version: string;
  /** The host's name and version, as it says them. */
  readonly host: string;
  /** Processor time so far, of the gateway and its children (ms). */
  cpuMs(): number | undefined;
  /** Resident memory of the gateway and its children (MB). */
  residentMb(): number | undefined;
  /** kill -9, and a start; resolves when the plugin is connected again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export async function startHosted(contender: Contender): Promise<HostedPlugin> {
  const certificate = await makeCertificate();
  const platform = await startPlatform(certificate);
  const model = await startMockModel((said) => {
    // A host that goes on after a kill may say no more than that: then what stood before is meant.
    const ids = idsIn(said);
    const meant = ids.length > 0 ? ids : idsIn(model.prompts.at(-1) ?? '').slice(-1);
    return { text: meant.map((id) => `#${id}#`).join(' ') };
  });
  const host = await makeHost('openclaw', model.baseUrl, {
    NODE_EXTRA_CA_CERTS: certificate.path,
  });
  const stop = async (): Promise<void> => {
    await host.stopGateway();
    await host.remove();
    await model.close();
    await platform.close();
    await certificate.remove();
  };
  const usage = () => groupUsage(host.gatewayGroup() ?? 0);
  try {
    const feishu = { ...benchApp, domain: platform.url, ...settings };
    const versions = await bootPlugin(host, contender, feishu);
    await connected(platform);
    return {
      platform,
      ...versions,
      cpuMs: () => usage()?.cpuMs,
      residentMb: () => usage()?.residentMb,
      async crash() {
        await host.killGateway();
        await host.startGateway();
        await connected(platform);
      },
      stop,
    };
  } catch (error) {
    console.error(await host.log());
    await stop();
    throw error;
  }
}

async function connected(platform: BenchPlatform): Promise<void> {
  const late = delay(patience.timeout, undefined, { ref: false }).then(() => {
    throw new Error('the gateway runs, and the plugin does not connect');
  });
  await Promise.race([platform.connected(), late]);
}

/**
 * Installs a plugin, configures the channel and starts the gateway.
 *
 * @returns the versions of the plugin and of the host, as the host says them
 * @throws where the host cannot load the plugin
 */
export async function bootPlugin(
  host: Host,
  { source, pluginId }: Contender,
  feishu: object,
): Promise<{ readonly version: string; readonly host: string }> {
  await install(host, source);
  await host.edit((config) => {
    config.plugins ??= {};
    config.plugins.entries = { ...config.plugins.entries, [pluginId]: { enabled: true } };
    config.channels = { feishu };
  });
  const version = await versionOf(host, pluginId);
  await host.startGateway();
  return { version, host: (await host.cli('--version')).stdout.trim() };
}

/** From the registry, as this user reaches it: a test's host must not, a peer comes from there. */
async function install(host: Host, source: string): Promise<void> {
  const { npm_config_registry: _none, NODE_EXTRA_CA_CERTS: _loopback, ...own } = host.env;
  const env = { npm_config_userconfig: join(homedir(), '.npmrc'), ...process.env, ...own };
  const words = ['plugins', 'install', source, '--force', '--accept-capabilities'];
  await promisify(execFile)(host.node, [host.entry, ...words], { env, cwd: host.home });
}

/** @throws where the host cannot load the plugin */
async function versionOf(host: Host, pluginId: string): Promise<string> {
  const { stdout } = await host.cli('plugins', 'list', '--json');
  const { plugins } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    plugins: readonly { id: string; version?: string; status?: string; error?: string }[];
  };
  const plugin = plugins.find(({ id }) => id === pluginId);
  if (plugin?.status === 'error') throw new Error(plugin.error ?? 'the host cannot load it');
  return plugin?.version ?? 'unknown';
}
