/** The JSON Schemas in docs/schemas: made from the declarations, and what the program really prints fits. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { execAnswerSchema } from '../../src/channel/agent/exec-answer.ts';
import { execMessageSchema } from '../../src/channel/agent/exec-message.ts';
import { documentSchemas } from '../../src/commands/output/documents.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { cliPath, runProgram } from '../support/program.ts';
import { startRun } from '../support/run-process.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { readPage, root } from './pages.ts';

const schemas: Readonly<Record<string, z.ZodType>> = {
  ...documentSchemas,
  'exec-message': execMessageSchema,
  'exec-answer': execAnswerSchema,
};
type Name = keyof typeof documentSchemas | 'exec-message';

const folder = `${root}docs/schemas`;

describe.each(Object.entries(schemas))('%s.json', (name, schema) => {
  const path = join(folder, `${name}.json`);

  /** `UPDATE_DOCS=1 npx vitest run test/docs/schemas.test.ts` writes it. */
  it('is current', async () => {
    // As input: a reader of a document must not mind a field that a later version adds.
    const made = `${JSON.stringify(jsonSchema(schema, 'input'), undefined, 2)}\n`;
    if (process.env.UPDATE_DOCS) await writeFile(path, made);
    else expect(await readFile(path, 'utf8')).toBe(made);
  });
});

it('has no other file, and each is named in docs/json.md', () => {
  const files = Object.keys(schemas).map((name) => `${name}.json`);
  expect(readdirSync(folder).sort()).toEqual(files.sort());
  const { links } = readPage('docs/json.md');
  expect(files.filter((file) => !links.includes(`schemas/${file}`))).toEqual([]);
});

