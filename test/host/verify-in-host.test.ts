/**
 * What setup makes of a gateway's word. The real ones are asked in real/: here a program says what a
 * real one says only for an instant, or never on this machine.
 */
import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { locateConfig } from '../../src/config/locate.ts';
import { render } from '../../src/shared/text/text.ts';
import { verifyInHost } from '../../src/wizard/plugin/verify-in-host.ts';
import { temporaryHome } from '../support/home.ts';

interface Said {
  readonly running?: boolean;
  readonly connected?: boolean;
  readonly lastStartAt?: number;
  readonly lastError?: string;
  readonly probe?: { readonly ok: boolean; readonly error?: string } | null;
}

/** @param answers one for each time that the host is asked; the last one stays. `null`: it refuses */
async function workplace(answers: readonly (Said | null)[]) {
  const home = await temporaryHome();
  const location = locateConfig({ env: {}, home, host: 'clawdbot' });
  await mkdir(location.stateDir);
  await writeFile(location.path, '{}');
  const asked = join(home, 'asked');
  await writeFile(join(home, 'answers.json'), JSON.stringify(answers));
  const program = join(home, 'clawdbot');
  const script = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(asked)}, process.argv.slice(2).join(' ') + '\\n');
const times = readFileSync(${JSON.stringify(asked)}, 'utf8').split('\\n').length - 2;
const answers = JSON.parse(readFileSync(${JSON.stringify(join(home, 'answers.json'))}, 'utf8'));
const said = answers[Math.min(times, answers.length - 1)];
if (said === null) process.exit(1);
if (said.running && process.argv.includes('--probe') && said.probe === undefined) said.probe = { ok: true };
console.log('a banner');
console.log(JSON.stringify({ channelAccounts: { feishu: [{ accountId: 'default', ...said }] } }, null, 2));
`;
  await writeFile(program, script, { mode: 0o755 });
  const found = { name: 'clawdbot', path: program, version: '1', nodeRange: '' } as const;
  const { mtimeMs } = await stat(location.path);
  const leave = new AbortController();
  return {
    home,
    asked: async () => (await readFile(asked, 'utf8')).trim().split('\n'),
    location,
    changedAt: mtimeMs,
    leave,
    async verify(
      more: { readonly changedAt?: number; readonly isUp?: boolean; nodeRange?: string } = {},
    ) {
      const host = { ...found, node: undefined, nodeRange: more.nodeRange ?? '' };
      const result = await verifyInHost({
        env: { PATH: home },
        platform: process.platform,
        signal: leave.signal,
        now: Date.now,
        location,
        facts: { host, isUp: more.isUp ?? true, settings: { gateway: { mode: 'local' } } },
        accountId: 'default',
        changedAt: more.changedAt ?? mtimeMs,
      });
      const { status, detail, advice: fix } = result;
      return { status, detail: detail && render(detail, 'en'), fix: fix && render(fix, 'en') };
    },
  };
}

const well = { running: true, connected: true };

it('waits while the gateway starts, refuses, and connects; then takes its word', async () => {
  const { verify } = await workplace([null, {}, { running: true, connected: false }, well]);
  expect(await verify()).toMatchObject({ status: 'ok' });
});

it('does not take for new what ran before the config was written', async () => {
  const place = await workplace([
    { ...well, lastStartAt: 5_000 },
    { ...well, lastStartAt: 20_000 },
  ]);
  await utimes(place.location.path, 10, 10);
  expect(await place.verify()).toMatchObject({ status: 'ok' });
  expect(await place.asked()).toEqual([
    'channels status --json',
    'channels status --json',
    'channels status --probe --json',
  ]);
  const again = await workplace([{ ...well, lastStartAt: 5_000 }]);
  // Nothing was changed: what runs is what the config says.
  await utimes(again.location.path, 10, 10);
  expect(await again.verify({ changedAt: 10_000 })).toMatchObject({ status: 'ok' });
});

it('tells what the host itself finds wrong', async () => {
  const { verify } = await workplace([
    well,
    { ...well, probe: { ok: false, error: 'no way out' } },
  ]);
  const result = await verify();
  expect(result.status).toBe('warn');
  expect(result.detail).toContain('no way out');
});

it('claims nothing of a check that the host did not make', async () => {
  const { verify } = await workplace([well, { ...well, probe: null }]);
  expect(await verify()).toMatchObject({ status: 'not-checked' });
});

it('leaves when the person does', async () => {
  const { verify, leave } = await workplace([{ running: false }]);
  const verdict = verify();
  leave.abort(new Error('left'));
  await expect(verdict).rejects.toThrow('left');
});

it('names a Node that the host will not start with', async () => {
  const { home, verify } = await workplace([null]);
  await writeFile(join(home, 'node'), '#!/bin/sh\necho v20.1.0\n', { mode: 0o755 });
  const result = await verify({ isUp: false, nodeRange: '>=22.12.0' });
  expect(result).toMatchObject({ status: 'warn' });
  expect(result.detail).toContain('v20.1.0');
  expect(await verify({ isUp: false, nodeRange: '>=18' })).toMatchObject({ status: 'skipped' });
});
