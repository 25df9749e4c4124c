import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyConfigChange } from '../../src/config/change.ts';
import { type FileSystem, nodeFileSystem } from '../../src/config/file-system.ts';
import { toValue } from '../../src/config/json5.ts';
import { locateConfig } from '../../src/config/locate.ts';
import { parseRoot } from '../../src/config/parse.ts';
import { temporaryHome } from '../support/home.ts';

const OLD = `{\n  // mine\n  "gateway": { "port": 1 },\n}\n`;
const change = [{ path: ['channels', 'feishu', 'appId'], value: 'cli_0123456789abcdef' }];

function valueIn(text: string) {
  const root = parseRoot(text, 'test');
  return Object(root && toValue(root)) as Record<string, unknown>;
}

async function configured(text = OLD) {
  const home = await temporaryHome();
  const folder = join(home, '.clawdbot');
  await mkdir(folder, { mode: 0o700 });
  const path = join(folder, 'moltbot.json');
  await writeFile(path, text, { mode: 0o600 });
  return { home, folder, path, location: locateConfig({ env: {}, home }) };
}

/** Fails the n-th system call; after a kill, every later one too, as if the process were gone. */
function failing(
  at: number,
  mode: 'error' | 'kill',
  code = 'ENOSPC',
): { fs: FileSystem; calls: () => number } {
  let calls = 0;
  const guard =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      const number = calls++;
      if (number === at || (mode === 'kill' && number > at)) {
        return Promise.reject(Object.assign(new Error(code), { code }));
      }
      return call(...args);
    };
  const fs: FileSystem = {
    ...nodeFileSystem,
    readlink: guard(nodeFileSystem.readlink),
    chmod: guard(nodeFileSystem.chmod),
    readFile: guard(nodeFileSystem.readFile),
    realpath: guard(nodeFileSystem.realpath),
    stat: guard(nodeFileSystem.stat),
    readdir: guard(nodeFileSystem.readdir),
    mkdir: guard(nodeFileSystem.mkdir),
    rename: guard(nodeFileSystem.rename),
    unlink: guard(nodeFileSystem.unlink),
    syncDirectory: guard(nodeFileSystem.syncDirectory),
    create: guard(async (path, bits) => {
      const file = await nodeFileSystem.create(path, bits);
      return {
        // Half of it lands before the failure, as on a full disk.
        write: async (data) => {
          if (calls++ >= at && (mode === 'kill' || calls - 1 === at)) {
            await file.write(data.slice(0, data.length / 2));
            throw Object.assign(new Error(code), { code });
          }
          await file.write(data);
        },
        sync: guard(() => file.sync()),
        chmod: guard((bits) => file.chmod(bits)),
        chown: guard((uid, gid) => file.chown(uid, gid)),
        close: () => file.close(),
      };
    }),
  };
  return { fs, calls: () => calls };
}

describe('whatever fails while the config is written', () => {
  it.each(['error', 'kill'] as const)(
    'the file is whole, old or new: %s at each system call',
    async (mode) => {
      const undisturbed = await configured();
      const counter = failing(Number.POSITIVE_INFINITY, 'error');
      await applyConfigChange(undisturbed.location, change, { env: {}, fs: counter.fs });
      const written = await readFile(undisturbed.path, 'utf8');
      expect(counter.calls()).toBeGreaterThan(15);
      for (let at = 0; at < counter.calls(); at++) {
        const { path, location } = await configured();
        await applyConfigChange(location, change, { env: {}, fs: failing(at, mode).fs }).catch(
          (error: unknown) => {
            expect(Object(error).code, `call ${at}`).toMatch(/^config-/);
          },
        );
        const text = await readFile(path, 'utf8');
        expect([OLD, written], `call ${at}`).toContain(text);
        // And the next run succeeds.
        await applyConfigChange(location, change, { env: {} });
        expect(await readFile(path, 'utf8'), `call ${at}`).toBe(written);
      }
    },
  );
});

describe('a written config', () => {
  it('keeps the mode, and five backups no wider', async () => {
    const { folder, path, location } = await configured();
    await chmod(path, 0o640);
    for (let round = 0; round < 7; round++) {
      await applyConfigChange(location, [{ path: ['round'], value: round }], { env: {} });
    }
    expect((await readdir(folder)).sort()).toEqual(
      [
        'moltbot.json',
        ...['', '.1', '.2', '.3', '.4'].map((age) => `moltbot.json.bak${age}`),
      ].sort(),
    );
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o640);
    expect(valueIn(await readFile(`${path}.bak.4`, 'utf8')).round).toBe(1);
  });

  it('goes through a symlink to its target', async () => {
    const { home, path, location } = await configured();
    const target = join(home, 'elsewhere.json');
    await writeFile(target, OLD);
    await nodeFileSystem.unlink(path);
    await symlink(target, path);
    await applyConfigChange(location, change, { env: {} });
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toContain('cli_0123456789abcdef');
  });

  it('is edited in the file that owns the key', async () => {
    const { folder, path, location } = await configured(
      `{ channels: { $include: './channels.json5' } }\n`,
    );
    const owner = join(folder, 'channels.json5');
    await writeFile(owner, `{\n  telegram: {}, // tg\n}\n`);
    await applyConfigChange(location, change, { env: {} });
    expect(await readFile(path, 'utf8')).toBe(`{ channels: { $include: './channels.json5' } }\n`);
    expect(await readFile(owner, 'utf8')).toContain('// tg\n  feishu: {\n    appId:');
  });

  it('is refused where a file outside owns the key, with what to paste', async () => {
    const { home, path, location } = await configured(`{ $include: '../shared.json5' }\n`);
    const shared = join(home, 'shared.json5');
    await writeFile(shared, '{ channels: { feishu: {} } }');
    await expect(applyConfigChange(location, change, { env: {} })).rejects.toMatchObject({
      code: 'config-include-unsupported',
      exitCode: 5,
      details: { snippet: expect.stringContaining('cli_0123456789abcdef') },
    });
    expect(await readFile(path, 'utf8')).toBe(`{ $include: '../shared.json5' }\n`);
    expect(await readFile(shared, 'utf8')).toBe('{ channels: { feishu: {} } }');
  });

  it('is never written under Nix', async () => {
    const { path, location } = await configured();
    await expect(
      applyConfigChange(location, change, { env: { CLAWDBOT_NIX_MODE: '1' } }),
    ).rejects.toMatchObject({ code: 'config-managed' });
    expect(await readFile(path, 'utf8')).toBe(OLD);
  });

  it('is planned anew when somebody without the lock has written meanwhile', async () => {
    const { path, location } = await configured();
    let reads = 0;
    const fs: FileSystem = {
      ...nodeFileSystem,
      readFile: async (file) => {
        const text = await nodeFileSystem.readFile(file);
        // Between the plan and the rename, a host adds its own key.
        if (++reads === 6)
          await writeFile(path, OLD.replace('"gateway"', '"host": true,\n  "gateway"'));
        return text;
      },
    };
    await applyConfigChange(location, change, { env: {}, fs });
    const text = await readFile(path, 'utf8');
    expect(text).toContain('cli_0123456789abcdef');
    expect(valueIn(text).gateway).toEqual({ port: 1 });
  });
});
