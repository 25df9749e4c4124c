import { chmod, mkdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyConfigChange, planConfigChange } from '../../../src/config/change/change.ts';
import { nodeFileSystem } from '../../../src/config/file/file-system.ts';
import { jsonOf, parseJson5 } from '../../../src/config/json5/json5.ts';
import { accountEdits, OTHER_APP_ID, workplace } from '../workplace.ts';

const env = {};
const set = (key: string, value: string) => [{ path: ['channels', 'feishu', key], value }];

describe('writing a config', () => {
  it('makes the directory 0700 and the file 0600, and no backup of nothing', async () => {
    const place = workplace();
    const applied = await applyConfigChange(place.location(), accountEdits(), { env });
    expect(applied).toStrictEqual({ changed: true, path: place.path });
    expect((await stat(place.stateDir)).mode & 0o777).toBe(0o700);
    expect(await place.mode()).toBe(0o600);
    expect(await place.names()).toStrictEqual(['moltbot.json']);
  });

  it.each([0o600, 0o640, 0o644])('keeps the mode %o, for the backup too', async (mode) => {
    const place = workplace();
    await place.write('{}', 'moltbot.json', mode);
    const { backup } = await applyConfigChange(place.location(), accountEdits(), { env });
    expect(backup).toBe(`${place.path}.bak`);
    expect(await place.mode()).toBe(mode);
    expect(await place.mode('moltbot.json.bak')).toBe(mode);
  });

  it('keeps five previous contents, none with a wider mode than the file', async () => {
    const place = workplace();
    await place.write('{n: 0}', 'moltbot.json', 0o644);
    await applyConfigChange(place.location(), set('domain', 'https://n1'), { env });
    await chmod(place.path, 0o600);
    for (let n = 2; n <= 8; n++)
      await applyConfigChange(place.location(), set('domain', `https://n${n}`), { env });
    expect(await place.names()).toStrictEqual([
      'moltbot.json',
      'moltbot.json.bak',
      ...[1, 2, 3, 4].map((n) => `moltbot.json.bak.${n}`),
    ]);
    const domains = await Promise.all(
      (await place.names()).map(
        async (name) => /https:\/\/(\w+)/.exec(await place.read(name))?.[1],
      ),
    );
    expect(domains).toStrictEqual(['n8', 'n7', 'n6', 'n5', 'n4', 'n3']);
    for (const name of await place.names()) expect(await place.mode(name)).toBe(0o600);
  });

  it('narrows an older backup that others could read', async () => {
    const place = workplace();
    await place.write('{}', 'moltbot.json', 0o600);
    await place.write('{old: 1}', 'moltbot.json.bak', 0o666);
    await applyConfigChange(place.location(), accountEdits(), { env });
    expect(await place.read('moltbot.json.bak.1')).toBe('{old: 1}');
    expect(await place.mode('moltbot.json.bak.1')).toBe(0o600);
  });

  it('fills a gap in the chain instead of pushing the oldest out', async () => {
    const place = workplace();
    await place.write('{n: 0}');
    await place.write('{n: 2}', 'moltbot.json.bak.2');
    await place.write('{n: 1}', 'moltbot.json.bak');
    await applyConfigChange(place.location(), accountEdits(), { env });
    expect(
      await Promise.all(
        ['.bak', '.bak.1', '.bak.2'].map((end) => place.read(`moltbot.json${end}`)),
      ),
    ).toStrictEqual(['{n: 0}', '{n: 1}', '{n: 2}']);
  });

  it('writes nothing when nothing changes: no byte, no time, no backup', async () => {
    const place = workplace();
    await applyConfigChange(place.location(), accountEdits(), { env });
    await utimes(place.path, 1_000_000, 1_000_000);
    const before = await stat(place.path, { bigint: true });
    const directory = await stat(place.stateDir, { bigint: true });
    expect(await applyConfigChange(place.location(), accountEdits(), { env })).toStrictEqual({
      changed: false,
      path: place.path,
    });
    const after = await stat(place.path, { bigint: true });
    expect([after.mtimeNs, after.ctimeNs, after.ino]).toStrictEqual([
      before.mtimeNs,
      before.ctimeNs,
      before.ino,
    ]);
    expect((await stat(place.stateDir, { bigint: true })).mtimeNs).toBe(directory.mtimeNs);
    expect(await place.names()).toStrictEqual(['moltbot.json']);
  });

  it('follows symlinks, of the file and of its directory, and leaves them be', async () => {
    const place = workplace();
    const dotfiles = join(place.home, 'dotfiles');
    await mkdir(dotfiles);
    await writeFile(join(dotfiles, 'real.json'), '{a: 1}', { mode: 0o600 });
    await mkdir(join(place.home, '.moltbot'));
    await symlink('.moltbot', place.stateDir);
    await symlink('../dotfiles/real.json', join(place.home, '.moltbot', 'moltbot.json'));
    const { path, backup } = await applyConfigChange(place.location(), set('domain', 'lark'), {
      env,
    });
    const real = await nodeFileSystem.realpath(join(dotfiles, 'real.json'));
    expect([path, backup]).toStrictEqual([real, `${real}.bak`]);
    expect(await readFile(real, 'utf8')).toContain('lark');
    expect(await nodeFileSystem.readlink(join(place.stateDir, 'moltbot.json'))).toBe(
      '../dotfiles/real.json',
    );
    expect(await place.names()).toStrictEqual(['moltbot.json']);
  });

  it('makes the file that a symlink names in vain', async () => {
    const place = workplace();
    await mkdir(place.stateDir);
    await symlink('../later/real.json', place.path);
    await applyConfigChange(place.location(), set('domain', 'lark'), { env });
    expect(await readFile(join(place.home, 'later', 'real.json'), 'utf8')).toContain('lark');
  });

  it.each(['CLAWDBOT_NIX_MODE', 'MOLTBOT_NIX_MODE', 'OPENCLAW_NIX_MODE'])(
    'writes nothing under %s=1, and gives the snippet',
    async (name) => {
      const place = workplace();
      await place.write('{a: 1}');
      const applying = applyConfigChange(place.location(), accountEdits(), {
        env: { [name]: '1' },
      });
      await expect(applying).rejects.toMatchObject({
        code: 'config-managed',
        exitCode: 5,
        details: { snippet: expect.stringMatching(/"appId": "cli_[\s\S]*"appSecret": "\*\*\*"/) },
      });
      expect([await place.read(), await place.names()]).toStrictEqual(['{a: 1}', ['moltbot.json']]);
    },
  );

  it('plans without writing', async () => {
    const place = workplace();
    const plan = await planConfigChange(place.location(), accountEdits(), { env });
    expect(plan).toMatchObject({ file: place.path, changed: true, before: '', exists: false });
    await expect(place.names()).rejects.toThrow('ENOENT');
  });

  it('plans anew on what another program has written meanwhile', async () => {
    const place = workplace();
    await place.write('{host: 0}');
    let writes = 0;
    const fs = {
      ...nodeFileSystem,
      // The host writes without our lock, whenever a temporary file of ours is complete.
      create: async (path: string, mode: number) => {
        if (!path.includes('.bak') && writes < 3) await place.write(`{host: ${++writes}}`);
        return nodeFileSystem.create(path, mode);
      },
    };
    const { changed } = await applyConfigChange(place.location(), set('domain', 'lark'), {
      env,
      fs,
    });
    expect(changed).toBe(true);
    expect(jsonOf(parseJson5(await place.read()) ?? expect.fail())).toStrictEqual({
      host: 3,
      channels: { feishu: { domain: 'lark' } },
    });
    expect(await place.names()).toStrictEqual(['moltbot.json', 'moltbot.json.bak']);
    expect(await place.read('moltbot.json.bak')).toBe('{host: 3}');
  });

  it('gives up when that never ends, and leaves no trace', async () => {
    const place = workplace();
    await place.write('{host: 0}');
    let writes = 0;
    const fs = {
      ...nodeFileSystem,
      create: async (path: string, mode: number) => {
        await place.write(`{host: ${++writes}}`);
        return nodeFileSystem.create(path, mode);
      },
    };
    await expect(
      applyConfigChange(place.location(), set('domain', 'lark'), { env, fs }),
    ).rejects.toMatchObject({ code: 'config-contended', exitCode: 5 });
    expect([await place.read(), await place.names()]).toStrictEqual([
      `{host: ${writes}}`,
      ['moltbot.json'],
    ]);
  });

  it('asks what follows from the config again under the lock', async () => {
    const place = workplace();
    await place.write('{}');
    const seen: (string | undefined)[] = [];
    await applyConfigChange(
      place.location(),
      ({ section }) => {
        seen.push(section?.domain);
        return set('appId', OTHER_APP_ID);
      },
      { env },
    );
    expect(seen).toStrictEqual([undefined, undefined]);
  });

  it('refuses an edit that would make the section wrong', async () => {
    const place = workplace();
    await place.write('{}');
    await expect(
      applyConfigChange(place.location(), set('dmPolicy', 'all'), { env }),
    ).rejects.toMatchObject({ code: 'config-invalid' });
    expect([await place.read(), await place.names()]).toStrictEqual(['{}', ['moltbot.json']]);
  });

  it('needs no value of a variable, and keeps its name', async () => {
    const place = workplace();
    await place.write(`{channels: {feishu: {appSecret: "\${NOT_SET}"}}}`);
    await applyConfigChange(place.location(), set('domain', 'lark'), { env });
    expect(await place.read()).toContain(`"\${NOT_SET}"`);
  });

  it('never touches a file that does not parse', async () => {
    const place = workplace();
    await place.write('{channels: {');
    await expect(
      applyConfigChange(place.location(), set('domain', 'lark'), { env }),
    ).rejects.toMatchObject({ code: 'config-unparsable' });
    expect([await place.read(), await place.names()]).toStrictEqual([
      '{channels: {',
      ['moltbot.json'],
    ]);
  });

  it('writes nothing once it is aborted', async () => {
    const place = workplace();
    await place.write('{}');
    const abort = new AbortController();
    const fs = {
      ...nodeFileSystem,
      create: (path: string, mode: number) => {
        abort.abort(new Error('enough'));
        return nodeFileSystem.create(path, mode);
      },
    };
    await expect(
      applyConfigChange(place.location(), set('domain', 'lark'), { env, fs, signal: abort.signal }),
    ).rejects.toThrow('enough');
    expect(await place.read()).toBe('{}');
  });

  it('removes what a killed run left, and nothing else', async () => {
    const place = workplace();
    await place.write('{}');
    const old = [
      'moltbot.json.0123456789ab.feishu-tmp',
      'moltbot.json.bak.0123456789ab.feishu-tmp',
      'moltbot.json.host.tmp',
      'other.json.0123456789ab.feishu-tmp',
    ];
    for (const name of old) await utimes(await place.write('x', name), 1_000, 1_000);
    await place.write('x', 'moltbot.json.ba9876543210.feishu-tmp');
    await applyConfigChange(place.location(), set('domain', 'lark'), { env });
    expect(await place.names()).toStrictEqual(
      [
        'moltbot.json',
        'moltbot.json.bak',
        'moltbot.json.ba9876543210.feishu-tmp',
        'moltbot.json.host.tmp',
        'other.json.0123456789ab.feishu-tmp',
      ].sort(),
    );
  });
});
