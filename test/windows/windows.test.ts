import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { waitFor } from '../support/wait-for.ts';
import { onDriveZ, windows } from './wine.ts';

const system = windows();
const stateDir = () => join(system.home(), '.clawdbot');
const configPath = () => join(stateDir(), 'moltbot.json');

beforeEach(() => rm(stateDir(), { recursive: true, force: true }));

const setUp = (sandbox: Sandbox, ...more: string[]) =>
  system.run(['setup', '--app-id', sandbox.appId, '--domain', sandbox.url, '--yes', ...more], {
    FEISHU_APP_SECRET: sandbox.appSecret,
  });

async function configure(sandbox: Sandbox): Promise<void> {
  await mkdir(stateDir(), { recursive: true });
  const { appId, appSecret, url: domain } = sandbox;
  await writeFile(
    configPath(),
    JSON.stringify({ channels: { feishu: { appId, appSecret, domain } } }),
  );
}

const textOf = ({ content }: { content: string }) => (JSON.parse(content) as { text: string }).text;
const answersIn = (sandbox: Sandbox) => sandbox.messages({ fromBot: true }).map(textOf);

describe('setup and doctor on Windows', () => {
  it('write the config and the plugin below the Windows home, and find nothing failing', async () => {
    const sandbox = await temporarySandbox();
    const setup = await setUp(sandbox);
    expect(setup).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(await readFile(configPath(), 'utf8'))).toMatchObject({
      channels: { feishu: { appId: sandbox.appId, appSecret: sandbox.appSecret } },
    });
    expect(await readdir(join(stateDir(), 'extensions', 'feishu'))).toContain('index.js');
    const again = await setUp(sandbox);
    expect(again.code).toBe(0);
    expect((await readdir(stateDir())).filter((name) => name.includes('.bak'))).toEqual([]);
    const doctor = await system.run(['doctor']);
    expect(doctor.code).toBe(0);
    expect(doctor.stdout).toContain('C:\\');
    // Windows has no file modes; the number that Node gives means nothing.
    expect(doctor.stdout).not.toMatch(/\b0[0-7]{3}\b/);
    expect(doctor.stdout + setup.stdout).not.toContain(sandbox.appSecret);
  });

  it('take paths with blanks and outside ASCII', async () => {
    const sandbox = await temporarySandbox();
    const folder = join(system.home(), '我的 配置 (ü)');
    const path = `${system
      .home()
      .replace(/^.*drive_c/, 'C:')
      .replaceAll('/', '\\')}\\我的 配置 (ü)\\feishu config.json`;
    const { code, stdout, stderr } = await setUp(sandbox, '--config', path);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('feishu config.json');
    expect(await readFile(join(folder, 'feishu config.json'), 'utf8')).toContain(sandbox.appId);
    expect((await system.run(['doctor', '--config', path])).code).toBe(0);
  });

  it('keep a config with CRLF line ends, its comments and its order', async () => {
    const sandbox = await temporarySandbox();
    await mkdir(stateDir(), { recursive: true });
    const before = ['{', '  // mine', '  agents: { defaults: {} },', '  "zeta": 1,', '}', ''].join(
      '\r\n',
    );
    await writeFile(configPath(), before);
    expect((await setUp(sandbox)).code).toBe(0);
    const text = await readFile(configPath(), 'utf8');
    expect(text.match(/(?<!\r)\n/)).toBeNull();
    // All but the closing brace is as it was.
    expect(text.startsWith(before.slice(0, before.lastIndexOf('}')))).toBe(true);
    expect(await readFile(`${configPath()}.bak`, 'utf8')).toBe(before);
  });
});

describe('run on Windows', () => {
  it('echoes, in groups too', async () => {
    const sandbox = await temporarySandbox();
    await configure(sandbox);
    const bot = await system.start(['run', '--echo', '--json']);
    await bot.event('ready');
    sandbox.say({ text: 'hello 你好 🦞' });
    expect(textOf(await sandbox.nextAnswer())).toBe('hello 你好 🦞');
    sandbox.say({ text: 'group', chatType: 'group', mentionBot: true });
    await bot.event('answered', 2);
    await bot.kill();
  });

  it('gives a message to a command of cmd, and sends back what it prints', async () => {
    const sandbox = await temporarySandbox();
    await configure(sandbox);
    const bot = await system.start(['run', '--exec', 'echo from cmd', '--json']);
    await bot.event('ready');
    sandbox.say({ text: 'hello' });
    expect(textOf(await sandbox.nextAnswer())).toBe('from cmd');
    await bot.kill();
  });

  it('gives a command its message as JSON, below a path with blanks', async () => {
    const sandbox = await temporarySandbox();
    await configure(sandbox);
    const script = join(stateDir(), 'my agent.mjs');
    await writeFile(
      script,
      `import { readFileSync } from 'node:fs';
       console.log('you said ' + JSON.parse(readFileSync(0, 'utf8')).text);`,
    );
    const command = `"${system.node()}" "${onDriveZ(script)}"`;
    const bot = await system.start(['run', '--exec', command, '--json']);
    await bot.event('ready');
    sandbox.say({ text: '你好' });
    expect(textOf(await sandbox.nextAnswer())).toBe('you said 你好');
    await bot.kill();
  });

  it('answers once, after a kill, what it had taken in before', async () => {
    const sandbox = await temporarySandbox();
    await configure(sandbox);
    const slow = `"${system.node()}" -e "setTimeout(() => console.log('too late'), 600000)"`;
    const first = await system.start(['run', '--exec', slow, '--json']);
    await first.event('ready');
    sandbox.say({ text: 'survive' });
    await first.event('received');
    await first.kill();
    const second = await system.start(['run', '--echo', '--json']);
    await second.event('answered');
    expect(answersIn(sandbox)).toEqual(['survive']);
    await second.kill();
  });

  it('answers each message once where two processes share one inbox', async () => {
    const sandbox = await temporarySandbox();
    await configure(sandbox);
    const first = await system.start(['run', '--echo', '--json']);
    await first.event('ready');
    const second = await system.start(['run', '--echo', '--json']);
    await second.event('ready');
    const texts = Array.from({ length: 12 }, (_, n) => `message ${n}`);
    for (const text of texts) sandbox.say({ text });
    await waitFor(() => expect(answersIn(sandbox).sort()).toEqual([...texts].sort()), {
      timeout: 60_000,
      interval: 50,
    });
    // The one that owns the inbox goes; the other answers alone.
    await first.kill();
    sandbox.say({ text: 'after' });
    await waitFor(() => expect(answersIn(sandbox)).toContain('after'), {
      timeout: 60_000,
      interval: 50,
    });
    expect(answersIn(sandbox)).toHaveLength(13);
    await second.kill();
  });
});
