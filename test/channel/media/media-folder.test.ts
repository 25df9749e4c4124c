import { existsSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  createMediaFolder,
  removeOldMediaFolders,
} from '../../../src/channel/message/media/media-folder.ts';
import { temporaryHome } from '../../support/home.ts';

it('removes what killed processes have left, and nothing else', async () => {
  const { TMPDIR } = process.env;
  const folder = await temporaryHome();
  process.env.TMPDIR = folder;
  onTestFinished(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  const now = Date.now();
  const own = await createMediaFolder();
  // No process has so large a number.
  const dead = 'moltbot-feishu-media-99999999-';
  const of = async (name: string, ageMin: number) => {
    const path = join(folder, name);
    await mkdir(path, { recursive: true });
    const at = new Date(now - ageMin * 60_000);
    await utimes(path, at, at);
    return path;
  };
  const all = {
    own,
    fresh: await of(`${dead}a`, 1),
    left: await of(`${dead}b`, 20),
    old: await of(`moltbot-feishu-media-${process.pid}-c`, 25 * 60),
    other: await of('other-99999999-d', 25 * 60),
  };
  await removeOldMediaFolders(now);
  const left = Object.entries(all).filter(([, path]) => existsSync(path));
  expect(left.map(([name]) => name)).toEqual(['own', 'fresh', 'other']);
});