describe('what the program prints', () => {
  it('fits: setup, with its plan, its repetition, and its failures', async () => {
    const { sandbox, run } = await place();
    const app = ['--app-id', sandbox.appId, '--domain', sandbox.url, '--yes'];
    const env = { FEISHU_APP_SECRET: sandbox.appSecret };
    expectFits('setup', await run(['setup', ...app, '--dry-run'], env));
    expectFits('setup', await run(['setup', ...app], env));
    expectFits('error', await run(['setup', ...app], { FEISHU_APP_SECRET: 'wrong'.repeat(7) }));
    expectFits('error', await run(['setup', '--domain', sandbox.url, '--account', 'other']));
    sandbox.configureApp({ bot: false });
    const notReady = await run(['setup', ...app], env);
    expect(notReady).toMatchObject({ ok: false, config: {} });
    expectFits('setup', notReady);
  });

  it('fits: the line of a scan', async () => {
    const { sandbox, home } = await place({ registration: { intervalS: 0.05 } });
    const words = ['setup', '--scan', '--domain', sandbox.url, '--yes', '--json'];
    const ended = runProgram(words, { home });
    await until(() => sandbox.registration.pending().length > 0);
    sandbox.registration.approve();
    const [line = '', ...more] = (await ended).stdout.trimEnd().split('\n');
    expectFits('setup-scan', JSON.parse(line));
    expectFits('setup', JSON.parse(more.join('\n')));
  });

  it('fits: doctor, its fixes, and a config that does not parse', async () => {
    const { sandbox, home, run, configure } = await place();
    expectFits('doctor', await run(['doctor']));
    await configure();
    expectFits('doctor', await run(['doctor']));
    sandbox.configureApp({ events: [] });
    expectFits('doctor', await run(['doctor', '--fix', '--yes']));
    await writeFile(join(home, '.clawdbot', 'moltbot.json'), '{ "channels": { feishu: 1');
    expectFits('doctor', await run(['doctor']));
    expectFits('error', await run(['run']));
  });

  it('fits: remove, of nothing and of an account', async () => {
    const { run, configure } = await place();
    expectFits('remove', await run(['remove', '--all', '--yes']));
    await configure();
    expectFits('remove', await run(['remove', '--all', '--yes', '--dry-run']));
    expectFits('remove', await run(['remove', '--all', '--yes', '--plugin', '--purge']));
  });

  it('fits: a wrong flag and a config with wrong values', async () => {
    const { run, configure } = await place();
    expectFits('error', await run(['doctor', '--no-such-flag']));
    await configure({ enabled: 'yes' });
    const document = await run(['run']);
    expect(document).toMatchObject({
      error: { code: 'config-invalid', keys: [expect.any(String)] },
    });
    expectFits('error', document);
  });

  it('fits: the events of run, and what a command gets', async () => {
    const { sandbox, home, configure } = await place();
    await configure({ groupPolicy: 'disabled' });
    const seen = join(home, 'seen');
    await writeFile(join(home, 'agent.mjs'), agentThatKeeps(seen));
    const run = startRun(home, '--exec', `node '${join(home, 'agent.mjs')}'`, '--verbose');
    await run.event('ready');
    sandbox.say({ text: 'hello' });
    await run.event('answered');
    sandbox.say({ chatType: 'group', mentionBot: true, text: 'not for the bot' });
    await run.event('ignored');
    sandbox.say({ text: 'fail' });
    await run.event('error');
    run.child.kill('SIGTERM');
    await run.exit();
    for (const line of run.lines) expectFits('run-event', line);
    expect(new Set(run.lines.map(({ event }) => event))).toEqual(
      new Set(['state', 'ready', 'received', 'answered', 'ignored', 'error', 'stopped']),
    );
    const messages = (await readFile(seen, 'utf8')).trimEnd().split('\n');
    expect(messages).toHaveLength(2);
    for (const message of messages) expectFits('exec-message', JSON.parse(message));
  });

  it('fits: sandbox', async () => {
    const home = await temporaryHome();
    const child = spawn(process.execPath, [cliPath, 'sandbox', '--json'], {
      env: { HOME: home },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    for await (const piece of child.stdout.setEncoding('utf8')) {
      text += piece;
      if (text.includes('\n')) break;
    }
    expectFits('sandbox', JSON.parse(text));
  });
});

it('finds a field that no schema has', () => {
  expect(() =>
    expectFits('sandbox', { url: '', appId: '', appSecret: '', controlUrl: '', page: '', more: 1 }),
  ).toThrow();
});

/** The program of an agent that keeps what it gets, and fails when it is asked to. */
const agentThatKeeps = (path: string) => `
import { appendFileSync } from 'node:fs';
let input = '';
for await (const chunk of process.stdin) input += chunk;
appendFileSync(${JSON.stringify(path)}, input);
if (input.includes('fail')) throw new Error('as asked');
console.log('ok');
`;

/** The document fits its schema, and has no field that the schema does not have. */
function expectFits(name: Name, document: unknown): void {
  const schema = schemas[name];
  if (!schema) throw new Error(`no schema ${name}`);
  const strict = z.fromJSONSchema(jsonSchema(schema, 'output'));
  const { error } = strict.safeParse(document);
  expect(error?.issues ?? [], `${name}: ${JSON.stringify(document)}`).toEqual([]);
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    override: ({ jsonSchema: made }) => {
      // It says that TypeScript must not change it, which is nothing to a reader of JSON.
      delete made.readOnly;
    },
  });
}

async function place(options: SandboxOptions = {}) {
  const home = await temporaryHome();
  const sandbox = await temporarySandbox(options);
  const run = async (words: readonly string[], env: Record<string, string> = {}) => {
    const { stdout, stderr } = await runProgram([...words, '--json'], { home, env });
    try {
      return JSON.parse(stdout) as unknown;
    } catch {
      throw new Error(`${words.join(' ')} printed no document: ${stdout}${stderr}`);
    }
  };
  const configure = async (more: Readonly<Record<string, unknown>> = {}) => {
    const { appId, appSecret, url: domain } = sandbox;
    const feishu = { appId, appSecret, domain, ...more };
    await mkdir(join(home, '.clawdbot'), { recursive: true, mode: 0o700 });
    await writeFile(
      join(home, '.clawdbot', 'moltbot.json'),
      JSON.stringify({ channels: { feishu } }),
      { mode: 0o600 },
    );
  };
  return { home, sandbox, run, configure };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}
