/** The switch from `@openclaw/feishu` in the real OpenClaw, and the way back that setup prints. */
import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { certificate } from '../../sandbox/http/certificate.ts';
import { temporaryHome } from '../../support/home.ts';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { makeHost, patience } from './gateway.ts';
import { startMockModel } from './mock-model.ts';

/** The registry as this user reaches it: a test's host has none, and the other plugin comes from there. */
function registry(): Record<string, string> {
  const get = (key: string) =>
    execFileSync('npm', ['config', 'get', key], { encoding: 'utf8' }).trim();
  return {
    npm_config_registry: get('registry'),
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_prefer_offline: 'true',
  };
}

/** The sandbox's certificate, and those that this machine needs for the registry. */
async function trusted(): Promise<string> {
  const path = join(await temporaryHome(), 'certificates.pem');
  const others = process.env.NODE_EXTRA_CA_CERTS;
  const known = others === undefined ? '' : await readFile(others, 'utf8');
  await writeFile(path, `${certificate.cert}\n${known}`);
  return path;
}

async function workplace(settings: object) {
  // The other plugin takes no http:// platform.
  const sandbox = await temporarySandbox({
    tls: certificate,
    redeliveryMs: [3000, 20_000, 60_000],
  });
  const model = await startMockModel(() => ({ text: 'pong' }));
  onTestFinished(() => model.close());
  const variables = { ...registry(), NODE_EXTRA_CA_CERTS: await trusted() };
  const host = await makeHost('openclaw', model.baseUrl, variables);
  onTestFinished(() => host.remove());
  const path = await host.putOnPath();
  const flags = ['--force', '--accept-capabilities'];
  const installed = await host.cli('plugins', 'install', '@openclaw/feishu', ...flags);
  expect(installed, installed.stderr + installed.stdout).toMatchObject({ code: 0 });
  await host.edit((config) => {
    const { appId, appSecret, url } = sandbox;
    config.channels = { feishu: { appId, appSecret, domain: url, ...settings } };
  });
  const program = async (...words: string[]) => {
    const env = { ...host.env, PATH: path };
    const ended = await runProgram([...words, '--json'], { home: host.home, env });
    // The doctor finds that a stopped gateway is down.
    const highest = words[0] === 'doctor' ? 1 : 0;
    expect(ended.code, ended.stderr + ended.stdout).toBeLessThanOrEqual(highest);
    expect(ended.stdout + ended.stderr).not.toContain(sandbox.appSecret);
    return ended;
  };
  const owner = async (): Promise<string> => {
    const { stdout } = await host.cli('plugins', 'list', '--json');
    const { plugins } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      plugins: { id: string; status: string; source: string }[];
    };
    const loaded = plugins.filter(({ id, status }) => id === 'feishu' && status === 'loaded');
    expect(loaded).toHaveLength(1);
    return loaded[0]?.source ?? '';
  };
  const answersTo = async (chatId: string): Promise<readonly string[]> =>
    sandbox.messages({ chatId, fromBot: true }).map(({ content }) => content);
  /** A message is answered by the model, not by a pairing code. */
  const isAnswered = async (chatId: string): Promise<void> => {
    await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
    const before = sandbox.seen(chatId).length;
    // A gateway that has just taken a change of its config may lose the first one.
    await waitFor(async () => {
      sandbox.say({ chatId, text: 'ping' });
      await waitFor(() => {
        const news = JSON.stringify(sandbox.seen(chatId).slice(before));
        expect(news).toContain('pong');
        expect(news).not.toContain('pairing');
      }, 30_000);
    }, patience).catch(async (error: unknown) => {
      throw new Error(`${(await host.log()).slice(-4000)}`, { cause: error });
    });
  };
  /** Pairs a person under the plugin that runs. */
  const pair = async (): Promise<string> => {
    await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
    const { chatId } = sandbox.say({ text: 'hello' });
    const code = await waitFor(async () => {
      const found = /approve feishu ([A-Z0-9]{8})/.exec((await answersTo(chatId)).join('\n'));
      expect(found).not.toBeNull();
      return found?.[1] ?? '';
    }, patience);
    const approved = await host.cli('pairing', 'approve', 'feishu', code);
    expect(approved, approved.stderr).toMatchObject({ code: 0 });
    return chatId;
  };
  return { sandbox, host, model, program, owner, isAnswered, pair };
}

