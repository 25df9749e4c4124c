/**
 * Every command that README and docs show: ours are run, in a HOME of their own against the sandbox;
 * those of hosts and of this project are among the known ones. A command of neither kind fails the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { runtimeTexts } from '../../src/doctor/runtime/runtime-texts.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cliPath } from '../support/program.ts';
import { waitFor } from '../support/wait-for.ts';
import { pagePaths, readPage, root } from './pages.ts';

/** Commands of hosts, as test/host/real runs them in the real ones. */
const hostCommands = [
  'moltbot plugins install @moltbot/feishu',
  'clawdbot plugins install @moltbot/feishu',
  'openclaw plugins install @moltbot/feishu --force --accept-capabilities',
  'moltbot configure --section channels.feishu',
  'moltbot gateway run',
  'moltbot channels status --probe',
  'moltbot pairing approve feishu CODE',
];

const projectCommands = ['npm ci && npm run demo', 'npm ci && npm test'];

/** What a reader fills in. `~` would be the HOME of the test anyway. */
const placeholders = async ({ appId, user }: Sandbox): Promise<[string, string][]> => [
  ['cli_…', appId],
  ['OPEN_ID', user.openId],
  ['ou_…', user.openId],
  ['--port 8080', `--port ${await freePort()}`],
];

interface Course {
  readonly command: RegExp;
  /** Added where a person would answer a question. */
  readonly flags?: string;
  /** What must have happened before. */
  readonly before?: (folder: string, start: Start) => Promise<unknown>;
  /** What happens while it runs. */
  readonly meanwhile?: (running: Running) => Promise<unknown>;
  /** It runs on until it is stopped. */
  readonly isStopped?: true;
}

type Start = (command: string) => Promise<{ readonly child: ChildProcess }>;

interface Running {
  readonly sandbox: Sandbox;
  readonly child: ChildProcess;
  /** Resolves when the output has this text. */
  readonly prints: (text: string | RegExp) => Promise<unknown>;
}

const courses: readonly Course[] = [
  {
    command: /^moltbot-feishu setup --restore$/,
    async before(folder, start) {
      const other = join(folder, '.clawdbot', 'extensions', 'openclaw-lark');
      await mkdir(other, { recursive: true });
      const manifest = JSON.stringify({ id: 'openclaw-lark', channels: ['feishu'] });
      await writeFile(join(other, 'clawdbot.plugin.json'), manifest);
      const { child } = await start('moltbot-feishu setup --yes');
      if (child.exitCode === null) await once(child, 'exit');
    },
  },
  {
    command: /^moltbot-feishu run\b/,
    isStopped: true,
    async meanwhile({ sandbox, prints }) {
      await prints(/listening as|"event":"ready"/);
      sandbox.say({ text: 'hello' });
      // A command that is slow to start shows a status first.
      await waitFor(() => {
        const answers = sandbox.seen().filter(({ fromBot }) => fromBot);
        const shown = answers.map(({ changes }) => changes.at(-1)?.text).join();
        expect(shown).toMatch(/hello|You wrote 5 characters/);
      });
    },
  },
  {
    command: /^moltbot-feishu sandbox\b/,
    isStopped: true,
    meanwhile: ({ prints }) => prints('"controlUrl"'),
  },
  {
    command: /^moltbot-feishu doctor --watch$/,
    isStopped: true,
    meanwhile: ({ prints }) => prints('exit 0'),
  },
  {
    command: /^moltbot-feishu doctor --live$/,
    async meanwhile({ sandbox, prints }) {
      const [, ask = ''] = runtimeTexts.liveAsk.en.split(/\{\w+\}/);
      await prints(ask);
      sandbox.say({ text: 'hello' });
    },
  },
  { command: /^moltbot-feishu remove\b(?!.*--(?:yes|dry-run))/, flags: '--yes' },
];

const shown = [...new Set(pagePaths.flatMap(commandsOn))];
const own = shown.filter((command) => command.startsWith('moltbot-feishu '));

it('shows only commands that are run here, or known', () => {
  const known = [...hostCommands, ...projectCommands];
  const unknown = shown.filter(
    (command) => !own.includes(command) && !known.includes(command) && !isControlCall(command),
  );
  expect(unknown).toEqual([]);
  expect(known.filter((command) => !shown.includes(command))).toEqual([]);
});

