import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'tsdown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyConfigChange } from '../../src/config/change/change.ts';
import { jsonOf, parseJson5 } from '../../src/config/json5/json5.ts';
import { accountEdits, type Workplace, workplace } from './workplace.ts';

const directory = mkdtempSync(join(tmpdir(), 'config-writer-'));
const program = join(directory, 'writer-program.mjs');
const children = new Set<ChildProcess>();

beforeAll(async () => {
  await build({
    config: false,
    entry: { 'writer-program': join(import.meta.dirname, 'writer-program.ts') },
    outDir: directory,
    format: 'esm',
    platform: 'node',
    fixedExtension: true,
    dts: false,
    clean: false,
    logLevel: 'silent',
    noExternal: () => true,
  });
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** Starts the program; `written` grows with each account that it says is in the file. */
function start(place: Workplace, name: string, count: number) {
  const child = spawn(process.execPath, [program, place.path, name, String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString();
  });
  const written: string[] = [];
  const started = resolvers();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'started') started.resolve();
    else written.push(line);
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    children.delete(child);
    return { code, signal, complaint };
  });
  return { child, written, started: started.promise, ended };
}

function resolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function accounts(
  place: Workplace,
): Promise<Record<string, { enabled?: boolean; appSecret?: string }>> {
  const value = jsonOf(parseJson5(await place.read()) ?? expect.fail('the config is empty'));
  return (
    (value as { channels?: { feishu?: { accounts?: Record<string, object> } } }).channels?.feishu
      ?.accounts ?? {}
  );
}

describe('processes that write the same config', () => {
  it('lose nothing of one another: 20 at once, an account each', async () => {
    const place = workplace();
    await place.write('// by hand\n{a: 1,}\n');
    const runs = Array.from({ length: 20 }, (_, n) => start(place, `p${n}`, 1));
    for (const run of runs)
      expect(await run.ended).toStrictEqual({ code: 0, signal: null, complaint: '' });
    expect(Object.keys(await accounts(place)).sort()).toStrictEqual(
      Array.from({ length: 20 }, (_, n) => `p${n}-0`).sort(),
    );
    expect((await place.read()).startsWith('// by hand\n{a: 1,')).toBe(true);
    expect(
      (await place.names()).filter((name) => !/\.json(\.bak(\.\d)?)?$/.test(name)),
    ).toStrictEqual([]);
  });

  it('make the directory and the file together', async () => {
    const place = workplace();
    const runs = Array.from({ length: 5 }, (_, n) => start(place, `p${n}`, 1));
    for (const run of runs) expect(await run.ended).toMatchObject({ code: 0, complaint: '' });
    expect(Object.keys(await accounts(place))).toHaveLength(5);
    expect([await place.mode(), (await stat(place.stateDir)).mode & 0o777]).toStrictEqual([
      0o600, 0o700,
    ]);
  });

  it('may be killed with -9 at any moment: the file is whole, and what was said to be written is there', async () => {
    const place = workplace();
    await place.write('{a: 1}');
    const lock = `${place.path}.lock`;
    const expected = new Set<string>();
    const states = new Set<boolean>();
    // On until one of them was killed while it held the lock.
    for (let round = 0; round < 40 || (!states.has(true) && round < 400); round++) {
      const run = start(place, `r${round}`, 1000);
      await run.started;
      // Spread over a write of a few milliseconds by the work itself, not by a clock.
      for (let spin = 0; spin < (round % 10) * 40; spin++) await readdir(place.stateDir);
      run.child.kill('SIGKILL');
      expect(await run.ended).toMatchObject({ signal: 'SIGKILL', complaint: '' });
      for (const id of run.written) expected.add(id);
      const present = await accounts(place);
      for (const id of expected)
        expect(present[id]?.appSecret?.startsWith(`secret-of-${id}.`)).toBe(true);
      for (const name of await place.names()) {
        if (!/\.bak(\.\d)?$/.test(name)) continue;
        expect(parseJson5(await readFile(join(place.stateDir, name), 'utf8'))).toBeDefined();
      }
      const isLocked = await stat(lock).then(
        () => true,
        () => false,
      );
      states.add(isLocked);
      // Let its lock grow old at once instead of waiting.
      if (isLocked) await utimes(lock, 1_000, 1_000);
    }
    expect(states.has(true)).toBe(true);
    await applyConfigChange(place.location(), accountEdits(), { env: {} });
    expect(Object.keys(await accounts(place)).length).toBeGreaterThanOrEqual(expected.size);
  });

  it('take over the lock of a killed one together, and lose nothing', async () => {
    const place = workplace();
    await place.write('{}');
    await mkdir(`${place.path}.lock`);
    await utimes(`${place.path}.lock`, 1_000, 1_000);
    const runs = Array.from({ length: 8 }, (_, n) => start(place, `p${n}`, 2));
    for (const run of runs) expect(await run.ended).toMatchObject({ code: 0, complaint: '' });
    expect(Object.keys(await accounts(place))).toHaveLength(16);
  });
});
