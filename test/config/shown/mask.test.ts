import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyConfigChange, planConfigChange } from '../../../src/config/change/change.ts';
import { maskConfigText } from '../../../src/config/shown/mask.ts';
import { render } from '../../../src/shared/text/text.ts';
import { documents } from '../json5/json5-writer.ts';
import { APP_ID, accountEdits, workplace } from '../workplace.ts';

const env = {};

describe('what is shown of a config', () => {
  it('is a unified diff of the change, the secret hidden', async () => {
    const place = workplace();
    await place.write('{\r\n  // mine\r\n  "a": 1\r\n}\r\n');
    const plan = await planConfigChange(place.location(), accountEdits(), { env });
    expect(plan.diff().split('\n').slice(2)).toStrictEqual([
      '@@ -1,4 +1,11 @@',
      ' {',
      '   // ***',
      '-  "a": 1',
      '+  "a": 1,',
      '+  "channels": {',
      '+    "feishu": {',
      '+      "enabled": true,',
      `+      "appId": "${APP_ID}",`,
      '+      "appSecret": "***"',
      '+    }',
      '+  }',
      ' }',
      '',
    ]);
  });

  it('shows that a secret changes, and neither of the two', async () => {
    const place = workplace();
    await place.write(
      "{channels: {feishu: {\n  appSecret: 'the-old-one', // was the-old-one\n  botToken: 'another',\n}}}",
    );
    const plan = await planConfigChange(
      place.location(),
      [{ path: ['channels', 'feishu', 'appSecret'], value: 'the-new-one' }],
      { env },
    );
    expect(plan.diff('en')).toContain(
      "-  appSecret: '***', // ***\n+  appSecret: '*** (new)', // ***\n   botToken: '***',",
    );
    expect(plan.diff('zh')).toContain("'*** （新）'");
  });

  it('hides secrets wherever they stand, and shows what only names them', () => {
    const shown = maskConfigText(
      [
        "{env: {ANY: 'hide-1', vars: {X: 'hide-2'}},",
        'gateway: {auth: {token: \'hide-3\', password: "hide-4"}, maxTokens: 4096,',
        "headers: {Authorization: 'Bearer hide-5'}},",
        "a: {apiKey: 'hide-6\\\n hide-7', secrets: ['hide-8', {x: 'hide-9'}], 'client_secret': 12345678},",
        `b: {appSecret: '\${SHOWN_1}', appSecretFile: 'hide-2', isIt: true},`,
        "// appSecret: 'hide-10'",
        "/* password = hide-11 */ c: 'hide-12', channels: {feishu: {domain: 'lark',",
        `appId: '${APP_ID}', appSecretFile: '~/.shown-3'}}}`,
      ].join('\n'),
    );
    expect(shown).not.toMatch(/hide|12345678/);
    for (const part of ['SHOWN_1', 'shown-3', '4096', 'lark', APP_ID])
      expect(shown).toContain(part);
  });

  it('never holds a secret, whatever the file looks like', () => {
    const secret = 'S3cr3tV4lue';
    const around = fc.record({
      channels: fc.record({
        feishu: fc.record({
          appSecret: fc.constant(secret),
          domain: fc.string(),
          accounts: fc.record({ a: fc.record({ appSecret: fc.constant(`${secret}2`) }) }),
        }),
      }),
      hooks: fc.record({ token: fc.constant(secret) }),
    });
    fc.assert(
      fc.property(documents(around), ({ text }) => {
        // Also where the secret is spelled with escapes: no tail of it is left.
        expect(maskConfigText(text)).not.toContain('3cr3tV4lue');
      }),
      { numRuns: 300 },
    );
  });

  it('is in no error either', async () => {
    const place = workplace();
    const secret = 's3cret-value-of-the-app';
    const seen: unknown[] = [];
    for (const text of [
      `{channels: {feishu: {appSecret: '${secret}', dmPolicy: '?'}}}`,
      `{appSecret: '${secret}' !}`,
      `{channels: ['${secret}']}`,
      `'${secret}'`,
    ]) {
      await place.write(text);
      seen.push(
        await applyConfigChange(place.location(), accountEdits(), { env }).catch(
          (error: unknown) => error,
        ),
      );
    }
    seen.push(
      await applyConfigChange(workplace().location(), accountEdits(), {
        env: { MOLTBOT_NIX_MODE: '1' },
      }).catch((error: unknown) => error),
    );
    for (const error of seen as {
      what: never;
      advice: never;
      details: unknown;
      message: string;
      stack: string;
    }[]) {
      const all = [
        error.message,
        error.stack,
        JSON.stringify(error.details),
        render(error.what, 'zh'),
        render(error.advice, 'zh'),
      ];
      expect(all.join('\n')).not.toContain(secret);
    }
  });
});
