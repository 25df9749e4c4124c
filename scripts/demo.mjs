// The whole way against the embedded sandbox, by the real program in a throw-away HOME: sandbox,
// unattended setup, runtime, a person who writes, the doctor. Ends by itself.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const home = await mkdtemp(join(tmpdir(), 'moltbot-feishu-demo-'));
const children = new Set();
const env = { PATH: process.env.PATH, HOME: home, LANG: 'en_US.UTF-8', NO_COLOR: '1' };

const title = (text) => console.log(`\n── ${text}`);

function start(args, { secret } = {}) {
  console.log(`$ moltbot-feishu ${args.join(' ')}`);
  const child = spawn(process.execPath, [cli, ...args], {
    env: secret ? { ...env, FEISHU_APP_SECRET: secret } : env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return { child, ended, lines: createInterface({ input: child.stdout }) };
}

async function runToEnd(args, options) {
  const { ended, lines } = start(args, options);
  for await (const line of lines) console.log(`  ${line}`);
  const exitCode = await ended;
  if (exitCode !== 0) throw new Error(`moltbot-feishu ${args[0]} ended with ${exitCode}`);
}

async function nextLine(lines, accept = () => true) {
  for await (const line of lines) if (accept(line)) return line;
  throw new Error('the program ended before it said what was waited for');
}

async function control(url, path, body) {
  const response = await fetch(`${url}/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`control ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function answerTo(url, said) {
  for (let turn = 0; turn < 200; turn++) {
    const { messages } = await control(url, `messages?chatId=${said.chatId}&fromBot=true`);
    if (messages.length > 0) return messages.at(-1);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('no answer arrived');
}

try {
  title('An Open Platform on this machine');
  const sandbox = start(['sandbox']);
  const { url, appId, appSecret, controlUrl } = JSON.parse(await nextLine(sandbox.lines));
  console.log(`  listening at ${url}, app ${appId}`);

  title('Setup, unattended');
  await runToEnd(['setup', '--app-id', appId, '--domain', url, '--yes'], { secret: appSecret });

  title('The config it wrote');
  const config = await readFile(join(home, '.clawdbot', 'moltbot.json'), 'utf8');
  for (const line of config.replaceAll(appSecret, '***').trimEnd().split('\n'))
    console.log(`  ${line}`);

  title('The runtime, echoing');
  const runtime = start(['run', '--echo', '--json']);
  await nextLine(runtime.lines, (line) => JSON.parse(line).event === 'ready');

  const direct = await control(controlUrl, 'say', { text: 'hello, is anybody there?' });
  console.log(`  person, in a direct message: hello, is anybody there?`);
  console.log(`  bot: ${JSON.parse((await answerTo(controlUrl, direct)).content).text}`);
  const group = await control(controlUrl, 'say', {
    text: 'what about here?',
    chatType: 'group',
    mentionBot: true,
  });
  console.log(`  person, in a group, mentioning the bot: what about here?`);
  console.log(`  bot: ${JSON.parse((await answerTo(controlUrl, group)).content).text}`);
  runtime.child.kill('SIGTERM');
  await runtime.ended;

  title('The doctor');
  await runToEnd(['doctor']);
  sandbox.child.kill('SIGTERM');
  await sandbox.ended;
} finally {
  for (const child of children) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
}
