import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nameInstallPath } from '../../../../src/host/machine/plugin/local-install-path.ts';
import { temporaryHome } from '../../../support/home.ts';

it('names where the plugin is, for the hosts that offer it from there', async () => {
  const folder = await temporaryHome();
  const path = join(folder, 'package.json');
  const install = { npmSpec: '@moltbot/feishu', localPath: '../x', defaultChoice: 'local' };
  const own = { extensions: ['./index.js'], install };
  const before = { name: '@moltbot/feishu', moltbot: own, clawdbot: own, openclaw: own };
  await writeFile(path, JSON.stringify(before));
  await nameInstallPath(folder);
  const named = { ...own, install: { ...install, localPath: folder } };
  const after = JSON.parse(await readFile(path, 'utf8'));
  expect(after).toEqual({ ...before, moltbot: named, clawdbot: named });
  expect((await stat(path)).mode & 0o777).toBe(0o644);
  const { mtimeMs } = await stat(path);
  await nameInstallPath(folder);
  expect((await stat(path)).mtimeMs).toBe(mtimeMs);
});

it('leaves what it cannot read or does not know', async () => {
  const folder = await temporaryHome();
  await expect(nameInstallPath(folder)).resolves.toBeUndefined();
  await mkdir(join(folder, 'other'));
  for (const text of ['{', '[]', '{"clawdbot":1}', '{"clawdbot":{"install":"x"}}']) {
    await writeFile(join(folder, 'package.json'), text);
    await nameInstallPath(folder);
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe(text);
  }
});
