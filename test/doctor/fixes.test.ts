import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/doctor/check.ts';
import { render } from '../../src/shared/text/text.ts';
import { faults } from './faults/all.ts';
import { openWorkplace, placePlugin } from './workplace.ts';

const isBroken = ({ status }: CheckResult) => status === 'fail' || status === 'warn';
const fixableFaults = faults.filter(({ isFixable }) => isFixable);

describe.concurrent('what can be fixed automatically', () => {
  it.each(fixableFaults)('is fixed, and nothing else is touched: $broken', async (fault) => {
    const workplace = await openWorkplace(fault.place);
    try {
      await fault.make?.(workplace);
      const { fixes } = await workplace.run();
      expect(fixes.length).toBeGreaterThan(0);
      const announced = fixes.map(({ text }) => render(text, 'en')).join('\n');
      const before = await workplace.snapshot();
      const callsBefore = workplace.sandbox.calls().length;

      for (const fix of fixes) await fix.apply(new AbortController().signal);

      const after = await workplace.snapshot();
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
        (path) => before.get(path) !== after.get(path),
      );
      for (const path of changed) {
        // Its backup belongs to a file that is announced.
        const isAnnounced = announced
          .split(/[\s:]+/)
          .some((word) => word.startsWith('/') && path.replace(/\.bak$/, '').startsWith(word));
        expect(isAnnounced, `${path} was changed, announced was: ${announced}`).toBe(true);
      }
      const isOfApp = fixes.some(({ id }) => /^(?:app|menus) /.test(id));
      const writes = workplace.sandbox
        .calls()
        .slice(callsBefore)
        .filter(({ method, path }) => method !== 'GET' && !path.includes('tenant_access_token'));
      expect(writes.length > 0).toBe(isOfApp);

      const second = await workplace.run();
      expect(
        second.checks
          .filter(isBroken)
          .map(({ id, detail }) => [id, detail && render(detail, 'en')]),
      ).toEqual([]);
      expect(second.fixes).toEqual([]);
    } finally {
      await workplace.close();
    }
  });
});

it.each([
  ['a person has to, where the app may not change itself', { bot: false }],
  [
    'the administrator has to, where everything is asked for',
    { adminScopes: ['contact:user.base:readonly'] },
  ],
])('offers nothing that %s', async (_name, app) => {
  const workplace = await openWorkplace({ app });
  try {
    expect((await workplace.run()).fixes).toEqual([]);
  } finally {
    await workplace.close();
  }
});

it('never writes a config that is managed from outside, and says how instead', async () => {
  const workplace = await openWorkplace();
  try {
    workplace.feishu.enabled = false;
    workplace.env.CLAWDBOT_NIX_MODE = '1';
    const { fixes } = await workplace.run();
    const before = await workplace.snapshot();
    await expect(fixes[0]?.apply(new AbortController().signal)).rejects.toMatchObject({
      code: 'config-managed',
    });
    expect(await workplace.snapshot()).toEqual(before);
  } finally {
    await workplace.close();
  }
});

it('names every setting that keeps the plugin out, and fixes all of them', async () => {
  const workplace = await openWorkplace({ host: 'clawdbot' });
  try {
    const entries = { feishu: { enabled: false } };
    workplace.config.plugins = { enabled: false, deny: ['feishu'], allow: ['other'], entries };
    const { checks, fixes } = await workplace.run();
    const detail = checks.find(({ id }) => id === 'plugin-enabled')?.detail;
    expect((detail ? render(detail, 'en') : '').split('\n')).toHaveLength(4);
    for (const fix of fixes) await fix.apply(new AbortController().signal);
    const { checks: second } = await workplace.run();
    expect(second.find(({ id }) => id === 'plugin-enabled')).toMatchObject({ status: 'ok' });
  } finally {
    await workplace.close();
  }
});

it('says why the plugin cannot be placed where a file is in the way', async () => {
  const workplace = await openWorkplace({ host: 'clawdbot' });
  try {
    const folders = dirname(workplace.pluginPath);
    await rm(folders, { recursive: true });
    await workplace.write(folders, 'no folder');
    const pluginFolder = join(workplace.home, 'package', 'plugin');
    await placePlugin(pluginFolder);
    workplace.options = { pluginFolder };
    const { fixes } = await workplace.run();
    await expect(fixes[0]?.apply(new AbortController().signal)).rejects.toMatchObject({
      name: 'MoltbotFeishuError',
      details: { path: workplace.pluginPath },
    });
  } finally {
    await workplace.close();
  }
});
