import { describe, expect, it } from 'vitest';
import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { autopilotTexts } from '../../../src/platform/app/autopilot-texts.ts';
import { errorTable, isKnownError, lookup } from '../../../src/platform/errors/error-table.ts';
import {
  appManifest,
  batchImportJson,
  missingScopes,
  neededEvents,
  neededScopes,
} from '../../../src/platform/manifest/app-manifest.ts';
import {
  choicesOf,
  type ManifestChoices,
} from '../../../src/platform/manifest/manifest-choices.ts';
import { platformTexts } from '../../../src/platform/platform-texts.ts';
import type { Text } from '../../../src/shared/text/text.ts';
import { everyRow } from '../../support/every-row.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

/** What is wrong with a text in two languages. */
function faultsOf(text: Text): string[] {
  return [
    ...(text.en.trim() === '' ? ['no English'] : []),
    ...(/[\u4e00-\u9fff]/.test(text.zh) ? [] : ['no Chinese']),
    // A label of the Chinese console may be in brackets.
    ...(/[\u4e00-\u9fff]/.test(text.en.replace(/\([^)]*\)/g, '')) ? ['Chinese in English'] : []),
    ...(placeholders(text.zh).join() === placeholders(text.en).join() ? [] : ['placeholders']),
  ];
}

