/** A place where everything works, for one fault at a time to be made in it. */
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openLongConnection } from '../../src/channel/connection/connection.ts';
import { locateConfig } from '../../src/config/locate.ts';
import { type AccountReport, type ExamineOptions, examine } from '../../src/doctor/examine.ts';
import { createPlatformClient } from '../../src/platform/client/client.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { silentLogger } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';
import { version } from '../../src/shared/version.ts';

type Json = Record<string, unknown>;

export interface Workplace {
  readonly home: string;
  readonly sandbox: Sandbox;
  readonly env: Record<string, string | undefined>;
  readonly configPath: string;
  /** `channels.feishu` as it is written before the run. */
  feishu: Json;
  /** The rest of the config. */
  config: Json;
  /** What is written instead of these two, byte for byte. */
  text: string | Uint8Array | undefined;
  /** The file is as the fault left it: nothing is written before the run. */
  isKept: boolean;
  /** Further options of the run. */
  options: Partial<ExamineOptions>;
  /** The host's folder of our plugin; only where there is a host. */
  readonly pluginPath: string;
  readonly hostPackage: string;
  write(path: string, text: string, mode?: number): Promise<void>;
  /** Ends the client that is online beside the doctor. */
  goOffline(): Promise<void>;
  /** One more client comes online. */
  comeOnline(): Promise<void>;
  stopGateway(): Promise<void>;
  /** Called at the end. */
  later(cleanup: () => unknown): void;
  writeConfig(): Promise<void>;
  /** Looks at what is there; the config is written before the first time. */
  run(): Promise<AccountReport>;
  /** Path → content and mode of every file below home. */
  snapshot(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export interface WorkplaceOptions {
  readonly host?: 'clawdbot' | 'openclaw';
  readonly app?: SandboxOptions['app'];
}

/** A host's program that says what the real one says of its channels. */
const hostScript = (path: string) => `#!/bin/sh\ncat '${path}'\n`;

export async function openWorkplace({ host, app }: WorkplaceOptions = {}): Promise<Workplace> {
  const cleanups: (() => unknown)[] = [];
  const home = await mkdtemp(join(tmpdir(), 'moltbot-feishu-doctor-'));
  cleanups.push(() => rm(home, { recursive: true, force: true }));
  const sandbox = await startSandbox(app ? { app } : {});
  cleanups.push(() => sandbox.close());
  const stateDir = join(home, host === 'openclaw' ? '.openclaw' : '.clawdbot');
  const configPath = join(stateDir, host ? `${host}.json` : 'moltbot.json');
  const bin = join(home, 'bin');
  const pluginPath = join(stateDir, 'extensions', 'feishu');
  const hostPackage = join(home, 'host', 'package.json');

  async function write(path: string, text: string, mode = 0o600): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, text, { mode });
    await chmod(path, mode);
  }

  await mkdir(bin);
  await symlink(process.execPath, join(bin, 'node'));
  let port = 1;
  let stopGateway = async (): Promise<void> => undefined;
  if (host) {
    const status = join(home, 'host', 'status.json');
    await write(status, JSON.stringify(channelStatus({ running: true })));
    await write(
      hostPackage,
      JSON.stringify({ name: host, version: '2026.1.24-3', engines: { node: '>=20' } }),
    );
    await write(
      join(home, 'host', 'entry.sh'),
      hostScript(status).replace('cat ', '/bin/cat '),
      0o700,
    );
    await symlink(join(home, 'host', 'entry.sh'), join(bin, host));
    await placePlugin(pluginPath);
    const gateway = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    ({ port } = gateway.address() as AddressInfo);
    stopGateway = () => new Promise((resolve) => void gateway.close(() => resolve()));
    cleanups.push(stopGateway);
  }

  const online: (() => Promise<void>)[] = [];
  async function comeOnline(): Promise<void> {
    const client = createPlatformClient({
      appId: sandbox.appId,
      appSecret: new Secret(sandbox.appSecret),
      domain: sandbox.url,
    });
    await new Promise<void>((resolve) => {
      const connection = openLongConnection({
        client,
        onEvent: () => Promise.reject(new Error('only here to be counted')),
        onState: ({ state }) => {
          if (state === 'connected') resolve();
        },
      });
      online.push(() => connection.close());
    });
  }
  async function goOffline(): Promise<void> {
    for (const end of online.splice(0)) await end();
    while (sandbox.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  }
  cleanups.push(goOffline);
  if ((app?.published ?? true) && app?.kind !== 'store' && app?.status !== 'disabled')
    await comeOnline();

  const workplace: Workplace = {
    home,
    sandbox,
    env: { PATH: bin, HOME: home },
    configPath,
    feishu: { appId: sandbox.appId, appSecret: sandbox.appSecret, domain: sandbox.url },
    config: {
      gateway: { port, mode: 'local', auth: { token: 'gateway-token' } },
      logging: { file: join(home, 'host.log') },
      ...(host && { plugins: { entries: { feishu: { enabled: true } } } }),
    },
    text: undefined,
    isKept: false,
    options: {},
    pluginPath,
    hostPackage,
    write,
    goOffline,
    comeOnline,
    stopGateway,
    later: (cleanup) => void cleanups.push(cleanup),
    async writeConfig() {
      const { config, feishu, text } = workplace;
      const whole = `${JSON.stringify({ ...config, channels: { feishu } }, undefined, 2)}\n`;
      await mkdir(stateDir, { recursive: true, mode: 0o700 });
      await writeFile(configPath, text ?? whole, { mode: 0o600 });
    },
    async run() {
      const { env, options } = workplace;
      if (!workplace.isKept) await workplace.writeConfig();
      workplace.isKept = true;
      return examine({
        location: locateConfig({ env, home }),
        accountId: 'default',
        env,
        home,
        platform: process.platform,
        uid: process.getuid?.(),
        now: Date.now,
        log: silentLogger,
        exchangeMs: 10_000,
        pluginFolder: undefined,
        signal: new AbortController().signal,
        ...options,
      });
    },
    async snapshot() {
      const entries = await readdir(home, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return new Map(
        await Promise.all(
          files.map(async (entry): Promise<[string, string]> => {
            const path = join(entry.parentPath, entry.name);
            return [path, `${(await stat(path)).mode} ${await readFile(path, 'utf8')}`];
          }),
        ),
      );
    },
    async close() {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    },
  };
  return workplace;
}

export function channelStatus(account: Json): Json {
  return { channelAccounts: { feishu: [{ accountId: 'default', ...account }] } };
}

export async function placePlugin(
  path: string,
  described: Json = { name: '@moltbot/feishu', version },
): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const manifest = JSON.stringify({ id: 'feishu', channels: ['feishu'] });
  await writeFile(join(path, 'clawdbot.plugin.json'), manifest);
  await writeFile(join(path, 'openclaw.plugin.json'), manifest);
  await writeFile(join(path, 'package.json'), JSON.stringify(described));
}
