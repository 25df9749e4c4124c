import { utimesSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { applyConfigChange } from '../../../src/config/change/change.ts';
import { accountEdits, workplace } from '../workplace.ts';

describe('the lock of a config', () => {
  it('is waited for, until the run is cancelled', async () => {
    const place = workplace();
    await place.write('{}');
    await mkdir(`${place.path}.lock`);
    const abort = new AbortController();
    const applying = applyConfigChange(place.location(), accountEdits(), {
      env: {},
      signal: abort.signal,
    });
    abort.abort();
    await expect(applying).rejects.toMatchObject({ name: 'AbortError' });
    expect([await place.read(), await place.names()]).toStrictEqual([
      '{}',
      ['moltbot.json', 'moltbot.json.lock'],
    ]);
  });

  it('is given up after two minutes in line, with what to do', async () => {
    const place = workplace();
    await place.write('{}');
    const lock = `${place.path}.lock`;
    await mkdir(lock);
    // A holder that keeps its lock fresh, beside a clock that is set back again and again.
    let passed = 0;
    const now = () => 1_000_000_000_000 - 60 * passed;
    const monotonic = () => {
      passed += 5_000;
      utimesSync(lock, now() / 1000, now() / 1000);
      return passed;
    };
    await expect(
      applyConfigChange(place.location(), accountEdits(), { env: {}, now, monotonic }),
    ).rejects.toMatchObject({
      code: 'config-locked',
      exitCode: 5,
      details: { path: place.path, lock },
    });
    expect(await place.read()).toBe('{}');
  });

  it('of a killed process is taken over', async () => {
    const place = workplace();
    await place.write('{}');
    await mkdir(`${place.path}.lock`);
    await utimes(`${place.path}.lock`, 1_000, 1_000);
    expect(await applyConfigChange(place.location(), accountEdits(), { env: {} })).toMatchObject({
      changed: true,
    });
    expect(await place.names()).toStrictEqual(['moltbot.json', 'moltbot.json.bak']);
  });

  it.each([
    ['lock', ['']],
    ['lock, and of one that took it over', ['', '.breaking']],
  ])('of a killed process is taken over after the clock was set back: %s', async (_, ends) => {
    const place = workplace();
    await place.write('{}');
    const tomorrow = Date.now() / 1000 + 24 * 60 * 60;
    for (const end of ends) {
      await mkdir(`${place.path}.lock${end}`);
      await utimes(`${place.path}.lock${end}`, tomorrow, tomorrow);
    }
    let passed = 0;
    const monotonic = () => {
      passed += 1_000;
      return passed;
    };
    expect(
      await applyConfigChange(place.location(), accountEdits(), { env: {}, monotonic }),
    ).toMatchObject({ changed: true });
    expect(await place.names()).toStrictEqual(['moltbot.json', 'moltbot.json.bak']);
  });

  it('is taken over also when one was killed while taking it over', async () => {
    const place = workplace();
    await place.write('{}');
    for (const name of [`${place.path}.lock`, `${place.path}.lock.breaking`]) {
      await mkdir(name);
      await utimes(name, 1_000, 1_000);
    }
    expect(await applyConfigChange(place.location(), accountEdits(), { env: {} })).toMatchObject({
      changed: true,
    });
    expect(await place.names()).toStrictEqual(['moltbot.json', 'moltbot.json.bak']);
  });
});
