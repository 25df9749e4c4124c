/** What errors and diffs show of a config: structure, and no value that could be a secret. */
import { describe, expect, it } from 'vitest';
import { planConfigChange } from '../../../src/config/change/change.ts';
import { removalEdits } from '../../../src/config/change/removal.ts';
import { peerKeys } from '../../../src/config/peers/keys/peer-keys.ts';
import { readConfig } from '../../../src/config/read.ts';
import { maskConfigText, shownValue } from '../../../src/config/shown/mask.ts';
import { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { render } from '../../../src/shared/text/text.ts';
import { APP_ID, accountEdits, workplace } from '../workplace.ts';

const S = 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1';
const env = {};

async function errorOf(text: string): Promise<MoltbotFeishuError> {
  const place = workplace();
  await place.write(text);
  const error = await readConfig(place.location(), { env }).catch((thrown: unknown) => thrown);
  if (error instanceof MoltbotFeishuError) return error;
  throw new Error('it was read');
}

describe('a line that does not parse', () => {
  it.each([
    [`{"appSecret"：“${S}”}`, '{"appSecret"：“***”}'],
    [`{"appSecret" "${S}"}`, '{"appSecret" "***"}'],
    [`{"appSecret":\n"${S}" x}`, '"***" ***}'],
    [`{appSecret: abc ${S}}`, '{appSecret: ***}'],
    [`{appSecret ${S}}`, '{appSecret ***}'],
    [`{"${S}}`, '{"***}'],
    [`{appSecret: ‘${S}’, appId: 1}`, '{appSecret: ‘***’, appId: ***}'],
    [`{a: 1 // ${S} was it\n b: 2}`, '***: ***}'],
    [`{x, // Authorization: Bearer ${S}\n}`, '{***, // ***'],
    [`{inbox: redis://u:${S}@host/0}`, '{inbox: ***:// ***'],
  ])('shows punctuation and known keys of %s', async (text, shown) => {
    const error = await errorOf(text);
    expect(error).toMatchObject({ code: 'config-unparsable', details: { source: shown } });
    expect(JSON.stringify([error.what, error.details, error.message])).not.toContain(S.slice(1, 8));
  });

  it('shows of a long line what is around the fault', async () => {
    const error = await errorOf(`{${`"enabled": true, `.repeat(4000)}appSecret ${S}}`);
    const { source } = error.details;
    expect(String(source).length).toBeLessThan(150);
    expect(source).toMatch(/^… .*"enabled": true, appSecret \*\*\*\}$/);
  });
});

it('masks a wrong value that could be a secret, and shows switches, numbers and words', async () => {
  const said = async (section: string) => {
    const { what } = await errorOf(`{channels: {feishu: ${section}}}`);
    return /is (.*); allowed/.exec(render(what, 'en'))?.[1];
  };
  expect({
    swapped: await said(`{appId: "${S}", appSecret: "${APP_ID}"}`),
    section: await said(`"${S}"`),
    short: await said('"hunter2"'),
    account: await said(`{accounts: {work: "${S}"}}`),
    group: await said(`{groups: {oc_1: "${S}"}}`),
    list: await said(`{allowFrom: ["${S}"]}`),
    number: await said('{dmPolicy: 4815162342}'),
    word: await said('{dmPolicy: "block"}'),
    slip: await said('{dmPolicy: "opne"}'),
    long: await said(`{dmPolicy: "${S}"}`),
    switch: await said('{enabled: "yes"}'),
    small: await said('{domain: 7}'),
    boolean: await said('{appId: true}'),
  }).toStrictEqual({
    swapped: '"***"',
    section: '"***"',
    short: '"***"',
    account: '"***"',
    group: '"***"',
    list: '"***"',
    number: '***',
    word: '"block"',
    slip: '"opne"',
    long: '"***"',
    switch: '"yes"',
    small: '7',
    boolean: 'true',
  });
});

