import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentFailure } from '../../../src/channel/agent/agent.ts';
import { MAX_UNREAD_BYTES, readOutput } from '../../../src/channel/agent/child-output.ts';
import { keepErrorOutput } from '../../../src/channel/agent/error-output.ts';
import { type ExecOptions, execAgent } from '../../../src/channel/agent/exec-agent.ts';
import type { AnswerPiece } from '../../../src/channel/answer/answer-piece.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { temporaryHome } from '../../support/home.ts';
import { waitFor } from '../../support/wait-for.ts';
import { inbound, plainContent } from '../messages.ts';

const env = { PATH: process.env.PATH };

function answerOf(
  command: string,
  {
    signal = new AbortController().signal,
    ...options
  }: Partial<ExecOptions> & { signal?: AbortSignal } = {},
): AsyncIterable<AnswerPiece> {
  const agent = execAgent({ command, env, log: silentLogger, ...options });
  const message = inbound({});
  return agent.answer(
    {
      accountId: 'default',
      message,
      content: plainContent('hi'),
      lang: 'en',
      attachments: [],
      notes: [],
    },
    signal,
  );
}

async function all(pieces: AsyncIterable<AnswerPiece>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

async function failureOf(pieces: AsyncIterable<AnswerPiece>): Promise<AgentFailure> {
  const error = await all(pieces).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AgentFailure)) throw new Error('the command did not fail');
  return error;
}

/** A file that a command writes a process number into; that process is killed after the test. */
async function pidFile(): Promise<{ readonly path: string; pid(): Promise<number> }> {
  const path = join(await temporaryHome(), 'pid');
  const pid = async () =>
    waitFor(async () => {
      const text = await readFile(path, 'utf8');
      expect(text).toMatch(/^\d+\n$/);
      return Number(text);
    });
  onTestFinished(async () => {
    try {
      process.kill(await pid(), 'SIGKILL');
    } catch {
      // It is gone already.
    }
  });
  return { path, pid };
}

/** Ended; a container without an init leaves it as a zombie. */
const isGone = (pid: number) =>
  waitFor(async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone Z');
    expect(stat).toMatch(/ Z/);
  });

