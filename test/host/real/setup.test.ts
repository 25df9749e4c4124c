/** `setup` and the real Clawdbot: whatever comes first, the host works afterwards and answers. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { sentText } from '../../channel/harness.ts';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, makeEmptyHome, makeHost, patience } from './gateway.ts';
import { startMockModel } from './mock-model.ts';

interface Workplace {
  readonly sandbox: Sandbox;
  readonly host: Host;
  /** @param path the PATH of the run */
  setUp(path: string, ...flags: readonly string[]): Promise<SetupDocument>;
}

interface SetupDocument {
  readonly ok: boolean;
  readonly config: { readonly path: string; readonly changed: boolean };
  readonly steps: readonly {
    readonly id: string;
    readonly status: string;
    readonly detail: string;
  }[];
  readonly next: readonly string[];
}

async function workplace(make: typeof makeHost): Promise<Workplace> {
  const sandbox = await temporarySandbox({ redeliveryMs: [3000, 20_000, 60_000] });
  const model = await startMockModel((said) => ({ text: `pong ${/ping-\w+/.exec(said)?.[0]}` }));
  onTestFinished(() => model.close());
  const host = await make('clawdbot', model.baseUrl);
  onTestFinished(() => host.remove());
  return {
    sandbox,
    host,
    async setUp(path, ...flags) {
      const app = ['--app-id', sandbox.appId, '--domain', sandbox.url];
      const { code, stdout, stderr } = await runProgram(
        ['setup', ...app, '--yes', '--json', ...flags],
        {
          home: host.home,
          env: { ...host.env, PATH: path, FEISHU_APP_SECRET: sandbox.appSecret },
        },
      );
      expect(code, stderr + stdout).toBe(0);
      expect(stdout + stderr).not.toContain(sandbox.appSecret);
      return JSON.parse(stdout) as SetupDocument;
    },
  };
}

const stepOf = ({ steps }: SetupDocument, id: string) => steps.find((step) => step.id === id);

const everyCommand = [
  ['--help'],
  ['config', 'get', 'channels.feishu.appId'],
  ['channels', 'status'],
  ['plugins', 'list'],
  ['doctor', '--non-interactive'],
];

async function commandsWork(
  { host, sandbox }: Workplace,
  commands: readonly (readonly string[])[] = everyCommand.slice(1, 3),
): Promise<void> {
  for (const words of commands) {
    const ended = await host.cli(...words);
    expect(ended, words.join(' ') + ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stdout + ended.stderr).not.toMatch(
      /unknown channel|invalid config|not enabled yet/i,
    );
    expect(ended.stdout + ended.stderr).not.toContain(sandbox.appSecret);
  }
  const { stdout } = await host.cli('plugins', 'list', '--json');
  const { plugins } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    plugins: { id: string; status: string; channelIds: string[] }[];
  };
  expect(plugins.filter(({ id }) => id === 'feishu')).toMatchObject([
    { status: 'loaded', channelIds: ['feishu'] },
  ]);
}

async function answers({ sandbox }: Workplace, appId = sandbox.appId): Promise<void> {
  const { chatId } = sandbox.say({ text: 'ping-me', appId });
  await waitFor(() => {
    const sent = sandbox
      .messages({ chatId, fromBot: true })
      .map(({ content }) => sentText(content));
    expect(sent).toEqual(['pong ping-me']);
  }, patience);
}

/** Model and gateway, as a person sets them: once by the host's own command, which rewrites the file. */
async function giveModel({ host }: Workplace): Promise<void> {
  const { gateway, ...others } = host.base;
  const ended = await host.cli('config', 'set', 'gateway', JSON.stringify(gateway));
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  await host.edit((config) => Object.assign(config, others));
}

it('from an empty HOME, one setup leaves a host that works and answers; a second one changes it as it runs', async () => {
  const place = await workplace(makeEmptyHome);
  const { host, sandbox, setUp } = place;
  const path = await host.putOnPath();
  const first = await setUp(path);
  expect(first).toMatchObject({
    ok: true,
    config: { path: host.configPath, changed: true },
    // A host that was just installed has no gateway.mode.
    next: ['clawdbot onboard'],
  });
  expect(stepOf(first, 'plugin')).toMatchObject({
    status: 'ok',
    detail: expect.stringContaining('installed by clawdbot'),
  });
  expect(stepOf(first, 'host')).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining('gateway.mode'),
  });
  expect(await readdir(host.home)).toEqual(['.clawdbot']);
  expect(await setUp(path)).toMatchObject({ config: { changed: false } });
  await commandsWork(place, everyCommand);
  await giveModel(place);
  await host.startGateway();
  await answers(place);
  expect(stepOf(await setUp(path), 'host')).toMatchObject({ status: 'ok' });

  // While it runs: another account, without a restart by hand.
  const second = sandbox.createApp({ name: 'Second Bot' });
  const ended = await runProgram(
    ['setup', '--account', 'second', '--app-id', second.appId, '--domain', sandbox.url, '--json'],
    { home: host.home, env: { ...host.env, PATH: path, FEISHU_APP_SECRET: second.appSecret } },
  );
  const document = JSON.parse(ended.stdout) as SetupDocument;
  expect(stepOf(document, 'host'), ended.stdout).toMatchObject({ status: 'ok' });
  expect(sandbox.connections(second.appId)).toBe(1);
  await answers(place, second.appId);
});

it('mends a host that cannot move, since its config names the channel and nobody has it', async () => {
  const place = await workplace(makeHost);
  const { host, sandbox, setUp } = place;
  const channel = { appId: sandbox.appId, appSecret: sandbox.appSecret, domain: sandbox.url };
  const config = JSON.stringify({ ...host.base, channels: { feishu: channel } }, null, 2);
  const text = `// kept by hand\n${config}\n`;
  await writeFile(host.configPath, text);
  const stuck = await host.cli('channels', 'status');
  expect(stuck.code).not.toBe(0);
  expect(stuck.stderr + stuck.stdout).toContain('unknown channel id: feishu');

  const path = await host.putOnPath();
  const mended = await setUp(path);
  expect(stepOf(mended, 'plugin')).toMatchObject({ status: 'ok' });
  expect(await readFile(host.configPath, 'utf8')).toContain('// kept by hand');
  await commandsWork(place);
  await host.startGateway();
  await answers(place);
});

it('waits ready for a host that is installed afterwards', async () => {
  const place = await workplace(makeEmptyHome);
  const { host, setUp } = place;
  const early = await setUp(host.env.PATH ?? '', '--host', 'clawdbot');
  expect(early.config.path).toBe(host.configPath);
  await commandsWork(place);
  await giveModel(place);
  await host.startGateway();
  await answers(place);
});

it('reaches a gateway that ran before it', async () => {
  const place = await workplace(makeHost);
  const { host, sandbox, setUp } = place;
  await host.startGateway();
  const document = await setUp(await host.putOnPath());
  expect(stepOf(document, 'host')).toMatchObject({ status: 'ok' });
  await waitFor(() => expect(sandbox.connections(sandbox.appId)).toBe(1), patience);
  await answers(place);
  expect(await host.log()).not.toContain(sandbox.appSecret);
});
