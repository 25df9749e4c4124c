/** Hosts by what they left in a HOME. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { locateForHost } from '../../../../src/host/machine/installed/locate-for-host.ts';
import { plausibleHosts } from '../../../../src/host/machine/installed/plausible-hosts.ts';
import { temporaryHome } from '../../../support/home.ts';

async function homeWith(paths: readonly string[], links: Readonly<Record<string, string>> = {}) {
  const home = await temporaryHome();
  for (const path of paths) {
    const isFile = path.endsWith('.json');
    await mkdir(join(home, isFile ? dirname(path) : path), { recursive: true });
    if (isFile) await writeFile(join(home, path), '{}');
  }
  for (const [name, target] of Object.entries(links)) {
    await symlink(join(home, target), join(home, name));
  }
  return home;
}

it('knows hosts by their directories, and a link is not a second host', async () => {
  const cases: readonly [string[], string[], Record<string, string>?][] = [
    [[], []],
    [['.openclaw'], ['openclaw']],
    [['.clawdbot'], ['moltbot']],
    [['.clawdbot/clawdbot.json'], ['clawdbot']],
    [
      ['.clawdbot/clawdbot.json', '.clawdbot/moltbot.json'],
      ['clawdbot', 'moltbot'],
    ],
    [
      ['.moltbot', '.openclaw'],
      ['moltbot', 'openclaw'],
    ],
    [['.moltbot'], ['moltbot'], { '.clawdbot': '.moltbot' }],
    [['.openclaw'], ['openclaw'], { '.clawdbot': '.openclaw' }],
  ];
  const found = [];
  for (const [paths, , links] of cases) {
    found.push(await plausibleHosts({ env: {}, home: await homeWith(paths, links) }));
  }
  expect(found).toEqual(cases.map(([, hosts]) => hosts));
});

it('finds the file of the only host that has been here, before there is one', async () => {
  const options = { env: {}, platform: process.platform, host: undefined, config: undefined };
  const home = await homeWith(['.openclaw']);
  const { path } = await locateForHost({ ...options, home });
  expect(path).toBe(join(home, '.openclaw', 'openclaw.json'));
  const fresh = await homeWith([]);
  const first = await locateForHost({ ...options, home: fresh });
  expect(first.path).toBe(join(fresh, '.clawdbot', 'moltbot.json'));
});
