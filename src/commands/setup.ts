/** `setup`: flags in, the wizard driven, a transcript or one JSON document out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostName } from '../config/locate.ts';
import type { CheckResult } from '../doctor/check.ts';
import { checkLine } from '../doctor/check-line.ts';
import { ExitCode } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import { version } from '../shared/version.ts';
import { type Conversation, unattendedConversation } from '../wizard/conversation.ts';
import { handOverTexts } from '../wizard/hand-over-texts.ts';
import { progressStore } from '../wizard/progress.ts';
import { invalidAnswer } from '../wizard/questions.ts';
import { type SetupFlags, type SetupOptions, type SetupOutcome, setUp } from '../wizard/setup.ts';
import { wizardTexts as texts } from '../wizard/texts.ts';
import { asKnownError, errorDocument, showError } from './failure.ts';
import { pluginFolder } from './plugin-folder.ts';
import type { Shell } from './shell.ts';
import { checkDocument, mark } from './step-document.ts';

/** What commander hands over for `setup`. */
export interface SetupCommandFlags {
  readonly appId?: string;
  readonly appSecret?: string;
  readonly appSecretFile?: string;
  readonly appSecretStdin?: boolean;
  readonly account?: string;
  readonly domain?: string;
  readonly dmPolicy?: string;
  readonly allowFrom?: readonly string[];
  readonly secretRef?: string;
  readonly host?: HostName | 'none';
  readonly config?: string;
  readonly verify?: boolean;
  readonly start?: boolean;
  readonly dryRun?: boolean;
  readonly sandbox?: boolean;
}

export async function setupCommand(shell: Shell, flags: SetupCommandFlags): Promise<number> {
  if (flags.sandbox) return inSandbox(shell, flags);
  return setupWith(shell, flags);
}

async function setupWith(shell: Shell, flags: SetupCommandFlags): Promise<number> {
  const steps: CheckResult[] = [];
  const conversation = shell.interactive ? await guided(shell) : unattended(shell);
  if (flags.appSecret !== undefined) conversation.warn(texts.secretVisible);
  const options: SetupOptions = {
    flags: setupFlags(flags),
    conversation,
    env: shell.env,
    home: shell.home,
    lang: shell.lang,
    stdin: shell.stdin,
    signal: shell.signal,
    now: shell.now,
    log: shell.log,
    onStep: (step) => steps.push(step),
    platform: process.platform,
    pluginFolder: await pluginFolder(),
    ...(shell.interactive && { progress: await progressStore(shell.env, shell.home) }),
  };
  try {
    const outcome = await setUp(options);
    options.progress?.clear();
    return await finish(shell, flags, conversation, outcome, steps);
  } catch (thrown) {
    return failed(shell, thrown, steps);
  }
}

async function guided(shell: Shell): Promise<Conversation> {
  const { guidedConversation } = await import('../wizard/guided.ts');
  const { intro } = await import('@clack/prompts');
  intro(shell.say(message(texts.intro, { version })), { output: shell.stdout });
  return guidedConversation({
    input: shell.stdin,
    output: shell.stdout,
    lang: shell.lang,
    signal: shell.signal,
  });
}

function unattended(shell: Shell): Conversation {
  const write = (line: string) => shell.human.write(`${line}\n`);
  return unattendedConversation({
    line: (what) => write(shell.paint.dim(shell.say(what))),
    warn: (what) => void shell.stderr.write(`${shell.paint.yellow('!')} ${shell.say(what)}\n`),
    block: (title, lines) => write(`${shell.say(title)}\n${lines}`),
    step: (result) => write(`${mark(shell.paint, result.status)} ${checkLine(result, shell.say)}`),
  });
}

function setupFlags(flags: SetupCommandFlags): SetupFlags {
  const { start: _start, sandbox: _sandbox, verify, dryRun, ...given } = flags;
  return { ...given, verify: verify !== false, dryRun: dryRun === true };
}

async function finish(
  shell: Shell,
  flags: SetupCommandFlags,
  conversation: Conversation,
  outcome: SetupOutcome,
  steps: readonly CheckResult[],
): Promise<number> {
  const account = outcome.account === 'default' ? '' : ` --account ${outcome.account}`;
  const { host } = outcome;
  const alone = `moltbot-feishu run${account}`;
  const next = host ? (host.isUp ? 'moltbot-feishu doctor' : `${host.name} gateway run`) : alone;
  const error = outcome.notReady;
  if (shell.json) {
    const { openId, name } = outcome.bot ?? {};
    shell.stdout.write(
      `${JSON.stringify({
        ok: error === undefined,
        account: outcome.account,
        appId: outcome.appId,
        domain: outcome.domain,
        ...(outcome.bot && { bot: { name, openId } }),
        ...(flags.dryRun && { dryRun: true }),
        config: outcome.config,
        ...(error && { error: errorDocument(shell, error) }),
        steps: steps.map((step) => checkDocument(shell, step)),
        next: [next],
      })}\n`,
    );
    return error?.exitCode ?? ExitCode.ok;
  }
  const open = steps.filter((step) => step.status === 'not-checked').map((step) => step.id);
  if (open.length > 0) conversation.tell(message(texts.notChecked, { steps: open.join(', ') }));
  if (error) conversation.warn(texts.doneNotReady);
  else conversation.tell(message(texts.later));
  if (
    !error &&
    conversation.guided &&
    flags.start !== false &&
    !flags.dryRun &&
    !host?.isUp &&
    (await conversation.confirm(host ? handOverTexts.startGateway : texts.askStart))
  ) {
    if (host) return runInTerminal(host.name, ['gateway', 'run']);
    const { runAccounts } = await import('./run-accounts.ts');
    return runAccounts(shell, { account: outcome.account, config: outcome.config.path });
  }
  conversation.tell(message(texts.next, { command: next }));
  return error?.exitCode ?? ExitCode.ok;
}

function failed(shell: Shell, thrown: unknown, steps: readonly CheckResult[]): number {
  const error = asKnownError(shell, thrown);
  if (shell.json)
    return showError(shell, error, { steps: steps.map((step) => checkDocument(shell, step)) });
  const exitCode = showError(shell, error);
  if (error.code !== 'cancelled') {
    shell.stderr.write(
      `${shell.say(texts.nothingWritten)} · ${shell.say(message(texts.exitCode, { code: exitCode }))}\n`,
    );
  }
  return exitCode;
}

/** The host's gateway in this terminal, until it ends or is stopped from here. */
async function runInTerminal(program: string, words: readonly string[]): Promise<number> {
  const child = spawn(program, words, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? ExitCode.ok;
}

/** The whole way on loopback, in a folder that is gone afterwards. */
async function inSandbox(shell: Shell, flags: SetupCommandFlags): Promise<number> {
  if (flags.domain !== undefined || flags.appId !== undefined) {
    const flag = flags.domain === undefined ? '--app-id' : '--domain';
    throw invalidAnswer({ flag }, message(texts.sandboxOnly));
  }
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const sandbox = await startSandbox();
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-'));
  try {
    shell.human.write(`${shell.say(message(texts.sandboxOn, { url: sandbox.url }))}\n`);
    const { FEISHU_APP_SECRET: _secret, FEISHU_APP_ID: _id, ...env } = shell.env;
    return await setupWith(
      {
        ...shell,
        env: { ...env, FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret },
        home: folder,
      },
      {
        ...flags,
        domain: sandbox.url,
        config: join(folder, 'moltbot.json'),
        host: 'none',
        start: false,
      },
    );
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}
