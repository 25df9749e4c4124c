import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listAccounts, resolveAccount } from '../../src/config/account/accounts.ts';
import { applyConfigChange } from '../../src/config/change/change.ts';
import { removalEdits, writtenAccounts } from '../../src/config/change/removal.ts';
import { checkSection } from '../../src/config/check.ts';
import { planEdit } from '../../src/config/edit.ts';
import { sameJson } from '../../src/config/json5/json-update.ts';
import { type JsonValue, jsonOf, memberOf, parseJson5 } from '../../src/config/json5/json5.ts';
import { type ConfigDocument, readConfig } from '../../src/config/read.ts';
import { findUnknownKeys } from '../../src/config/rules/unknown-keys.ts';
import { documents, values } from './json5/json5-writer.ts';
import { workplace } from './workplace.ts';

const appIds = fc.constantFrom('cli_a1b2c3d4e5f60718', 'cli_0000000000000001');
const settings = fc.record(
  {
    appId: appIds,
    appSecret: fc.constantFrom('s3cret-one', 's3cret-two', `\${SECRET}`),
    appSecretFile: fc.constantFrom('one.txt', '~/two.txt'),
    enabled: fc.boolean(),
    name: fc.constant('a name'),
    dmPolicy: fc.constantFrom('open' as const, 'pairing' as const),
    allowFrom: fc.constantFrom(['ou_a'], ['ou_a', 'ou_b'], []),
    // A name about access, however deep, would stop the account.
    'my-key': values.filter((value) =>
      findUnknownKeys({ 'my-key': value }).every(({ isAccess }) => !isAccess),
    ),
  },
  { requiredKeys: [] },
);
const ids = fc.constantFrom('default', 'work', 'it-dept', 'a b');
const sections = fc
  .tuple(
    settings,
    fc.dictionary(ids, settings, { maxKeys: 4 }),
    fc.option(ids, { nil: undefined }),
    fc.boolean(),
  )
  .map(([top, accounts, defaultAccount, hasAccounts]) => ({
    ...top,
    ...(hasAccounts && { accounts }),
    ...(defaultAccount !== undefined && { defaultAccount }),
  }));
const configs = fc.record(
  { agents: values, channels: fc.record({ telegram: values, feishu: sections }), last: values },
  { requiredKeys: ['channels'] },
) as fc.Arbitrary<{ readonly [key: string]: JsonValue }>;

function read(text: string): Pick<ConfigDocument, 'merged' | 'section'> {
  const root = parseJson5(text);
  const merged = root ? jsonOf(root) : {};
  const { feishu } = (merged as { channels: { feishu?: JsonValue } }).channels;
  return { merged, section: feishu === undefined ? undefined : checkSection(feishu, 'config') };
}

/** From the brace of `channels`, or of `channels.feishu`, to its other brace. */
function rangeOf(text: string, keys: readonly string[]): { from: number; to: number } {
  let node = parseJson5(text);
  for (const key of keys) node = memberOf(node, key)?.node;
  return { from: node?.start ?? 0, to: node?.end ?? 0 };
}

const picks = fc.nat({ max: 11 });

/** One of the accounts of a config; a config without any is passed over. */
function pickAccount(text: string, pick: number) {
  const before = read(text);
  const known = writtenAccounts(before);
  const id = known[pick % Math.max(1, known.length)] ?? '';
  fc.pre(known.length > 0);
  return { before, known, id };
}

