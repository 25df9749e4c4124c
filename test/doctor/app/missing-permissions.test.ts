/** Each permission and event of the manifest is missing once: the doctor names its feature, and all else works. */
import { expect, it } from 'vitest';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { choicesOf, chosen } from '../../../src/platform/manifest/manifest-choices.ts';
import { hasAnyOf, scopeRules } from '../../../src/sandbox/state/scopes.ts';
import { accountOf, channelWith, cleanUp } from '../../channel/harness.ts';
import { waitFor } from '../../support/wait-for.ts';
import { words } from '../expect-named.ts';
import { openWorkplace } from '../workplace.ts';

/** `im:chat:read` beside the manifest, so that no group of alternatives lacks because of another. */
const allScopes = [...appManifest.scopes.map(({ scope }) => scope), 'im:chat:read'];
const allEvents = appManifest.events.map(({ event }) => event);

const settings = { reactionNotifications: 'own', welcome: 'Hello', streaming: 'auto' } as const;
const choices = choicesOf(settings);

const missing = [
  ...appManifest.scopes.map((row) => ({
    row,
    id: 'permissions',
    name: row.scope,
    app: { scopes: allScopes.filter((scope) => !row.satisfiedBy.includes(scope)) },
  })),
  ...appManifest.events.map((row) => ({
    row,
    id: 'events',
    name: row.event,
    app: { events: allEvents.filter((event) => event !== row.event) },
  })),
];

/** Without the event of messages no feature works, so that none is named. */
const featureOf = ({ feature, ...row }: (typeof missing)[number]['row']): readonly string[] =>
  'event' in row && row.event === appManifest.messageEvent ? [] : [feature.en];

it('a missing permission or event is named by its feature, and leaves the others working', async () => {
  const complete = { scopes: allScopes, events: allEvents };
  const workplace = await openWorkplace({ app: complete });
  cleanUp(() => workplace.close());
  const { sandbox } = workplace;
  // The runtime is the only client, so that it gets the messages.
  await workplace.goOffline();
  workplace.feishu = { ...workplace.feishu, ...settings };
  workplace.options = { isGentle: true };
  const { event, events } = channelWith([accountOf(sandbox, settings)]);
  await event('ready');
  let answers = 0;
  const wrong: string[] = [];
  for (const { row, id, name, app } of missing) {
    const effective = { ...complete, ...app };
    sandbox.configureApp(effective);
    const { checks } = await workplace.run();
    const found = checks.find((check) => check.id === id)!;
    const text = words(found).join('\n');
    const isNeeded = chosen([row], ['required', 'recommended'], choices).length > 0;
    const { status } = found;
    if (!isNeeded) {
      if (text.includes(name)) wrong.push(`${name}: asked for, though nothing needs it: ${text}`);
    } else if (status !== (row.need === 'required' ? 'fail' : 'warn')) {
      wrong.push(`${name}: ${status} ${text}`);
    } else if (
      ![name, ...featureOf(row), 'then publish a version'].every((it) => text.includes(it))
    ) {
      wrong.push(`${name}: not named: ${text}`);
    }
    const isDirectPossible =
      effective.events.includes(appManifest.messageEvent) &&
      [scopeRules.send, scopeRules.p2pEvent].every((rule) => hasAnyOf(effective.scopes, rule));
    if (!isDirectPossible) continue;
    sandbox.say({ text: name });
    answers += 1;
    await event('answered', answers);
  }
  expect(wrong).toEqual([]);
  // What a direct message depends on is little: sending in its three forms, pins with them, and receiving.
  expect(missing.length - answers).toBe(6);
  expect(events.filter((one) => one.event === 'error')).toEqual([]);
});

it('the log names a missing permission at the first need, once for each feature', async () => {
  const workplace = await openWorkplace({
    app: {
      scopes: ['im:message:send_as_bot', ...scopeRules.p2pEvent, ...scopeRules.mentionEvent],
    },
  });
  cleanUp(() => workplace.close());
  const { sandbox } = workplace;
  await workplace.goOffline();
  // Reads all of a turn, and takes until the mark on the question was tried.
  const isMarkTried = () => logs.some(({ text }) => text.includes('typing mark'));
  const agent = {
    async *answer() {
      await waitFor(() => expect(isMarkTried()).toBe(true));
      yield 'answer';
    },
  };
  const { event, logs } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  const warnings = () =>
    logs.filter(({ level, text }) => level === 'warn' && /permission/.test(text));
  expect(warnings()).toEqual([]);
  for (let turn = 1; turn <= 2; turn++) {
    const { messageId, chatId } = sandbox.say({ chatType: 'group', text: 'quoted' });
    const image = sandbox.putResource('image', Buffer.from('picture'));
    sandbox.say({
      chatType: 'group',
      chatId,
      mentionBot: true,
      text: 'question',
      images: [image],
      parentId: messageId,
    });
    await event('answered', turn);
  }
  const lacks = warnings().map(({ text }) => text.replace(/: the app lacks .*/, ''));
  expect(lacks.toSorted()).toEqual([
    'chats cannot be looked up',
    'files cannot be fetched',
    'names of people cannot be read',
    'questions cannot be marked while they are answered',
    'quoted and merged messages cannot be read',
  ]);
});
