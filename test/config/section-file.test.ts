import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyConfigChange } from '../../src/config/change/change.ts';
import { readConfig } from '../../src/config/read.ts';
import { APP_ID, accountEdits, workplace } from './workplace.ts';

const env = {};

async function apply(files: Record<string, string>) {
  const place = workplace();
  for (const [name, text] of Object.entries(files)) await place.write(text, name);
  const result = await applyConfigChange(place.location(), accountEdits(), { env }).then(
    ({ path }) => ({ path: path.slice(path.lastIndexOf('.clawdbot/') + 10) }),
    (error: unknown) => ({ error }),
  );
  const touched: string[] = [];
  for (const [name, text] of Object.entries(files))
    if ((await place.read(name)) !== text) touched.push(name);
  return { ...result, touched, place };
}

describe('a config whose channels.feishu comes by $include', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'the section itself',
      { 'moltbot.json': "{channels: {feishu: {$include: './feishu.json'}}}", 'feishu.json': '{}' },
      'feishu.json',
    ],
    [
      'the channels',
      {
        'moltbot.json': "{channels: {$include: 'parts/channels.json'}}",
        'parts/channels.json': '{telegram: {}}',
      },
      'parts/channels.json',
    ],
    ['everything', { 'moltbot.json': "{$include: 'all.json'}", 'all.json': '{a: 1}' }, 'all.json'],
    [
      'a nested one',
      {
        'moltbot.json': "{$include: 'all.json'}",
        'all.json': "{channels: {$include: 'c.json'}}",
        'c.json': '{feishu: {}}',
      },
      'c.json',
    ],
    [
      'one of a list, the one that holds it',
      {
        'moltbot.json': "{$include: ['a.json', 'b.json'], own: 1}",
        'a.json': '{channels: {feishu: {}}}',
        'b.json': '{b: 1}',
      },
      'a.json',
    ],
    [
      'one beside other keys',
      { 'moltbot.json': "{own: 1, $include: 'a.json'}", 'a.json': '{channels: {telegram: {}}}' },
      'a.json',
    ],
    [
      'nobody: it goes into the config',
      { 'moltbot.json': "{own: 1, $include: 'a.json'}", 'a.json': '{a: 1}' },
      'moltbot.json',
    ],
    [
      'the config itself, over an include',
      {
        'moltbot.json': "{channels: {feishu: {enabled: false}, $include: 'c.json'}}",
        'c.json': '{telegram: {}}',
      },
      'moltbot.json',
    ],
    [
      'the config itself, which overrules the include',
      {
        'moltbot.json': "{$include: 'a.json', channels: {feishu: {}}}",
        'a.json': "{channels: {feishu: {domain: 'lark'}}}",
      },
      'moltbot.json',
    ],
  ])('%s', async (_name, files, edited) => {
    const { path, touched, place, ...rest } = (await apply(files)) as Awaited<
      ReturnType<typeof apply>
    > & { path?: string };
    expect(rest).not.toHaveProperty('error');
    expect([path, touched]).toStrictEqual([edited, [edited]]);
    expect((await readConfig(place.location(), { env })).section).toMatchObject({
      enabled: true,
      appId: APP_ID,
    });
  });

  it('is not edited when it lies outside, but told with the snippet', async () => {
    const place = workplace();
    await place.write("{channels: {$include: '../outside.json'}}");
    await writeFile(join(place.home, 'outside.json'), '{feishu: {}}');
    await expect(
      applyConfigChange(place.location(), accountEdits(), { env }),
    ).rejects.toMatchObject({
      code: 'config-include-unsupported',
      exitCode: 5,
      details: { file: join(place.home, 'outside.json'), snippet: expect.stringContaining(APP_ID) },
      advice: { params: { snippet: expect.stringContaining('"appSecret": "***"') } },
    });
  });

  it('is not edited through a symlink that leads outside', async () => {
    const place = workplace();
    await place.write("{channels: {$include: 'c.json'}}");
    await writeFile(join(place.home, 'outside.json'), '{}');
    await symlink('../outside.json', join(place.stateDir, 'c.json'));
    await expect(
      applyConfigChange(place.location(), accountEdits(), { env }),
    ).rejects.toMatchObject({ code: 'config-include-unsupported' });
  });

  it('is not edited where the change would not hold, since files are merged over it', async () => {
    const place = workplace();
    await place.write("{$include: ['a.json', 'b.json']}");
    await place.write("{channels: {feishu: {allowFrom: ['ou_a']}}}", 'a.json');
    await place.write("{channels: {feishu: {allowFrom: ['ou_b']}}}", 'b.json');
    const edit = [{ path: ['channels', 'feishu', 'allowFrom'], value: ['ou_c'] }];
    await expect(applyConfigChange(place.location(), edit, { env })).rejects.toMatchObject({
      code: 'config-include-unsupported',
    });
    expect(await place.read('b.json')).toContain('ou_b');
  });

  it('is found when the config’s directory is a symlink, as after the host’s move', async () => {
    const place = workplace();
    const real = join(place.home, '.moltbot');
    await mkdir(real);
    await symlink('.moltbot', place.stateDir);
    await place.write("{channels: {$include: 'c.json'}}");
    await place.write('{}', 'c.json');
    const { path } = await applyConfigChange(place.location(), accountEdits(), { env });
    expect(path.endsWith('/.moltbot/c.json')).toBe(true);
  });
});