it('shows a number in quotes where the key takes a number, and nowhere else', async () => {
  const said = async (key: string, value: string) => {
    const { what } = await errorOf(`{channels: {feishu: {${key}: "${value}"}}}`);
    return /is (.*); allowed/.exec(render(what, 'en'))?.[1];
  };
  expect({
    number: await said('maxMessages', '30'),
    longest: await said('mediaMaxMb', '123456'),
    long: await said('mediaMaxMb', '1234567'),
    other: await said('dmPolicy', '30'),
    unit: await said('mediaMaxMb', '30MB'),
    digits: await said('mediaMaxMb', '٣٠'),
  }).toStrictEqual({
    number: '"30"',
    longest: '"123456"',
    long: '"***"',
    other: '"***"',
    unit: '"***"',
    digits: '"***"',
  });
});

it('masks a key that could be a secret', async () => {
  const error = await errorOf(`{channels: {feishu: {accounts: {"${S}": 1}}}}`);
  expect(error.message).toContain('channels.feishu.accounts.*** is 1');
});

it('shows a quoted number of each key of another plugin that takes one', () => {
  const numbers = peerKeys.filter(({ forms }) =>
    Object.values(forms).some((form) => form.split(' ').includes('number')),
  );
  expect(numbers.length).toBeGreaterThan(10);
  for (const { path } of numbers) {
    const key = path.split('.').at(-1) ?? '';
    expect(shownValue('30', false, key), path).toBe('"30"');
    expect(maskConfigText(`{${key}: '30'}`), path).toBe(`{${key}: '30'}`);
    expect(maskConfigText(`{token: 30, secrets: {${key}: '31'}, ${key}: '30'}`), path).toBe(
      `{token: ***, secrets: {${key}: '***'}, ${key}: '***'}`,
    );
  }
});

describe('a diff', () => {
  const diffOf = async (text: string, change: Parameters<typeof planConfigChange>[1]) => {
    const place = workplace();
    await place.write(text);
    return (await planConfigChange(place.location(), change, { env })).diff();
  };

  it('hides the credentials of URLs, also of an inbox that is added or removed', async () => {
    const inbox = `redis://user:${S}@host/0`;
    const section = `{appId: '${APP_ID}', appSecret: 'x', inbox: '${inbox}',\n domain: 'https://u:${S}@h'}`;
    const removed = await diffOf(`{channels: {feishu:\n${section}}}`, (now) =>
      removalEdits(now, 'default'),
    );
    expect(removed).toContain("inbox: 'redis://***@host/0'");
    const added = await diffOf('{}', [{ path: ['channels', 'feishu', 'inbox'], value: inbox }]);
    expect(added).toContain('"inbox": "redis://***@host/0"');
    expect(removed + added).not.toContain(S);
  });

  it('shows around the change only structure, and of other programs no word', async () => {
    const text = [
      '{',
      `  // token of the old days: ${S}`,
      `  "auth": "Bearer ${S}",`,
      '  "note": "somebody else said this",',
      `  "${S}": 1 }`,
    ].join('\n');
    const diff = await diffOf(text, accountEdits());
    expect(diff).toContain('   // ***\n   "auth": "***",\n   "note": "***",\n-  "***": 1 }\n');
    expect(diff).toContain(`+      "appId": "${APP_ID}",`);
    const onOneLine = await diffOf(`{"auth": "Bearer ${S}", /* ${S} */ "x": 1}`, accountEdits());
    expect(onOneLine).toContain('-{"auth": "***", /* *** */ "x": 1}');
  });

  it('is made of a large comment and of thousands of changed lines in linear time', async () => {
    const comment = await diffOf(
      `{\n// ${'token: "a" '.repeat(6000)}\n/*${' secret'.repeat(9000)}*/ a: 1}`,
      accountEdits(),
    );
    expect(comment.length).toBeLessThan(1000);
    const groups = Array.from({ length: 4000 }, (_, index) => `"oc_${index}": {enabled: true}`);
    const removed = await diffOf(
      `{a: 1,\n channels: {feishu: {\n  groups: {\n${groups.join(',\n')}\n}}}}`,
      [{ path: ['channels', 'feishu'], remove: true }],
    );
    expect(removed).toContain('-"oc_3999": {enabled: true}');
    expect(removed).toContain(' {a: 1,');
  });
});
