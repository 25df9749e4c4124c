/** A real host in a throw-away HOME: its CLI, its gateway, its config. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type HostKind, type InstalledHost, installHost } from './install.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A gateway takes 40 s to start on a quiet machine. */
export const patience = { timeout: 240_000, interval: 100 };

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Host {
  readonly kind: HostKind;
  readonly home: string;
  readonly configPath: string;
  /** All but the channel. */
  readonly base: Config;
  readonly env: Readonly<Record<string, string>>;
  readonly node: string;
  readonly entry: string;
  /** Makes it a program by its name. Returns the PATH that has it. */
  putOnPath(): Promise<string>;
  cli(...words: readonly string[]): Promise<Ended>;
  /** Changes the config as a whole. */
  edit(change: (config: Config) => void): Promise<void>;
  startGateway(): Promise<void>;
  /** Asks it to stop; how long that took (ms). */
  stopGateway(): Promise<number>;
  /** kill -9, it and its children. */
  killGateway(): Promise<void>;
  /** The process group in which it runs. */
  gatewayGroup(): number | undefined;
  log(): Promise<string>;
  remove(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a host's config is what a test makes of it
export type Config = any;

const files = {
  clawdbot: { folder: '.clawdbot', file: 'clawdbot.json' },
  openclaw: { folder: '.openclaw', file: 'openclaw.json' },
} as const;

/** With a config that has all but the channel. */
export async function makeHost(
  kind: HostKind,
  modelUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Host> {
  const host = await makeEmptyHome(kind, modelUrl, variables);
  await mkdir(dirname(host.configPath), { recursive: true, mode: 0o700 });
  await mkdir(join(host.home, 'workspace'));
  await writeFile(host.configPath, JSON.stringify(host.base, null, 2), { mode: 0o600 });
  return host;
}

/** A HOME with nothing in it. */
export async function makeEmptyHome(
  kind: HostKind,
  modelUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Host> {
  const installed = await installHost(kind);
  const home = await mkdtemp(join(tmpdir(), `moltbot-feishu-${kind}-`));
  const configPath = join(home, files[kind].folder, files[kind].file);
  const port = await freePort();
  const token = 'gateway-token-of-the-test';
  const env = { ...environment(home, installed), ...variables };
  const aside = await mkdtemp(join(tmpdir(), `moltbot-feishu-${kind}-aside-`));
  const logPath = join(aside, 'gateway.log');
  const log = createWriteStream(logPath, { flags: 'a' });
  let gateway: ChildProcess | undefined;
  let exited: Promise<number> | undefined;

  const host: Host = {
    kind,
    home,
    configPath,
    base: baseConfig(home, port, token, modelUrl),
    env,
    node: installed.node,
    entry: installed.entry,
    async putOnPath() {
      const bin = join(aside, 'bin');
      await mkdir(bin);
      // As `npm install --global` leaves it.
      await chmod(installed.entry, 0o755);
      await symlink(installed.entry, join(bin, kind));
      return `${bin}:${env.PATH}`;
    },
    cli: (...words) => runCli(installed, words, env, home),
    async edit(change) {
      const config = JSON.parse(await readFile(configPath, 'utf8')) as Config;
      change(config);
      await writeFile(configPath, JSON.stringify(config, null, 2));
    },
    async startGateway() {
      const words = ['gateway', 'run', '--port', `${port}`, '--bind', 'loopback', '--token', token];
      gateway = spawn(installed.node, [installed.entry, ...words], {
        env,
        cwd: home,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      gateway.stdout?.pipe(log, { end: false });
      gateway.stderr?.pipe(log, { end: false });
      const child = gateway;
      exited = new Promise((resolve) => {
        child.once('exit', (code) => resolve(code ?? -1));
      });
      const until = Date.now() + patience.timeout;
      while (!(await answers(port))) {
        if (child.exitCode !== null || Date.now() > until) {
          throw new Error(`the gateway did not come up: ${await host.log()}`);
        }
        await delay(patience.interval);
      }
    },
    async stopGateway() {
      const startedAt = Date.now();
      if (gateway?.pid === undefined || gateway.exitCode !== null) return 0;
      process.kill(-gateway.pid, 'SIGTERM');
      await exited;
      return Date.now() - startedAt;
    },
    async killGateway() {
      if (gateway?.pid === undefined) return;
      process.kill(-gateway.pid, 'SIGKILL');
      await exited;
    },
    gatewayGroup: () => gateway?.pid,
    log: () => readFile(logPath, 'utf8').catch(() => ''),
    async remove() {
      if (gateway?.pid !== undefined) {
        try {
          process.kill(-gateway.pid, 'SIGKILL');
        } catch {
          // It has ended.
        }
      }
      log.end();
      for (const folder of [home, aside]) {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
  return host;
}

/** Installs the plugin as it was built, by the command that the docs give for this host. */
export async function installPlugin(host: Host): Promise<void> {
  const tarball = await packPlugin(host.home);
  const words = await documentedInstall(host.kind);
  const { code, stdout, stderr } = await host.cli(
    ...words.map((word) => (word === publishedName ? tarball : word)),
  );
  if (code !== 0) throw new Error(`${words.join(' ')}: ${code}\n${stderr}${stdout}`);
}

const publishedName = '@moltbot/feishu';

/** The words behind the host's name. */
async function documentedInstall(kind: HostKind): Promise<readonly string[]> {
  const page = await readFile(join(root, 'docs', 'en', 'in-your-host.md'), 'utf8');
  const start = `${kind} plugins install ${publishedName}`;
  const line = page.split('\n').find((one) => one.startsWith(start));
  if (line === undefined) throw new Error(`the docs do not say how ${kind} installs the plugin`);
  return line.split(' ').slice(1);
}

/** The plugin as it is published: the packed folder. */
async function packPlugin(into: string): Promise<string> {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', into], {
    cwd: join(root, 'dist', 'plugin'),
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  return join(into, packed?.filename ?? '');
}

function baseConfig(home: string, port: number, token: string, baseUrl: string): Config {
  const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  const model = { id: 'mock-1', name: 'Mock', reasoning: false, input: ['text'], cost };
  return {
    gateway: { mode: 'local', port, bind: 'loopback', auth: { mode: 'token', token } },
    // Several people write: each has a conversation of their own.
    session: { dmScope: 'per-channel-peer' },
    agents: {
      defaults: {
        workspace: join(home, 'workspace'),
        model: { primary: 'mock/mock-1' },
        skipBootstrap: true,
      },
    },
    models: {
      mode: 'replace',
      providers: {
        mock: {
          baseUrl,
          apiKey: 'mock-key',
          api: 'openai-completions',
          models: [{ ...model, contextWindow: 128_000, maxTokens: 4096 }],
        },
      },
    },
  };
}

const services = [
  'DISABLE_BONJOUR',
  'SKIP_CANVAS_HOST',
  'SKIP_BROWSER_CONTROL_SERVER',
  'SKIP_GMAIL_WATCHER',
];

function environment(home: string, { node }: InstalledHost): Record<string, string> {
  return {
    PATH: `${dirname(node)}:${process.env.PATH}`,
    HOME: home,
    TMPDIR: tmpdir(),
    TERM: 'xterm',
    NO_COLOR: '1',
    LANG: 'en_US.UTF-8',
    // What has nothing to do with a channel, and takes a gateway long to start.
    ...Object.fromEntries(
      ['CLAWDBOT', 'OPENCLAW'].flatMap((host) =>
        services.map((service) => [`${host}_${service}`, '1'] as const),
      ),
    ),
    // Whoever asks a registry for anything has not been offline.
    npm_config_registry: 'http://127.0.0.1:9/',
  };
}

function runCli(
  { node, entry }: InstalledHost,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      node,
      [entry, ...words],
      { env, cwd, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

function execute(
  command: string,
  words: readonly string[],
  options: { readonly cwd: string },
): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    execFile(command, words, options, (error, stdout) =>
      error ? reject(error) : resolve({ stdout }),
    );
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
