/**
 * A section of another plugin lets in nobody whom that plugin kept out.
 *
 * The rules of the plugins are modelled here once more, independently, message by message, from what
 * their code does.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../../src/channel/message/policy.ts';
import { listAccounts, resolveAccount } from '../../../src/config/account/accounts.ts';
import { checkSection } from '../../../src/config/check.ts';
import { planEdit } from '../../../src/config/edit.ts';
import type { JsonValue } from '../../../src/config/json5/json5.ts';
import { planWayBack } from '../../../src/config/peers/back/way-back.ts';
import { type Peer, peers } from '../../../src/config/peers/keys/peer.ts';
import { planPeerSection } from '../../../src/config/peers/plan.ts';
import { isMoltbotFeishuError } from '../../../src/shared/errors.ts';
import { type Asked, peerAnswers } from './peer-models.ts';

type Section = Record<string, JsonValue>;

const people = ['ou_a', 'ou_b', 'ou_c'];
const chats = ['oc_1', 'oc_2', 'oc_3'];
const person = fc.constantFrom(
  ...people,
  'feishu:ou_a',
  'user:ou_b',
  'feishu:user:ou_c',
  'lark:open_id:ou_a',
  '*',
);
const chat = fc.constantFrom(...chats, 'chat:oc_1', 'feishu:group:oc_2', '*');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
/** What hands write by mistake: most of it is refused, and none of it may open a door. */
const orOdd = <T>(value: fc.Arbitrary<T>, ...odd: unknown[]) =>
  fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
const list = (item: fc.Arbitrary<string>, textWeight = 0) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.array(item, { maxLength: 3 }) },
    { weight: textWeight, arbitrary: item },
    { weight: 1, arbitrary: fc.constantFrom(null, [7, 'ou_a'], [' ou_a '], ['OU_A'], {}, '') },
  );
const flag = orOdd(fc.boolean(), 'false', 'true', null, 0);

const entry: Readonly<Record<Peer, fc.Arbitrary<Record<string, unknown>>>> = {
  '@openclaw/feishu': fc.record({
    enabled: maybe(flag),
    requireMention: maybe(flag),
    allowFrom: maybe(list(person)),
    replyInThread: maybe(fc.constantFrom('enabled', 'disabled')),
  }),
  '@larksuite/openclaw-lark': fc.record({
    enabled: maybe(flag),
    requireMention: maybe(flag),
    allowFrom: maybe(list(person, 3)),
    groupPolicy: maybe(
      orOdd(fc.constantFrom('open', 'allowlist', 'disabled'), 'Disabled', 'closed', null),
    ),
  }),
  'm1heng/clawdbot-feishu': fc.record({
    requireMention: maybe(flag),
    allowFrom: maybe(list(person)),
    topicSessionMode: maybe(fc.constantFrom('enabled', 'disabled')),
    allowMentionlessInMultiBotGroup: maybe(flag),
  }),
  '@openclaw-china/feishu': fc.record({}),
};

function account(peer: Peer): fc.Arbitrary<Record<string, unknown>> {
  const isChina = peer === '@openclaw-china/feishu';
  const isLark = peer === '@larksuite/openclaw-lark';
  const dm = ['open', 'pairing', 'allowlist', ...(isChina ? [] : ['disabled'])];
  const policies = ['open', 'allowlist', 'disabled'];
  if (peer === '@openclaw/feishu') policies.push('allowall');
  return fc.record({
    dmPolicy: maybe(
      orOdd(
        fc.constantFrom(...dm.filter((it) => it !== 'disabled' || !peer.startsWith('m1'))),
        'Pairing',
        'none',
        null,
      ),
    ),
    // A text is a sign of the one plugin that takes it.
    allowFrom: maybe(list(person, isLark ? 3 : 0)),
    groupPolicy: maybe(orOdd(fc.constantFrom(...policies), 'Disabled', 'off', null)),
    groupAllowFrom: maybe(list(isLark ? fc.oneof(chat, person) : chat, isLark ? 3 : 0)),
    requireMention: maybe(flag),
    connectionMode: maybe(fc.constant('websocket')),
    ...(peer === '@openclaw/feishu' && {
      groupSenderAllowFrom: maybe(list(person, 3)),
      typingIndicator: maybe(flag),
    }),
    ...(!isChina && {
      groups: maybe(
        orOdd(
          fc.dictionary(fc.constantFrom(...chats, '*'), orOdd(entry[peer], null, false), {
            maxKeys: 3,
          }),
          null,
          ['oc_1'],
        ),
      ),
    }),
    ...(isLark && { footer: maybe(fc.constant({ status: true })) }),
    ...(isChina && { sendMarkdownAsCard: maybe(flag) }),
  });
}