describe('an account taken out of a config', () => {
  it('is gone, the others behave as before, and every byte outside of the section stays', () => {
    fc.assert(
      fc.property(documents(configs), picks, ({ text }, pick) => {
        const { before, known, id } = pickAccount(text, pick);
        const { text: after } = planEdit(text, removalEdits(before, id));
        const now = read(after);
        const others = known.filter((other) => other !== id);
        expect(writtenAccounts(now)).toStrictEqual(others);
        expect(now.section === undefined).toBe(others.length === 0);
        for (const other of others) {
          expect(now.section && resolveAccount(now.section, other)).toStrictEqual(
            before.section && resolveAccount(before.section, other),
          );
        }
        expect(now.section?.defaultAccount).not.toBe(id);
        const { from, to } = rangeOf(
          text,
          others.length > 0 ? ['channels', 'feishu'] : ['channels'],
        );
        expect(after.slice(0, from)).toBe(text.slice(0, from));
        expect(after.endsWith(text.slice(to))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves what the section says beside it', () => {
    fc.assert(
      fc.property(documents(configs), picks, ({ text }, pick) => {
        const { before, known, id } = pickAccount(text, pick);
        fc.pre(known.length > 1);
        const now = read(planEdit(text, removalEdits(before, id)).text);
        const kept = (section: object | undefined) =>
          Object.entries(section ?? {}).filter(
            ([key]) =>
              ![
                'accounts',
                'defaultAccount',
                'appId',
                'appSecret',
                'appSecretFile',
                'name',
              ].includes(key),
          ) as [string, JsonValue][];
        const [was, is] = [kept(before.section), kept(now.section)].map((entries) =>
          Object.fromEntries(entries),
        );
        expect(sameJson(is as JsonValue, was as JsonValue)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(documents(configs), picks, ({ text }, pick) => {
        const { before, id } = pickAccount(text, pick);
        const now = read(planEdit(text, removalEdits(before, id)).text);
        expect(removalEdits(now, id)).toStrictEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the comments around it', () => {
    const text = `{
  // ours
  channels: {
    feishu: {
      enabled: true, // on
      dmPolicy: 'pairing', // for all
      accounts: {
        // the first
        work: { appId: 'cli_a1b2c3d4e5f60718', appSecret: 'x' }, // at work
        // the second
        play: { appId: 'cli_0000000000000001', appSecret: 'y' },
      },
      defaultAccount: 'work',
    },
  }, // end
}
`;
    expect(planEdit(text, removalEdits(read(text), 'work')).text).toBe(`{
  // ours
  channels: {
    feishu: {
      enabled: true, // on
      dmPolicy: 'pairing', // for all
      accounts: {
        // the first
        // the second
        play: { appId: 'cli_0000000000000001', appSecret: 'y' },
      },
    },
  }, // end
}
`);
  });

  it('counts also where its App ID is a variable that nobody sets', async () => {
    const place = workplace();
    await place.write(`{channels: {feishu: {appId: '\${APP}', appSecret: '\${SECRET}'}}}`);
    const document = await readConfig(place.location(), { env: {}, missingVariables: 'ignore' });
    expect(listAccounts(document.section ?? {})).toStrictEqual([]);
    expect(writtenAccounts(document)).toStrictEqual(['default']);
    await applyConfigChange(place.location(), (now) => removalEdits(now, 'default'), { env: {} });
    expect(await place.read()).toBe('{}');
  });
});

describe('a section that comes by $include', () => {
  const section = "{appId: 'cli_a1b2c3d4e5f60718', appSecret: 'x'}";
  const remove = async (files: Record<string, string>) => {
    const place = workplace();
    for (const [name, text] of Object.entries(files)) await place.write(text, name);
    const change = (now: ConfigDocument) => removalEdits(now, 'default');
    await applyConfigChange(place.location(), change, { env: {} });
    expect(writtenAccounts(await readConfig(place.location(), { env: {} }))).toStrictEqual([]);
    return place;
  };

  it('goes with its $include, and the included file stays as it was', async () => {
    const place = await remove({
      'moltbot.json': "{channels: {a: 1, feishu: {$include: './feishu.json'}}}",
      'feishu.json': section,
    });
    expect(await place.read()).toBe('{channels: {a: 1}}');
    expect(await place.read('feishu.json')).toBe(section);
  });

  it('is taken out of the file that holds the channels', async () => {
    const place = await remove({
      'moltbot.json': "{channels: {$include: './channels.json'}}",
      'channels.json': `{a: 1, feishu: ${section}}`,
    });
    expect(await place.read('channels.json')).toBe('{a: 1}');
  });

  it('is refused, with what to do by hand, where another file would bring it back', async () => {
    const place = workplace();
    await place.write("{$include: 'a.json', channels: {feishu: {enabled: true}}}");
    await place.write(
      `{channels: {feishu: {accounts: {work: ${section}, play: ${section}}}}}`,
      'a.json',
    );
    await expect(
      applyConfigChange(place.location(), (now) => removalEdits(now, 'work'), { env: {} }),
    ).rejects.toMatchObject({
      code: 'config-include-unsupported',
      advice: { params: { keys: ['channels.feishu.accounts.work'] } },
    });
  });
});