describe.concurrent('is run', () => {
  it.for(own)('%s', async (command, context) => {
    const { sandbox, folder, start } = await place(context);
    if (!command.startsWith('moltbot-feishu setup')) await configure(folder, sandbox, command);
    const course = courses.find((one) => one.command.test(command));
    if (course?.before) await course.before(folder, start);
    const { child, output, prints } = await start(`${command} ${course?.flags ?? ''}`);
    await course?.meanwhile?.({ sandbox, child, prints });
    if (course?.isStopped) child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode, output()).toBe(0);
  });

  it.for(shown.filter(isControlCall))('%s', async (command, context) => {
    const { sandbox } = await place(context);
    const [, path] = /\$CONTROL_URL\/([^"]+)"/.exec(command) ?? [];
    const [, body] = / -d '([^']*)'/.exec(command) ?? [];
    const response = await fetch(`${sandbox.controlUrl}/${path}`, {
      ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    });
    expect(response.status).toBe(200);
  });
});

it('names only scripts that this project has', async () => {
  const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));
  const named = pagePaths.flatMap((path) => [
    ...readPage(path).text.matchAll(/npm run (?:--silent |-s )?([\w:]+)/g),
  ]);
  expect(named.length).toBeGreaterThan(5);
  expect(named.map(([, name]) => name).filter((name) => !(name && name in scripts))).toEqual([]);
});

/** The lines of its shell blocks, the steps of its workflows, and our commands within its text. */
function commandsOn(path: string): string[] {
  const { fences, codes } = readPage(path);
  const lines = fences.flatMap(({ info, content }) => {
    if (info === 'sh') return content.split('\n');
    return info === 'yaml' ? [...content.matchAll(/- run: (.*)/g)].map(([, run = '']) => run) : [];
  });
  const inText = codes.filter((code) => /^(?:npx )?moltbot-feishu (?!<)/.test(code));
  return [...lines, ...inText]
    .map((line) => line.replace(/ +#.*/, '').replace(/^npx (?:--yes )?(?=moltbot-feishu)/, ''))
    .map((line) => /^eval "\$\((.*)\)"$/.exec(line)?.[1] ?? line)
    .filter((line) => line.trim() !== '');
}

function isControlCall(command: string): boolean {
  return /^curl (?:-X POST )?"\$CONTROL_URL\//.test(command);
}

/** Tests run side by side: each cleans up what is its own. */
async function place({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-docs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ redeliveryMs: [50, 100, 200, 400, 800] });
  onTestFinished(() => sandbox.close());
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(
    join(bin, 'moltbot-feishu'),
    `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`,
  );
  await chmod(join(bin, 'moltbot-feishu'), 0o755);
  // No host of this machine is on the PATH.
  await symlink(process.execPath, join(bin, 'node'));
  await writeFile(join(folder, 'secret'), `${sandbox.appSecret}\n`, { mode: 0o600 });
  await writeFile(join(folder, 'bot.mjs'), botOf('docs/en/write-a-bot.md'));
  const env = {
    PATH: bin,
    HOME: folder,
    LANG: 'en_US.UTF-8',
    APP_ID: sandbox.appId,
    FEISHU_APP_ID: sandbox.appId,
    FEISHU_APP_SECRET: sandbox.appSecret,
  };

  async function start(command: string) {
    let line = command;
    for (const [placeholder, value] of await placeholders(sandbox))
      line = line.replaceAll(placeholder, value);
    const isSetup = /^moltbot-feishu setup\b(?!.*--(?:sandbox|domain|help))/.test(line);
    if (isSetup) line += ` --domain ${sandbox.url}`;
    const child = spawn('/bin/sh', ['-c', `exec ${line}`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
    const prints = async (part: string | RegExp): Promise<void> => {
      while (!(typeof part === 'string' ? text.includes(part) : part.test(text))) {
        if (child.exitCode !== null) throw new Error(`ended before it printed ${part}: ${text}`);
        await Promise.race([
          once(child.stdout, 'data'),
          once(child.stderr, 'data'),
          once(child, 'exit'),
        ]);
      }
    };
    return { child, prints, output: () => text };
  }
  return { sandbox, folder, start };
}

/** As after a run of setup, and after another one for each account that the command names. */
async function configure(folder: string, sandbox: Sandbox, command: string): Promise<void> {
  const { appId, appSecret, url: domain } = sandbox;
  const accounts = [...command.matchAll(/--account (\w+)/g)].map(([, id]) => [
    id,
    sandbox.createApp(),
  ]);
  const feishu = { appId, appSecret, domain, accounts: Object.fromEntries(accounts) };
  await mkdir(join(folder, '.clawdbot'), { mode: 0o700 });
  await writeFile(
    join(folder, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu } }),
    { mode: 0o600 },
  );
}

/** The program that the page shows. */
function botOf(path: string): string {
  const bot = readPage(path).fences.find(({ info }) => info === 'js');
  if (!bot) throw new Error(`${path} shows no bot`);
  return bot.content;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