describe('the error table', () => {
  const links = consoleLinks(resolveEndpoints('feishu'), 'cli_0123456789abcdef');

  it('says of each code what it means and what to do, in both languages, with a page that exists', () => {
    const faults = errorTable.flatMap(({ family, code, meaning, advice, page }) =>
      [
        ...[meaning, advice].flatMap((text) => [
          ...faultsOf(text),
          ...placeholders(text.en).filter((used) => !['{code}', '{msg}'].includes(used)),
        ]),
        ...(page === undefined || page === 'auth' || URL.canParse(links[page]) ? [] : [page]),
      ].map((fault) => `${family} ${code}: ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(errorTable.length).toBeGreaterThan(150);
  });

  it('has each code once in its family', () => {
    const keys = errorTable.map((entry) => `${entry.family} ${entry.code}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells a number by its family', () => {
    expect(lookup('card', 10002).family).toBe('card');
    expect(lookup('message', 10002).family).toBe('message');
    expect(lookup('card', 10002).meaning).not.toEqual(lookup('message', 10002).meaning);
  });

  it('falls back to the general row, then to the platform’s own words', () => {
    expect(lookup('media', 99991672)).toMatchObject({ family: 'general', error: 'scope-missing' });
    expect(isKnownError('media', 424242)).toBe(false);
    expect(lookup('media', 424242)).toMatchObject({
      error: 'platform-rejected',
      outcome: 'terminal',
      advice: platformTexts.unknownCodeAdvice,
    });
  });

  everyRow([
    ['token', 10003, 'credentials-rejected'],
    ['token', 10014, 'credentials-rejected'],
    ['token', 10015, 'credentials-rejected'],
    ['token', 99991543, 'credentials-rejected'],
    ['token', 10077, 'credentials-rejected'],
    ['general', 11205, 'bot-off'],
    ['message', 230006, 'bot-off'],
    ['message', 230020, 'rate-limited'],
    ['message', 99991400, 'rate-limited'],
    ['message', 99991401, 'ip-denied'],
    ['token', 99991662, 'app-not-ready'],
    ['ws-endpoint', 1, 'platform-error'],
    ['ws-endpoint', 403, 'app-not-ready'],
    ['ws-endpoint', 1000040350, 'too-many-connections'],
  ] as const)('%s %d is %s', (family, code, error) => {
    expect(lookup(family, code).error).toBe(error);
  });
});

describe('the app manifest', () => {
  const none = new Map<string, boolean>();
  const granted = (...scopes: string[]) => new Map(scopes.map((scope) => [scope, true] as const));
  const names = (scopes: readonly { scope: string }[]) => scopes.map(({ scope }) => scope);

  it('names each scope once, in both languages, and each satisfies itself', () => {
    expect(new Set(names(appManifest.scopes)).size).toBe(appManifest.scopes.length);
    for (const { scope, name, feature, satisfiedBy } of appManifest.scopes) {
      expect([...faultsOf(name), ...faultsOf(feature)]).toEqual([]);
      expect(satisfiedBy).toContain(scope);
    }
  });

  it('requires what sends and what receives', () => {
    expect(names(missingScopes(none))).toEqual([
      'im:message',
      'im:message:send_as_bot',
      'im:chat:readonly',
      'im:message.p2p_msg:readonly',
      'im:message.group_at_msg:readonly',
    ]);
    expect(neededEvents(['required'])).toEqual(['im.message.receive_v1']);
    expect(appManifest.callbacks).toEqual(['card.action.trigger']);
    const events = appManifest.events.map(({ event }) => event);
    for (const type of [...events, ...appManifest.callbacks]) {
      expect(faultsOf(appManifest.labels[type]!)).toEqual([]);
    }
    expect(new Set(events).size).toBe(events.length);
    expect(appManifest.events.flatMap(({ feature }) => faultsOf(feature))).toEqual([]);
  });

  it('recommends what the chosen features need, no more', () => {
    const recommended = (choices: ManifestChoices) => [
      ...neededEvents(['recommended'], choices),
      ...neededScopes(['recommended'], choices).filter((scope) => !always.includes(scope)),
    ];
    const edits = ['im.message.recalled_v1', 'im.message.updated_v1'];
    const reactions = ['im.message.reaction.created_v1', 'im.message.reaction.deleted_v1'];
    const always = neededScopes(['recommended'], {
      reactions: false,
      welcome: false,
      menus: false,
      bots: false,
      cards: false,
    });
    expect(always).not.toContain('cardkit:card:write');
    expect(always).toContain('im:resource');
    expect(
      recommended({ reactions: false, welcome: false, menus: false, bots: false, cards: false }),
    ).toEqual(edits);
    expect(
      recommended({ reactions: true, welcome: false, menus: false, bots: false, cards: false }),
    ).toEqual([...edits, ...reactions, 'im:message.reactions:read']);
    expect(
      recommended({ reactions: false, welcome: false, menus: false, bots: false, cards: true }),
    ).toEqual([...edits, 'cardkit:card:write']);
    expect(
      recommended({ reactions: false, welcome: false, menus: false, bots: true, cards: false }),
    ).toEqual([...edits, 'im:message.group_at_msg.include_bot:readonly']);
    expect(
      recommended({ reactions: false, welcome: true, menus: false, bots: false, cards: false }),
    ).toEqual([
      ...edits,
      'im.chat.member.bot.added_v1',
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      'im:chat.members:bot_access',
    ]);
    expect(choicesOf(undefined)).toEqual({
      reactions: true,
      welcome: false,
      menus: false,
      bots: false,
      cards: true,
    });
    const patch = { reactionNotifications: 'off', welcome: 'Hello' } as const;
    expect(choicesOf({ ...patch, streaming: 'block' })).toEqual({
      reactions: false,
      welcome: true,
      menus: false,
      bots: false,
      cards: false,
    });
    expect(choicesOf({ ...patch, streaming: 'card' }).cards).toBe(true);
  });

  it('takes any scope of a set for enough, granted ones only', () => {
    const scanned = granted(
      'im:message:send_as_bot',
      'im:chat:read',
      'im:message.p2p_msg:readonly',
      'im:message.group_at_msg.include_bot:readonly',
    );
    expect(missingScopes(scanned)).toEqual([]);
    expect(names(missingScopes(new Map([...scanned, ['im:chat:read', false]])))).toEqual([
      'im:chat:readonly',
    ]);
  });

  it('never takes im:message for the right to receive', () => {
    expect(
      names(missingScopes(granted('im:message', 'im:message:send_as_bot', 'im:chat'))),
    ).toEqual(['im:message.p2p_msg:readonly', 'im:message.group_at_msg:readonly']);
  });

  it('makes the JSON to import, with what is granted kept in it', () => {
    const json = batchImportJson({
      needs: ['required'],
      granted: new Map([
        ['drive:drive', true],
        ['im:message', true],
        ['sheets:sheet', false],
      ]),
    });
    expect(JSON.parse(json)).toEqual({
      scopes: {
        tenant: [
          'drive:drive',
          'im:message',
          'im:message:send_as_bot',
          'im:chat:readonly',
          'im:message.p2p_msg:readonly',
          'im:message.group_at_msg:readonly',
        ],
        user: [],
      },
    });
  });
});

it('every text of the room stands in both languages with the same placeholders', () => {
  for (const text of [...Object.values(platformTexts), ...Object.values(autopilotTexts)]) {
    expect(placeholders(text.zh)).toEqual(placeholders(text.en));
  }
});
