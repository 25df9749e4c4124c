/**
 * The real program under Windows' own Node, in a Wine prefix of its own. Its standard streams are
 * files: Node cannot use Wine's pipes.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { installWindowsNode } from '../host/real/install.ts';
import { cliPath } from '../support/program.ts';
import { waitFor } from '../support/wait-for.ts';

const run = promisify(execFile);

export interface WindowsRun {
  readonly child: ChildProcess;
  stdout(): Promise<string>;
  stderr(): Promise<string>;
  /** Resolves when stdout has a line of JSON with this `event`. */
  event(name: string, count?: number): Promise<Record<string, unknown>>;
  exit(): Promise<number | null>;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

export interface Windows {
  /** The Windows home directory, as Linux sees it. */
  readonly home: () => string;
  /** Windows' Node, as Windows names it. */
  readonly node: () => string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<WindowsRun>;
  /** Runs to the end. */
  run(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** A path of this machine as Windows names it: Wine shows the root directory as drive Z. */
export const onDriveZ = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

/** Makes a Wine prefix before the tests of a file, and removes it after them. */
export function windows(): Windows {
  let folder = '';
  let node = '';
  let home = '';
  let count = 0;
  const env = (more: Readonly<Record<string, string>> = {}) => ({
    PATH: process.env.PATH,
    // Wine keeps its own settings there.
    HOME: folder,
    WINEPREFIX: join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // File names outside ASCII need a UTF-8 locale.
    LC_ALL: 'C.UTF-8',
    // Wine's Windows calls itself an older one than Node wants.
    NODE_SKIP_PLATFORM_CHECK: '1',
    ...more,
  });

  async function launch(
    args: readonly string[],
    more?: Readonly<Record<string, string>>,
  ): Promise<WindowsRun> {
    count += 1;
    const out = join(folder, `stdout-${count}`);
    const err = join(folder, `stderr-${count}`);
    const streams = [out, err].map((path) => openSync(path, 'w'));
    const child = spawn('wine', [node, ...args], {
      env: env(more),
      stdio: ['ignore', ...streams],
    });
    for (const stream of streams) closeSync(stream);
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const read = (path: string) => readFile(path, 'utf8');
    return {
      child,
      stdout: () => read(out),
      stderr: () => read(err),
      event: (name, nth = 1) =>
        waitFor(
          async () => {
            const text = await read(out);
            const lines = text.slice(0, text.lastIndexOf('\n') + 1).split(/\r?\n/);
            const found = lines
              .filter((line) => line.startsWith('{'))
              .map((line) => JSON.parse(line) as Record<string, unknown>)
              .filter((line) => line.event === name)[nth - 1];
            if (!found) throw new Error(`no "${name}": ${text}\n${await read(err)}`);
            return found;
          },
          { timeout: 60_000, interval: 50 },
        ),
      exit: () => ended,
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-windows-'));
    node = await installWindowsNode();
    await run('wineboot', ['--init'], { env: env() });
    await run('wine', ['winecfg', '-v', 'win10'], { env: env() });
    const script = join(folder, 'home.cjs');
    await writeFile(script, "process.stdout.write(require('node:os').homedir())");
    const out = join(folder, 'home');
    const stream = openSync(out, 'w');
    const child = spawn('wine', [node, script], {
      env: env(),
      stdio: ['ignore', stream, 'ignore'],
    });
    await once(child, 'exit');
    closeSync(stream);
    const named = await readFile(out, 'utf8');
    home = join(folder, 'prefix', 'drive_c', ...named.split('\\').slice(1));
  });

  afterAll(async () => {
    await run('wineserver', ['--kill'], { env: env() }).catch(() => undefined);
    await run('wineserver', ['--wait'], { env: env() }).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  return {
    home: () => home,
    node: () => onDriveZ(node),
    start: (args, more) => launch([onDriveZ(cliPath), ...args], more),
    async run(args, more) {
      const started = await launch([onDriveZ(cliPath), ...args], more);
      const code = await started.exit();
      return { code, stdout: await started.stdout(), stderr: await started.stderr() };
    },
  };
}