/** Values that this plugin's schema and the other's both take. */
const settings = {
  dmPolicy: 'pairing',
  groupPolicy: 'open',
  replyInThread: 'enabled',
  historyLimit: 20,
};

it('with the gateway running: answered without pairing again, and back byte for byte', async () => {
  const { sandbox, host, program, owner, isAnswered, pair } = await workplace(settings);
  await host.startGateway();
  const chatId = await pair();
  expect(await owner()).toContain('@openclaw/feishu');
  const former = await readFile(host.configPath, 'utf8');

  const { stderr } = await program('setup', '--yes');
  expect(stderr).toContain('moltbot-feishu setup --restore');
  expect(await owner()).toContain(join('extensions', 'feishu'));
  await isAnswered(chatId);

  await program('setup', '--restore');
  expect(await readFile(host.configPath, 'utf8')).toBe(former);
  expect(await owner()).toContain('@openclaw/feishu');
  // Whether it answers is its own: where the host loads it again, it may lose its sessions
  // (`SessionBindingError`).
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
});

it('with the gateway stopped: doctor --fix switches, and back byte for byte', async () => {
  const { sandbox, host, program, owner } = await workplace(settings);
  const former = await readFile(host.configPath, 'utf8');
  const { stdout } = await runDoctor(program);
  expect(stdout).toContain('@openclaw/feishu');
  expect(await owner()).toContain(join('extensions', 'feishu'));
  await host.startGateway();
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  await host.stopGateway();
  await program('setup', '--restore');
  expect(await readFile(host.configPath, 'utf8')).toBe(former);
  expect(await owner()).toContain('@openclaw/feishu');
});

it('keeps the tools of a group, and leads back where the record of the switch is gone', async () => {
  const groups = { oc_rules: { tools: { deny: ['exec'] } } };
  const { sandbox, host, model, program, owner } = await workplace({ ...settings, groups });
  await program('setup', '--yes');
  await host.startGateway();
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  /** Whether the model is offered the tool for a message in this group. */
  const hasExec = async (chatId: string): Promise<boolean> => {
    const before = model.prompts.length;
    await waitFor(async () => {
      sandbox.say({ chatId, chatType: 'group', text: 'ping', mentionBot: true });
      await waitFor(() => expect(model.prompts.length).toBeGreaterThan(before), 30_000);
    }, patience);
    const { tools = [] } = JSON.parse(model.prompts.at(-1) ?? '{}') as {
      tools?: { function: { name: string } }[];
    };
    return tools.some((tool) => tool.function.name === 'exec');
  };
  expect(await hasExec('oc_free')).toBe(true);
  expect(await hasExec('oc_rules')).toBe(false);
  await host.stopGateway();

  await rm(join(dirname(host.configPath), 'former-feishu-plugin'), { recursive: true });
  const back = await program('setup', '--restore');
  expect(JSON.parse(back.stdout)).toMatchObject({ restored: ['@openclaw/feishu'] });
  expect(await owner()).toContain('@openclaw/feishu');
  const { feishu } = JSON.parse(await readFile(host.configPath, 'utf8')).channels;
  expect(feishu).toMatchObject({ ...settings, groups });
  expect(feishu).not.toHaveProperty('translatedFrom');
  await host.startGateway();
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
});

function runDoctor(program: (...words: string[]) => Promise<{ stdout: string }>) {
  return program('doctor', '--fix', '--yes');
}
