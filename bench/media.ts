/** Files in and out: the memory they take above that of an idle runtime, and the time they take. */
import { openAsBlob } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type SandboxSubject, startOnSandbox } from './sandbox-subject.ts';
import { median } from './start-times.ts';

const MB = 1_000_000;
/** By then the heap of the turn before is collected (ms). */
const SETTLED_MS = 2000;

export interface Transfer {
  readonly megabytes: number;
  /** The most above idle while the file was on its way (MB); NaN where the system does not say. */
  readonly aboveIdleMb: number;
  /** From the message to its answer, less what a turn with a text takes (ms). */
  readonly ms: number;
  /** The same bytes over the same sockets, and to the disk, without a runtime (ms). */
  readonly bareMs: number;
}

/** Answers `ok`; to `send …`, with that file. */
const program = `
let text = '';
for await (const piece of process.stdin) text += piece;
const { text: asked } = JSON.parse(text);
const name = /^send (\\S+)/.exec(asked ?? '')?.[1];
console.log(JSON.stringify(name ? { file: name } : { text: 'ok' }));
`;

export async function measureMedia(
  rounds: number,
): Promise<{ readonly in100: Transfer; readonly in30: Transfer; readonly out30: Transfer }> {
  const subject = await startOnSandbox(program, { mediaMaxMb: 100, streaming: 'off' });
  try {
    // What a first file loads belongs to no file.
    await received(subject, 1);
    await sent(subject, 1);
    return {
      in30: await medianOf(rounds, () => received(subject, 30)),
      in100: await medianOf(rounds, () => received(subject, 100)),
      out30: await medianOf(rounds, () => sent(subject, 30)),
    };
  } finally {
    await subject.stop();
  }
}

async function medianOf(rounds: number, measure: () => Promise<Transfer>): Promise<Transfer> {
  const all: Transfer[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure());
  const of = (key: keyof Transfer): number => median(all.map((transfer) => transfer[key]));
  return {
    megabytes: of('megabytes'),
    aboveIdleMb: of('aboveIdleMb'),
    ms: of('ms'),
    bareMs: of('bareMs'),
  };
}

async function received(subject: SandboxSubject, megabytes: number): Promise<Transfer> {
  const { sandbox, folder } = subject;
  const key = sandbox.putResource('file', Buffer.alloc(megabytes * MB, 'in '), 'large.txt');
  let messageId = '';
  const turn = await watched(subject, () => {
    ({ messageId } = sandbox.say({ files: [key] }));
  });
  const path = `/open-apis/im/v1/messages/${messageId}/resources/${key}?type=file`;
  const headers = await authorization(subject);
  const copy = join(folder, 'bare');
  const bareMs = await timed(async () => {
    const { body } = await fetch(`${sandbox.url}${path}`, { headers });
    if (body) await writeFile(copy, body);
  });
  await rm(copy);
  return { megabytes, bareMs, ...turn };
}

async function sent(subject: SandboxSubject, megabytes: number): Promise<Transfer> {
  const { sandbox, folder } = subject;
  const name = `out-${megabytes}.txt`;
  await writeFile(join(folder, name), Buffer.alloc(megabytes * MB, 'out '));
  const turn = await watched(subject, () => void sandbox.say({ text: `send ${name}` }));
  const headers = await authorization(subject);
  const bareMs = await timed(async () => {
    const body = new FormData();
    body.set('file_type', 'stream');
    body.set('file_name', name);
    body.set('file', await openAsBlob(join(folder, name)), name);
    await fetch(`${sandbox.url}/open-apis/im/v1/files`, { method: 'POST', headers, body });
  });
  return { megabytes, bareMs, ...turn };
}

async function authorization({ sandbox }: SandboxSubject): Promise<Record<string, string>> {
  const answer = await fetch(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id: sandbox.appId, app_secret: sandbox.appSecret }),
  });
  const { tenant_access_token: token } = (await answer.json()) as { tenant_access_token: string };
  return { authorization: `Bearer ${token}` };
}

/** The turn of a message, less what a turn with a text takes: most of that is the command's start. */
async function watched(
  subject: SandboxSubject,
  say: () => void,
): Promise<Pick<Transfer, 'aboveIdleMb' | 'ms'>> {
  const textMs = await turnMs(subject, () => void subject.sandbox.say({ text: 'ok' }));
  await delay(SETTLED_MS);
  const idleMb = subject.residentMb();
  let mostMb = idleMb;
  const timer = setInterval(() => {
    mostMb = Math.max(mostMb, subject.residentMb());
  }, 5);
  const ms = await turnMs(subject, say);
  clearInterval(timer);
  return { aboveIdleMb: mostMb - idleMb, ms: Math.max(0, ms - textMs) };
}

async function turnMs({ sandbox }: SandboxSubject, say: () => void): Promise<number> {
  return timed(async () => {
    const answered = sandbox.nextAnswer({}, { timeoutMs: 60_000 });
    say();
    await answered;
  });
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}
