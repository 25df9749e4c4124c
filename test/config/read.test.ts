import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { MoltbotFeishuError } from '../../src/shared/errors.ts';
import { render } from '../../src/shared/text/text.ts';
import { APP_ID, workplace } from './workplace.ts';

async function fail(text: string, env: Record<string, string> = {}): Promise<MoltbotFeishuError> {
  const place = workplace();
  await place.write(text);
  const error: MoltbotFeishuError = await readConfig(place.location(), { env }).then(
    () => expect.fail('it was read'),
    (reason: MoltbotFeishuError) => reason,
  );
  expect(error.exitCode).toBe(5);
  expect(await place.read()).toBe(text);
  return error;
}

describe('reading a config', () => {
  it('reads a file that is not there, or holds nothing, as empty', async () => {
    const place = workplace();
    expect(await readConfig(place.location(), { env: {} })).toMatchObject({
      root: {},
      text: undefined,
      section: undefined,
    });
    await place.write('\uFEFF  \r\n// nothing yet\n');
    expect(await readConfig(place.location(), { env: {} })).toMatchObject({
      root: {},
      section: undefined,
    });
  });

  it('gives the section typed, its unknown keys kept and told with the nearest name', async () => {
    const place = workplace();
    await place.write(
      `{channels: {feishu: {appID: 1, appId: '${APP_ID}', zzz: 2, blockStreaming: true, heartbeat: {showOk: true}, groups: {oc_1: {colour: 1, tools: {deny: ['exec']}}}, accounts: {a: {typingReactions: true}}}}}`,
    );
    const { section, warnings } = await readConfig(place.location(), { env: {} });
    expect(section).toMatchObject({ appId: APP_ID, zzz: 2 });
    expect(warnings.map(({ text }) => render(text, 'en'))).toStrictEqual([
      'channels.feishu.appID is not a known key and is ignored; did you mean appId?',
      'channels.feishu.zzz is not a known key and is ignored.',
      'channels.feishu.groups.oc_1.colour is not a known key and is ignored.',
      'channels.feishu.accounts.a.typingReactions is not a known key and is ignored; did you mean typingReaction?',
    ]);
  });

  it.each<[string, number, number, string]>([
    ['{\r\n  a: 1,\r\n  b: }\r\n', 3, 6, '***: }'],
    ['\uFEFF{,}', 1, 2, '{,}'],
    ['{"a": "x', 1, 7, '{"***": "***'],
    ['{\n"a": 1', 2, 7, '"***": ***'],
  ])(
    'says line, column and the structure of the line in %j',
    async (text, line, column, source) => {
      const error = await fail(text);
      expect(error).toMatchObject({ code: 'config-unparsable', details: { line, column, source } });
      for (const lang of ['en', 'zh'] as const)
        expect(render(error.what, lang)).toContain(source.trim());
    },
  );

  it('hides a secret in the line that does not parse', async () => {
    for (const line of [
      'appSecret: "topsecret1" x',
      "'accessToken': 'topsecret1",
      'password = topsecret1',
      '// apiKey: "topsecret1"\n}{',
    ]) {
      const error = await fail(`{\n${line}\n}`);
      expect(
        JSON.stringify([error.what, error.advice, error.details, error.message]),
      ).not.toContain('topsecret1');
    }
  });

  it.each<[string, string, string, string]>([
    ['{dmPolicy: "opne"}', 'channels.feishu.dmPolicy', '"opne"', '"open", "pairing", "allowlist"'],
    ['{appId: "app"}', 'channels.feishu.appId', '"***"', 'cli_ and 16 characters'],
    ['{allowFrom: ["ou_1", "ann"]}', 'channels.feishu.allowFrom.1', '"***"', 'an open_id'],
    [
      '{accounts: {a: {enabled: "yes"}}}',
      'channels.feishu.accounts.a.enabled',
      '"yes"',
      'true or false',
    ],
    ['{groups: {oc_1: {allowFrom: 3}}}', 'channels.feishu.groups.oc_1.allowFrom', '3', 'a list'],
    ['{mediaMaxMb: -1}', 'channels.feishu.mediaMaxMb', '-1', 'above 0'],
    ['{domain: "example.com"}', 'channels.feishu.domain', '"***"', 'http(s) URL'],
    ['[]', 'channels.feishu', '[…]', 'an object'],
    ['{appSecret: 12345678}', 'channels.feishu.appSecret', '***', 'a text'],
  ])('names path, found and allowed of %s', async (section, key, found, allowed) => {
    const error = await fail(`{channels: {feishu: ${section}}}`);
    expect(error).toMatchObject({ code: 'config-invalid', details: { key } });
    expect(error.message).toContain(`${key} is ${found}; allowed: `);
    expect(error.message).toContain(allowed);
    expect(render(error.what, 'zh')).toContain(`${key} 的值为 ${found}`);
  });

  it('says what cannot be read, and why', async () => {
    const place = workplace();
    await mkdir(place.path, { recursive: true });
    await expect(readConfig(place.location(), { env: {} })).rejects.toMatchObject({
      code: 'config-unreadable',
      exitCode: 5,
    });
    const other = workplace();
    await other.write('');
    await writeFile(other.path, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    await expect(readConfig(other.location(), { env: {} })).rejects.toThrow('not UTF-8');
  });
});

describe('variables', () => {
  it('puts them in, the environment before the config’s own', async () => {
    const place = workplace();
    await place.write(
      `{env: {ONE: 'own', TWO: 'own', vars: {TWO: 'vars', THREE: 'vars'}}, channels: {feishu: {domain: 'https://\${ONE}.\${TWO}.\${THREE}', appSecret: '$\${ONE}'}}}`,
    );
    const { section } = await readConfig(place.location(), { env: { ONE: 'env', TWO: '' } });
    expect(section).toMatchObject({ domain: 'https://env.own.vars', appSecret: `\${ONE}` });
  });

  it('misses one only within channels.feishu', async () => {
    const place = workplace();
    await place.write(
      `{a: '\${NOWHERE}', channels: {telegram: {token: '\${NOWHERE}'}, feishu: {}}}`,
    );
    expect((await readConfig(place.location(), { env: {} })).root).toMatchObject({
      a: `\${NOWHERE}`,
    });
    const error = await fail(`{channels: {feishu: {accounts: {a: {appSecret: '\${NOWHERE}'}}}}}`);
    expect(error).toMatchObject({
      code: 'config-variable-missing',
      details: { key: 'channels.feishu.accounts.a.appSecret', variable: 'NOWHERE' },
    });
  });

  it('may be ignored: then the key counts as absent', async () => {
    const place = workplace();
    await place.write(
      `{channels: {feishu: {appId: '\${ID}', appSecret: '\${S}', allowFrom: ['ou_1', '\${P}']}}}`,
    );
    const { section, missingVariables } = await readConfig(place.location(), {
      env: {},
      missingVariables: 'ignore',
    });
    expect(section).toStrictEqual({ allowFrom: ['ou_1'] });
    expect(missingVariables.map(({ name }) => name)).toStrictEqual(['ID', 'S', 'P']);
  });

  it('are checked for what they say', async () => {
    const error = await fail(`{channels: {feishu: {appId: '\${ID}'}}}`, { ID: 'wrong' });
    expect(error).toMatchObject({
      code: 'config-invalid',
      details: { key: 'channels.feishu.appId' },
    });
  });
});

describe('$include', () => {
  it('merges deeply: a list in order, own keys over it, lists one behind the other, nested and relative', async () => {
    const place = workplace();
    await place.write(
      "{$include: ['a.json', './sub/b.json5'], own: 1, shared: {own: 1, list: [3]}}",
    );
    await place.write(
      "{a: 1, shared: {a: 1, own: 0, list: [1]}, channels: {feishu: {domain: 'lark'}}}",
      'a.json',
    );
    await place.write(
      "{shared: {b: 1, a: 2, list: [2]}, channels: {$include: 'c.json'}}",
      'sub/b.json5',
    );
    await place.write("{feishu: {dmPolicy: 'pairing'}}", 'sub/c.json');
    const { root, section } = await readConfig(place.location(), { env: {} });
    expect(root).toStrictEqual({
      a: 1,
      own: 1,
      shared: { a: 2, b: 1, own: 1, list: [1, 2, 3] },
      channels: { feishu: { domain: 'lark', dmPolicy: 'pairing' } },
    });
    expect(section).toStrictEqual({ domain: 'lark', dmPolicy: 'pairing' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a cycle', { 'a.json': "{$include: 'moltbot.json'}" }, 'config-invalid'],
    ['a missing file', {}, 'config-unreadable'],
    ['a file that does not parse', { 'a.json': '{' }, 'config-unparsable'],
    ['a list beside own keys', { 'a.json': '[1]' }, 'config-invalid'],
    [
      'a chain that is too long',
      Object.fromEntries([
        ['a.json', "{$include: '0.json'}"],
        ...Array.from({ length: 12 }, (_, n) => [`${n}.json`, `{$include: '${n + 1}.json'}`]),
      ]),
      'config-invalid',
    ],
  ])('refuses %s, and names the file', async (_name, files, code) => {
    const place = workplace();
    await place.write("{own: 1, $include: 'a.json'}");
    for (const [name, text] of Object.entries(files)) await place.write(text, name);
    await expect(readConfig(place.location(), { env: {} })).rejects.toMatchObject({
      code,
      exitCode: 5,
      message: expect.stringContaining('.json'),
    });
  });
});
