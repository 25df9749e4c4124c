import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyConfigChange } from '../../../src/config/change/change.ts';
import { jsonOf, parseJson5 } from '../../../src/config/json5/json5.ts';
import { accountEdits, workplace } from '../workplace.ts';
import { fragileFileSystem, Killed, type OnCall, systemError } from './fragile-file-system.ts';

const OLD = '// kept\n{a: 1, channels: {telegram: {}}}\n';
const env = {};

/** Runs one change with a fault; returns how many calls it made and what it threw. */
async function change(onCall: OnCall, old: string | undefined) {
  const place = workplace();
  if (old !== undefined) {
    await place.write(old);
    for (const [n, end] of ['.bak', '.bak.1', '.bak.2'].entries())
      await place.write(`{backup: ${n}}`, `moltbot.json${end}`);
  }
  const fs = fragileFileSystem(onCall);
  const error: unknown = await applyConfigChange(place.location(), accountEdits(), {
    env,
    fs,
  }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { place, calls: fs.calls, error };
}

/** The config is the old one or the new one, whole; and every backup that was there still is. */
async function expectWhole(
  place: ReturnType<typeof workplace>,
  old: string | undefined,
): Promise<'old' | 'new'> {
  let text: string | undefined;
  try {
    text = readFileSync(place.path, 'utf8');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOENT' });
  }
  if (old !== undefined) {
    const contents = readdirSync(place.stateDir)
      .filter((name) => /\.bak(\.\d)?$/.test(name))
      .map((name) => readFileSync(`${place.stateDir}/${name}`, 'utf8'));
    expect(contents).toEqual(expect.arrayContaining(['{backup: 0}', '{backup: 1}', '{backup: 2}']));
    for (const content of contents) expect(parseJson5(content)).toBeDefined();
    if (text !== old) expect(contents).toContain(old);
  }
  if (text === old) return 'old';
  expect(jsonOf(parseJson5(text ?? '') ?? expect.fail())).toMatchObject({
    channels: { feishu: { enabled: true } },
  });
  if (old !== undefined)
    expect(text?.startsWith('// kept\n{a: 1, channels: {telegram: {}')).toBe(true);
  return 'new';
}

describe.each([
  ['a config that is there', OLD],
  ['a new config', undefined],
])('the change of %s', (_name, old) => {
  it('is whole when any one system call fails', async () => {
    const { calls: all, error: none } = await change(() => undefined, old);
    expect(none).toBeUndefined();
    expect(all.length).toBeGreaterThan(10);
    for (let nth = 1; nth <= all.length; nth++) {
      const { place, error } = await change((_call, count) => {
        if (count === nth) throw systemError('EIO');
        return undefined;
      }, old);
      const state = await expectWhole(place, old);
      // An error means that nothing was written; and no temporary file is left behind by it.
      expect(state).toBe(error ? 'old' : 'new');
      if (error)
        expect(error).toMatchObject({
          exitCode: 5,
          code: expect.stringMatching(/^config-un(writable|readable)$/),
        });
      const left = (old === undefined && state === 'old' ? [] : await place.names()).filter(
        (name) => name.endsWith('tmp'),
      );
      // All but where removing it is what failed.
      expect(left.length).toBeLessThanOrEqual(all[nth - 1] === 'unlink' ? 1 : 0);
    }
  });

  it('is whole when the process ends at any system call, and the next run completes it', async () => {
    const { calls: all } = await change(() => undefined, old);
    const seen = new Set<string>();
    for (let nth = 1; nth <= all.length; nth++) {
      const { place, error } = await change((_call, count) => {
        // Nothing happens any more: no cleaning up either.
        if (count >= nth) throw new Killed();
        return undefined;
      }, old);
      seen.add(await expectWhole(place, old));
      if (error === undefined) continue;
      await applyConfigChange(place.location(), accountEdits(), { env });
      expect(await expectWhole(place, old)).toBe('new');
    }
    expect([...seen].sort()).toStrictEqual(['new', 'old']);
  });

  it.each([
    ['ENOSPC', 'Make room'],
    ['EDQUOT', 'Make room'],
  ])('is whole on a full disk (%s), of which a part could be written', async (code, advice) => {
    for (let nth = 1; nth <= (old === undefined ? 1 : 2); nth++) {
      let writes = 0;
      const { place, error } = await change(
        (call) =>
          call === 'write' && ++writes === nth ? { partly: systemError(code) } : undefined,
        old,
      );
      expect(error).toMatchObject({
        code: 'config-unwritable',
        details: { reason: code },
        advice: { text: { en: expect.stringContaining(advice) } },
      });
      expect(await expectWhole(place, old)).toBe('old');
      expect((await place.names()).filter((name) => name.endsWith('tmp'))).toStrictEqual([]);
    }
  });
});

it.each([
  ['EACCES', 'create', 'Let this user write'],
  ['EROFS', 'create', 'read-only'],
  ['EBUSY', 'rename', 'mount'],
])('says what to do about %s', async (code, name, advice) => {
  const { error, place } = await change((call) => {
    if (call === name) throw systemError(code);
    return undefined;
  }, OLD);
  expect(error).toMatchObject({
    code: 'config-unwritable',
    exitCode: 5,
    advice: { text: { en: expect.stringContaining(advice) } },
  });
  expect(await place.read()).toBe(OLD);
});

it('keeps what a host writes without our lock, at any step before the file is replaced', async () => {
  async function withHost(atStep: number) {
    const place = workplace();
    await place.write(OLD);
    const fs = fragileFileSystem((_call, count) => {
      if (count === atStep) writeFileSync(place.path, "{host: 'was here'}");
      return undefined;
    });
    await applyConfigChange(place.location(), accountEdits(), { env, fs });
    return { place, calls: fs.calls };
  }
  const { calls } = await withHost(0);
  const steps = calls.lastIndexOf('rename');
  expect(steps).toBeGreaterThan(10);
  for (let nth = 1; nth <= steps; nth++) {
    const { place } = await withHost(nth);
    const root = parseJson5(await place.read()) ?? expect.fail();
    expect({ nth, config: jsonOf(root) }).toMatchObject({
      nth,
      config: { host: 'was here', channels: { feishu: { enabled: true } } },
    });
  }
});
