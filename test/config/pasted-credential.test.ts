/** What a person pastes as App ID or App Secret is taken apart or named, and never repeated. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAppId, readAppSecret } from '../../src/config/source/pasted-credential.ts';
import { render } from '../../src/shared/text/text.ts';

const ID = 'cli_a1b2c3d4e5f60718';
const OTHER = 'cli_0000000000000001';
const S = 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1';

const said = ({ problem }: { problem?: Parameters<typeof render>[0] | undefined }) =>
  problem === undefined ? '' : render(problem, 'en');

it('finds the App Secret in whatever form it comes', () => {
  const forms = [
    S,
    ` ${S}\r\n`,
    `"${S}"`,
    `'${S}',`,
    `“${S}”`,
    `\`${S}\``,
    `"appSecret": "${S}",`,
    `{"appId":"${ID}","appSecret":"${S}"}`,
    `FEISHU_APP_ID=${ID}\nexport FEISHU_APP_SECRET="${S}" # prod\n`,
    `App Secret：${S}`,
    `App ID ${ID} App Secret ${S}`,
    `${ID}:${S}`,
    `${ID} ${S}`,
    `${S}${S}`,
    `${ID}\n${S}`,
    `\uFEFF${S}`,
    `${S.slice(0, 9)}\u200b${S.slice(9)}\u2060`,
    S.replace(/[A-Za-z0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    `\u001b[200~${S}\u001b[201~`,
    [...`${S}\n`].join('\0'),
    `密钥：${S}`,
    `"secret" : '${S}' ;`,
  ];
  expect(forms.filter((form) => readAppSecret(form, ID).appSecret !== S)).toStrictEqual([]);
  for (const form of ['s3cret-value-of-the-app', 'a+b/c=d:e'])
    expect(readAppSecret(`"${form}"`).appSecret).toBe(form);
});

it('finds the App ID, and the App Secret beside it', () => {
  const forms = [
    ID,
    `"${ID}",`,
    `“appId”：“${ID}”`,
    `appId=${ID}`,
    `${ID}${ID}`,
    ID.replace('_', '\u200b_'),
    ID.toUpperCase().replace('CLI', 'cli').toLowerCase(),
    `CLI_${ID.slice(4)}`,
    `https://open.feishu.cn/app/${ID}/baseinfo`.replaceAll('/', ' '),
    'ｃｌｉ＿ａ１ｂ２ｃ３ｄ４ｅ５ｆ６０７１８',
    'cli_a1b2c3d4\n  e5f60718',
  ];
  expect(forms.filter((form) => readAppId(form).appId !== ID)).toStrictEqual([]);
  const both = [`${ID} ${S}`, `{"appId": "${ID}", "appSecret": "${S}"}`, `${ID}:${S}`];
  expect(both.map((form) => readAppId(form))).toStrictEqual(
    both.map(() => ({ appId: ID, appSecret: S })),
  );
});

it('names what is something else', () => {
  expect([
    said(readAppId(S)),
    said(readAppId(`${ID} ${OTHER}`)),
    said(readAppId('${feishu_app_id}')),
    said(readAppId('ou_0123456789abcdef0123456789abcdef')),
    said(readAppId('my bot')),
  ]).toStrictEqual([
    expect.stringContaining('looks like the App Secret'),
    expect.stringContaining('several App IDs'),
    expect.stringContaining('name of a variable'),
    expect.stringContaining('id of a person'),
    expect.stringContaining('not an App ID'),
  ]);
  expect([
    said(readAppSecret(ID)),
    said(readAppSecret(`${ID}${ID}`)),
    said(readAppSecret(`appId: "${ID}"`)),
    said(readAppSecret('${feishu_app_secret}')),
    said(readAppSecret('$FEISHU_APP_SECRET')),
    said(readAppSecret('FEISHU_APP_SECRET=${OTHER}')),
    said(readAppSecret('••••••••')),
    said(readAppSecret('your_app_secret')),
    said(readAppSecret(`${OTHER} ${S}`, ID)),
    said(readAppSecret(`${S} ${S.toLowerCase()}`)),
    said(readAppSecret(`t-g1044ghJRUIJJ5ELPBFGH7MNTJ`)),
    said(readAppSecret('copy the secret here')),
    said(readAppSecret('我的密码')),
    said(readAppSecret(' \u200b ')),
  ]).toStrictEqual([
    expect.stringContaining('an App ID'),
    expect.stringContaining('an App ID'),
    expect.stringContaining('an App ID'),
    expect.stringContaining('name of a variable'),
    expect.stringContaining('name of a variable'),
    expect.stringContaining('name of a variable'),
    expect.stringContaining('hide the App Secret'),
    expect.stringContaining('placeholder'),
    expect.stringContaining('another one'),
    expect.stringContaining('several values'),
    expect.stringContaining('access token'),
    expect.stringContaining('several words'),
    expect.stringContaining('characters'),
    expect.stringContaining('empty'),
  ]);
});

it('repeats nothing of what was pasted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 4, maxLength: 80 }), (noise) => {
      for (const read of [readAppId, readAppSecret]) {
        const { problem } = read(`${noise} ${S}${noise}`);
        expect(problem === undefined ? '' : JSON.stringify(problem)).not.toContain(S);
      }
    }),
  );
});
