/**
 * A command of the user's as agent: one message as one JSON document on its stdin, its stdout is
 * the answer.
 *
 * In: a shell command. Out: an agent whose child gets none of our secrets, and leaves with its whole
 * process group when the turn is aborted. What it writes to stderr is counted, never shown.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { message as says } from '../shared/text.ts';
import { type Agent, AgentFailure, type Turn } from './agent.ts';
import { channelTexts as texts } from './texts.ts';

export interface ExecOptions {
  /** Given to a shell. */
  readonly command: string;
  /** The command's environment, taken over without our secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  /** No variable that holds one of these is passed on. */
  readonly secrets?: readonly Secret[];
  /** How long one answer may take (ms); default 10 minutes. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10 * 60_000;
/** Between asking a process group to end and ending it (ms); stopping as a whole has 5 s. */
const KILL_AFTER_MS = 500;

export function execAgent(options: ExecOptions): Agent {
  const { command, log, timeoutMs = TIMEOUT_MS } = options;
  const env = withoutSecrets(options.env, options.secrets ?? []);
  return {
    async *answer(turn, signal) {
      signal.throwIfAborted();
      const child = spawn(command, {
        shell: true,
        // A group of its own, so that the shell's children end with it.
        detached: process.platform !== 'win32',
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
        env,
      });
      const exited = exitOf(child);
      let isLate = false;
      let killed: Promise<void> | undefined;
      let killing: NodeJS.Timeout | undefined;
      const stop = (): void => {
        if (killed || hasEnded(child)) return;
        endGroup(child, 'SIGTERM');
        killed = new Promise((resolve) => {
          killing = setTimeout(() => {
            endGroup(child, 'SIGKILL');
            // Somebody outside the group may hold the pipe: the answer ends all the same.
            child.stdout.destroy();
            resolve();
          }, KILL_AFTER_MS);
        });
      };
      const timer = setTimeout(() => {
        isLate = true;
        stop();
      }, timeoutMs);
      signal.addEventListener('abort', stop, { once: true });
      let stderrBytes = 0;
      child.stderr.on('data', (data: Buffer) => {
        stderrBytes += data.length;
      });
      // A command that reads no input is no failure: its end tells.
      child.stdin.on('error', () => log.debug('the command closed its input'));
      child.stdin.end(`${JSON.stringify(turnDocument(turn))}\n`);
      child.stdout.setEncoding('utf8');
      try {
        yield* piecesOf(child, () => signal.aborted || isLate);
        const reason = await exited;
        signal.throwIfAborted();
        if (isLate) throw new AgentFailure(says(texts.commandTooSlow, { s: timeoutMs / 1000 }));
        log.debug('the command ended', { reason: reason ?? 'ok', stderrBytes });
        if (reason !== undefined) throw new AgentFailure(says(texts.commandFailed, { reason }));
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        stop();
        await exited;
        // The shell may be gone while one of its children takes its time.
        if (isGroupAlive(child)) await killed;
        clearTimeout(killing);
        for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
      }
    },
  };
}

async function* piecesOf(child: ChildProcess, isOver: () => boolean): AsyncIterable<string> {
  try {
    for await (const piece of child.stdout ?? []) {
      if (isOver()) return;
      yield String(piece);
    }
  } catch (error) {
    // The pipe was closed on purpose: whoever did it says why.
    if (!isOver()) throw error;
  }
}

/** Why it did not end well: its exit code, the signal, or why it could not be started. */
function exitOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : String(code ?? signal)));
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function endGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true }).unref();
    } else process.kill(-child.pid, signal);
  } catch {
    // It had ended by itself.
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined || process.platform === 'win32') return false;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    // No such group any more.
    return false;
  }
}

/** The environment without variables that are, or hold, an App Secret. */
function withoutSecrets(
  env: ExecOptions['env'],
  secrets: readonly Secret[],
): Record<string, string | undefined> {
  const values = secrets.filter((secret) => !secret.isEmpty).map((secret) => secret.reveal());
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) =>
        !/^(?:FEISHU|LARK)_.*(?:SECRET|TOKEN)/i.test(name) &&
        !values.some((secret) => value?.includes(secret)),
    ),
  );
}

function turnDocument({ accountId, message, text, lang }: Turn): Readonly<Record<string, unknown>> {
  return {
    eventId: message.eventId,
    messageId: message.messageId,
    accountId,
    chatId: message.chatId,
    chatType: message.chatType,
    threadId: message.threadId,
    rootId: message.rootId,
    parentId: message.parentId,
    createTime: message.createTime,
    sender: { openId: message.senderOpenId },
    mentions: message.mentions,
    messageType: message.messageType,
    text,
    lang,
  };
}
