/**
 * Runs a command of the user as agent: the message is a JSON document on its stdin, its stdout is
 * the answer, as text or as lines of JSON.
 *
 * In: a shell command. Out: an agent whose child gets none of our secrets, and whose process group
 * ends with the turn. The answer is the output up to the end of the command itself; later output of
 * its children is ignored. The last lines of stderr are for the operator.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { maskProgramText } from '../../config/shown/program-text.ts';
import type { Logger } from '../../shared/log.ts';
import { Secret, scrub } from '../../shared/secret.ts';
import { localize } from '../../shared/text/text.ts';
import { channelTexts as texts } from '../channel-texts.ts';
import { type Agent, AgentFailure } from './agent.ts';
import { createChildGroups } from './child-group.ts';
import { readOutput } from './child-output.ts';
import { keepErrorOutput } from './error-output.ts';
import { execEnvironment } from './exec-environment.ts';
import { createExecLines } from './exec-lines.ts';
import { execMessage, execMessageV1 } from './exec-message.ts';

export interface ExecOptions {
  /** Run by a shell. */
  readonly command: string;
  /** The environment for the command; secrets are removed from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  /** Variables that contain one of these secrets are not passed on. */
  readonly secrets?: readonly Secret[];
  /** Names of variables that are never passed on. */
  readonly withheldNames?: readonly string[];
  /** The form of the document that the command gets; default 2. */
  readonly version?: 1 | 2;
  /** What its output is: the answer itself, or one JSON object a line; default: text. */
  readonly format?: 'text' | 'jsonl';
  /** How long one answer may take (ms); default 10 minutes. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10 * 60_000;
/** How long to read stderr after the command has ended (ms). */
const STDERR_MS = 200;
/** How long to wait for a child that not even SIGKILL ends (ms). */
const GIVE_UP_MS = 1000;
/** Characters of the command that the operator sees. */
const MAX_SHOWN_LENGTH = 200;

export function execAgent(options: ExecOptions): Agent {
  const { command, log, timeoutMs = TIMEOUT_MS } = options;
  const env = execEnvironment(options.env, options.secrets ?? [], options.withheldNames);
  const secretValues = [...(options.secrets ?? []), ...secretsAmong(options.env)];
  const shownCommand = shortened(maskProgramText(scrub(command, secretValues)));
  const groups = createChildGroups();
  const isVersion1 = options.version === 1;
  return {
    readsOnlyText: isVersion1,
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
      const group = groups.add(child);
      const output = readOutput(child.stdout);
      const errors = keepErrorOutput(child.stderr, secretValues);
      const exited = exitOf(child).finally(output.ended);
      const lines = options.format === 'jsonl' ? createExecLines() : undefined;
      let isLate = false;
      let givenUp: () => void = () => undefined;
      const killTimeout = new Promise<void>((resolve) => {
        givenUp = resolve;
      });
      const stop = (): void => {
        // A process outside the group may keep the pipe open, so close it here.
        output.close();
        void group.end().then(() => setTimeout(givenUp, GIVE_UP_MS).unref());
      };
      const timer = setTimeout(() => {
        isLate = true;
        stop();
      }, timeoutMs);
      signal.addEventListener('abort', stop, { once: true });
      // A command need not read its input; its exit code shows whether it failed.
      child.stdin.on('error', () => log.debug('the command closed its input'));
      const document = isVersion1 ? execMessageV1(turn) : execMessage(turn);
      child.stdin.end(`${JSON.stringify(document)}\n`);
      const failed = (what: ConstructorParameters<typeof AgentFailure>[0], seen: typeof what) =>
        new AgentFailure(what, { what: seen, stderr: errors.lines() });
      try {
        for await (const piece of output.pieces) {
          if (signal.aborted) break;
          if (lines) yield* lines.push(piece);
          else yield piece;
        }
        if (lines && !signal.aborted) yield* lines.end();
        const reason = await Promise.race([exited, killTimeout]);
        signal.throwIfAborted();
        const { bytes: stderrBytes } = errors;
        log.debug('the command ended', { reason: reason ?? 'ok', isLate, stderrBytes });
        if (isLate || reason !== undefined) await errors.settle(STDERR_MS);
        if (isLate) {
          const params = { s: timeoutMs / 1000 };
          throw failed(
            localize(texts.commandTooSlow, params),
            localize(texts.commandTooSlowShown, { ...params, command: shownCommand }),
          );
        }
        if (reason !== undefined) {
          throw failed(
            localize(texts.commandFailed, { reason }),
            localize(texts.commandFailedShown, { reason, command: shownCommand }),
          );
        }
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        output.close();
        for (const pipe of [child.stdin, child.stderr]) pipe.destroy();
        const ended = group.end();
        // The answer does not wait for processes that the command left running.
        if (child.exitCode === null && child.signalCode === null) await ended;
      }
    },
  };
}

/** Why the command failed: its exit code, the signal, or the error of its start. */
function exitOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : String(code ?? signal)));
  });
}

function shortened(command: string): string {
  const line = command.trim();
  return line.length <= MAX_SHOWN_LENGTH ? line : `${line.slice(0, MAX_SHOWN_LENGTH)}…`;
}

/** The environment's secrets, by name: a command may write them to its stderr. */
function secretsAmong(env: ExecOptions['env']): readonly Secret[] {
  return Object.entries(env).flatMap(([name, value]) =>
    /SECRET|TOKEN|PASSW|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i.test(name) && (value?.length ?? 0) >= 8
      ? [new Secret(value ?? '')]
      : [],
  );
}