function defined(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

const sections = fc.constantFrom(...peers).chain((peer) =>
  fc
    .record({
      top: account(peer),
      accounts: maybe(
        fc.dictionary(fc.constantFrom('work', 'home', 'default'), account(peer), { maxKeys: 2 }),
      ),
      isNamed: fc.boolean(),
    })
    .map(({ top, accounts, isNamed }) => {
      const app = { appId: 'cli_0123456789abcdef', appSecret: 'x' };
      const hasAccounts = peer !== '@openclaw-china/feishu' && accounts !== undefined;
      const section = defined({ ...app, ...top, ...(hasAccounts && { accounts }) }) as Section;
      return { peer, isNamed, section };
    }),
);

/** Each direct chat, and each person in each group, with and without a mention. */
const questions: readonly Asked[] = [
  ...people.concat('ou_stranger').map((sender) => ({ sender, chat: undefined, isMention: false })),
  ...people
    .concat('ou_stranger')
    .flatMap((sender) =>
      chats
        .concat('oc_other')
        .flatMap((id) => [true, false].map((isMention) => ({ sender, chat: id, isMention }))),
    ),
];

const BOT = 'ou_bot';

function answersOf(settings: ReturnType<typeof resolveAccount>): readonly boolean[] {
  return questions.map((asked) => isAnswered(settings, asked));
}

/** As it is read; `undefined`: it is refused, and nobody is answered. */
function readOrRefused(section: Section, plugin?: Peer) {
  try {
    return checkSection(section, 'moltbot.json', { plugin });
  } catch (error) {
    if (isMoltbotFeishuError(error, 'config-invalid')) return undefined;
    throw error;
  }
}

function isAnswered(settings: ReturnType<typeof resolveAccount>, asked: Asked): boolean {
  const { sender, chat: chatId, isMention } = asked;
  const message = {
    senderOpenId: sender,
    senderType: 'user',
    chatId: chatId ?? 'oc_p2p',
    chatType: chatId === undefined ? 'p2p' : 'group',
    mentions: isMention ? [{ openId: BOT, key: '@_user_1', name: 'bot' }] : [],
  };
  return decide(message as never, settings, BOT).kind === 'answer';
}

/** A section without a sign of any other plugin is ours, and ours alone defines what it means. */
function isRead(section: Section, plugin: Peer | undefined): boolean {
  return planPeerSection(section, { plugin }).candidates.length > 0;
}

const RUNS = { numRuns: 10_000 };
/** Ten thousand sections take a while where other tests run beside (ms). */
const PATIENCE = 300_000;

it('nobody is answered whom the other plugin would have kept out', { timeout: PATIENCE }, () => {
  const wider: string[] = [];
  let compared = 0;
  fc.assert(
    fc.property(sections, ({ peer, section, isNamed }) => {
      const plugin = isNamed ? peer : undefined;
      if (!isRead(section, plugin)) return;
      const read = readOrRefused(section, plugin);
      for (const id of read ? listAccounts(read) : []) {
        const settings = resolveAccount(read ?? {}, id);
        for (const asked of questions) {
          compared += 1;
          if (isAnswered(settings, asked) && !peerAnswers[peer](section, id, asked)) {
            wider.push(JSON.stringify({ peer, plugin, section, id, asked }));
          }
        }
        if (wider.length > 0) break;
      }
      expect(wider.slice(0, 1)).toEqual([]);
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(10_000);
});

it('a plugin that is known keeps everyone whom it answered', { timeout: PATIENCE }, () => {
  fc.assert(
    fc.property(sections, ({ peer, section }) => {
      const read = readOrRefused(section, peer);
      if (!read) return;
      for (const id of listAccounts(read)) {
        const settings = resolveAccount(read, id);
        const lost = questions.filter(
          (asked) =>
            peerAnswers[peer](section, id, asked) &&
            !isAnswered(settings, asked) &&
            !isNarrowedOnPurpose(peer, section, asked),
        );
        expect({ peer, section, id, lost: lost.slice(0, 1) }).toMatchObject({ lost: [] });
      }
    }),
    { numRuns: 3000 },
  );
});

/** What a plugin does against the words of its own config: nobody relies on it. */
function isNarrowedOnPurpose(peer: Peer, section: Section, { chat: id }: Asked): boolean {
  const text = JSON.stringify(section);
  if (peer === '@openclaw-china/feishu') return id === undefined && text.includes('pairing');
  if (peer === 'm1heng/clawdbot-feishu') return text.includes('InMultiBotGroup":false');
  if (peer !== '@larksuite/openclaw-lark') return false;
  return /"groupPolicy":"disabled"|"groups".*"allowFrom"/.test(text);
}

it('the plan makes the file say the same, also once the plugin is not known', {
  timeout: PATIENCE,
}, () => {
  fc.assert(
    fc.property(sections, ({ peer, section, isNamed }) => {
      const plugin = isNamed ? peer : undefined;
      const { edits, candidates } = planPeerSection(section, { plugin });
      if (candidates.length === 0) return;
      const text = JSON.stringify({ channels: { feishu: section } }, undefined, 2);
      const after = JSON.parse(planEdit(text, edits).text) as { channels: { feishu: Section } };
      const written = after.channels.feishu;
      const [before, now] = [readOrRefused(section, plugin), readOrRefused(written)];
      expect({ section, written, isRefused: !now }).toMatchObject({ isRefused: !before });
      if (!before || !now) return;
      for (const id of listAccounts(section)) {
        const [one, other] = [before, now].map((read) => answersOf(resolveAccount(read, id)));
        expect({ section, id, answers: other }).toMatchObject({ answers: one });
      }
      expect(planPeerSection(written).edits).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('the way back lets in nobody whom our section keeps out, or is refused', {
  timeout: PATIENCE,
}, () => {
  let taken = 0;
  fc.assert(
    fc.property(sections, fc.constantFrom(...peers), ({ section: written }, plugin) => {
      const section = { ...written, translatedFrom: plugin };
      const { edits, wider } = planWayBack(section, plugin);
      if (wider.length > 0) return;
      taken += 1;
      const text = planEdit(JSON.stringify({ channels: { feishu: section } }), edits).text;
      const { feishu } = (JSON.parse(text) as { channels: { feishu: Section } }).channels;
      const read = readOrRefused(section);
      if (!read) return;
      for (const id of listAccounts(feishu)) {
        const settings = resolveAccount(read, id);
        const extra = questions.filter(
          (asked) => peerAnswers[plugin](feishu, id, asked) && !isAnswered(settings, asked),
        );
        expect({ section, feishu, plugin, id, extra: extra.slice(0, 1) }).toMatchObject({
          extra: [],
        });
      }
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(500);
});