describe('the answer of a command', () => {
  it.each([
    ['a child in the background', 'sleep 1000 & echo ok'],
    ['a child that writes on and on', '(while :; do echo more; sleep 1; done) & echo ok'],
    ['a child that ignores SIGTERM', '(trap "" TERM; sleep 1000) & echo ok'],
  ])('is what was written when the command ended, with %s', async (_name, command) => {
    expect(await all(answerOf(command))).toMatch(/^(?:more\n)?ok\n/);
  });

  it('does not wait for a child that left the process group and holds the pipe', async () => {
    const { path, pid } = await pidFile();
    const command = `setsid sh -c 'echo $$ > "${path}"; exec sleep 1000' & sleep 0.2; echo ok`;
    expect(await all(answerOf(command))).toBe('ok\n');
    await pid();
  });

  it('is whole where the pipe is full when the command ends', async () => {
    const pieces = answerOf('head -c 200000 /dev/zero | tr "\\\\0" x; echo; sleep 1000 & exit 0');
    let length = 0;
    for await (const piece of pieces) {
      length += String(piece).length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(length).toBe(200_001);
  });

  it('leaves no process of the command behind', async () => {
    const { path, pid } = await pidFile();
    await all(answerOf(`(trap "" TERM; echo $$ > /dev/null; sleep 1000) & echo $! > "${path}"`));
    await isGone(await pid());
  });

  it.each([
    ['that ignores SIGTERM', 'trap "" TERM; echo $$ > "$F"; echo begun; sleep 1000; sleep 1000'],
    [
      'whose child ignores SIGTERM',
      '(trap "" TERM; sleep 1000) & echo $! > "$F"; echo begun; wait',
    ],
  ])(
    'ends with the whole group of a command %s when the turn is aborted',
    async (_name, command) => {
      const { path, pid } = await pidFile();
      const stop = new AbortController();
      const pieces = answerOf(command, { env: { ...env, F: path }, signal: stop.signal });
      await expect(
        (async () => {
          for await (const piece of pieces) if (String(piece).includes('begun')) stop.abort();
        })(),
      ).rejects.toThrow();
      await isGone(await pid());
    },
  );

  it('that takes too long is ended, and its operator sees which command it was', async () => {
    const { path, pid } = await pidFile();
    const command = `trap "" TERM; echo $$ > "${path}"; echo slow >&2; sleep 1000`;
    const failure = await failureOf(answerOf(command, { timeoutMs: 300 }));
    expect(failure.notice.text.en).toContain('took longer');
    expect(failure.detail?.what.params.command).toBe(command);
    expect(failure.detail?.stderr).toEqual(['slow']);
    await isGone(await pid());
  });

  it('is given up with its processes when nobody reads it further', async () => {
    const { path, pid } = await pidFile();
    for await (const piece of answerOf(`echo $$ > "${path}"; exec yes`)) {
      expect(piece).toContain('y');
      break;
    }
    await isGone(await pid());
  });
});

describe('output that nobody reads', () => {
  it('is not read into memory beyond a bound', async () => {
    let pulled = 0;
    const endless = new Readable({
      read() {
        pulled += 65_536;
        this.push(Buffer.alloc(65_536, 'x'));
      },
    });
    const output = readOutput(endless);
    await once(endless, 'pause');
    const first = await output.pieces[Symbol.asyncIterator]().next();
    expect(String(first.value).length).toBeGreaterThanOrEqual(MAX_UNREAD_BYTES);
    await once(endless, 'pause');
    expect(pulled).toBeLessThan(4 * MAX_UNREAD_BYTES);
    output.close();
  });

  it('is read to a bound, too, when its command has ended and a child writes on', async () => {
    let pulled = 0;
    const endless = new Readable({
      read() {
        pulled += 65_536;
        this.push(Buffer.alloc(65_536, 'x'));
      },
    });
    const output = readOutput(endless);
    output.ended();
    await once(endless, 'close');
    expect(pulled).toBeLessThan(4 * 1024 * 1024);
    expect((await all(output.pieces)).length).toBeLessThanOrEqual(pulled);
  });

  it('is given out as it was written, wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'é', '汉', '😀', '\n')).map((all) => all.join('')),
        fc.array(fc.nat(8), { minLength: 1 }),
        async (text, sizes) => {
          const pipe = new PassThrough();
          const output = readOutput(pipe);
          const bytes = Buffer.from(text);
          for (let at = 0, n = 0; at < bytes.length; n++) {
            const size = 1 + (sizes[n % sizes.length] ?? 0);
            pipe.write(bytes.subarray(at, at + size));
            at += size;
          }
          pipe.end();
          expect(await all(output.pieces)).toBe(text);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('what the operator sees of a failure', () => {
  it.each([
    ['a command that is not there', 'no-such-command --flag', '127'],
    ['an exit code', 'echo one >&2; exit 3', '3'],
    ['a signal', 'kill -9 $$', 'SIGKILL'],
  ])('names the command and how it ended: %s', async (_name, command, reason) => {
    const failure = await failureOf(answerOf(command));
    expect(failure.detail?.what.params).toEqual({ reason, command });
    expect(JSON.stringify(failure.notice)).not.toContain(command);
  });

  it('has the last lines of its stderr, few and short', async () => {
    const command =
      'seq 1 100000 >&2; head -c 100000 /dev/zero | tr "\\\\0" x >&2; echo >&2; echo last >&2; exit 1';
    const stderr = (await failureOf(answerOf(command))).detail?.stderr ?? [];
    expect(stderr.at(-1)).toBe('last');
    expect(stderr.length).toBeLessThanOrEqual(8);
    expect(Math.max(...stderr.map((line) => line.length))).toBeLessThanOrEqual(201);
  });

  it('has no secret of ours, and none that the environment names so', async () => {
    const failure = await failureOf(
      answerOf(
        'echo "the-app-secret $OPENAI_API_KEY $DB_PASSWORD"; env >&2; echo the-app-secret >&2; exit 1',
        {
          env: { ...env, OPENAI_API_KEY: 'sk-0123456789', DB_PASSWORD: 'correct horse' },
          secrets: [new Secret('the-app-secret')],
        },
      ),
    );
    const shown = JSON.stringify(failure.detail);
    expect(shown).toContain('OPENAI_API_KEY=***');
    for (const secret of ['the-app-secret', 'sk-0123456789', 'correct horse']) {
      expect(shown).not.toContain(secret);
    }
  });

  it.each([
    ['with a line end', 'echo "the error" >&2'],
    ['without one', 'printf "the error" >&2'],
  ])('keeps the end of a single line of megabytes, %s', async (_name, last) => {
    const command = `head -c 3000000 /dev/zero | tr "\\0" x >&2; ${last}; exit 1`;
    const stderr = (await failureOf(answerOf(command))).detail?.stderr ?? [];
    expect(stderr).toEqual([expect.stringMatching(/^…x+the error$/)]);
  });

  it('keeps the end of a cut line that others follow', async () => {
    const command =
      'head -c 100000 /dev/zero | tr "\\0" x >&2; echo "the error" >&2; echo exit >&2; exit 1';
    const stderr = (await failureOf(answerOf(command))).detail?.stderr ?? [];
    expect(stderr).toEqual([expect.stringMatching(/^…x+the error$/), 'exit']);
  });

  it('has none that a command knows from elsewhere, and neither has its line', async () => {
    const command = `echo '401 {"api_key": "abc-def"}' >&2; PASSWORD=hunter2 false`;
    const { detail } = await failureOf(answerOf(command));
    expect(detail?.stderr).toEqual(['401 {"api_key": "***"}']);
    const shown = JSON.stringify(detail);
    expect(shown).toContain('PASSWORD=*** false');
    expect(shown).not.toMatch(/abc-def|hunter2/);
  });

  it('has no secret that was cut, wherever the tail begins', () => {
    const secret = 'S3cret-0123456789';
    fc.assert(
      fc.property(fc.nat(300), fc.nat(40_000), (before, after) => {
        const pipe = new PassThrough();
        const errors = keepErrorOutput(pipe, [new Secret(secret)]);
        for (const text of ['x'.repeat(before), secret, 'y'.repeat(after)]) {
          pipe.emit('data', Buffer.from(text));
        }
        expect(errors.lines().join('')).not.toMatch(/0123|456789/);
      }),
    );
  });
});
