/** Who answers: an echo, or a command of the user's. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from '../shared/log.ts';
import { type Message, message } from '../shared/text.ts';
import type { InboundMessage } from './event.ts';
import { channelTexts as texts } from './texts.ts';

export interface Turn {
  readonly accountId: string;
  readonly message: InboundMessage;
  /** What the message says, the bot's own mention taken out. */
  readonly text: string;
}

export interface Agent {
  /** The answer, in pieces as it is written. Aborting ends it. */
  answer(turn: Turn, signal: AbortSignal): AsyncIterable<string>;
}

/** The agent could not answer, and the person is told why. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
  constructor(readonly told: Message) {
    super(told.text.en);
  }
}

export const echoAgent: Agent = {
  async *answer(turn) {
    yield turn.text;
  },
};

export interface ExecOptions {
  /** Given to a shell. */
  readonly command: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

/** One message as one JSON document on the command's stdin; its stdout is the answer. */
export function execAgent({ command, env, log }: ExecOptions): Agent {
  return {
    async *answer(turn, signal) {
      signal.throwIfAborted();
      const child = spawn(command, {
        shell: true,
        // A group of its own, so that the shell's children end with it.
        detached: process.platform !== 'win32',
        stdio: ['pipe', 'pipe', 'pipe'],
        env: withoutSecrets(env),
      });
      const ended = new Promise<string | undefined>((resolve) => {
        child.once('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
        child.once('close', (code, killedBy) =>
          resolve(code === 0 ? undefined : String(code ?? killedBy)),
        );
      });
      const stop = () => endGroup(child);
      signal.addEventListener('abort', stop, { once: true });
      let errorBytes = 0;
      child.stderr.on('data', (data: Buffer) => {
        errorBytes += data.length;
      });
      // A command that reads no input is no failure: its end tells.
      child.stdin.on('error', () => log.debug('the command closed its input'));
      child.stdin.end(`${JSON.stringify(turnDocument(turn))}\n`);
      child.stdout.setEncoding('utf8');
      try {
        for await (const piece of child.stdout) yield piece as string;
        const reason = await ended;
        signal.throwIfAborted();
        if (reason === undefined) return;
        log.warn('the command failed', { reason, stderrBytes: errorBytes });
        throw new AgentFailure(message(texts.commandFailed, { reason }));
      } finally {
        signal.removeEventListener('abort', stop);
        if (child.exitCode === null && child.signalCode === null) stop();
      }
    },
  };
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid === undefined) return;
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It had ended by itself.
  }
}

function withoutSecrets(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const { FEISHU_APP_SECRET: _secret, ...rest } = env;
  return rest;
}

function turnDocument({ accountId, message: inbound, text }: Turn) {
  return {
    eventId: inbound.eventId,
    messageId: inbound.messageId,
    accountId,
    chatId: inbound.chatId,
    chatType: inbound.chatType,
    threadId: inbound.threadId,
    createTime: inbound.createTime,
    sender: { openId: inbound.senderOpenId },
    mentions: inbound.mentions,
    messageType: inbound.messageType,
    text,
  };
}
