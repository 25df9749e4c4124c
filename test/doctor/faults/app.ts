/** Faults of the app on the platform. */
import { everydayEvents, everydayScopes } from '../../../src/sandbox/state/scopes.ts';
import { type DoctorFault, feishu } from './fault.ts';

const without = (...scopes: string[]) => everydayScopes.filter((scope) => !scopes.includes(scope));

/** With it the app may set itself up. */
const PATCH = 'application:application:patch';

/** What slash commands and the menu need. */
const MENUS = [
  'application:app_slash_command:read',
  'application:app_slash_command:write',
  'application:bot.menu:write',
];

export const appFaults: readonly DoctorFault[] = [
  {
    broken: 'the App Secret is wrong',
    check: 'credentials',
    fix: 'copy the App Secret again',
    make: feishu({ appSecret: 'not-the-secret-of-this-app' }),
  },
  {
    broken: 'there is no such app',
    check: 'credentials',
    fix: 'copy the App ID again',
    make: feishu({ appId: 'cli_00000000000000bb' }),
  },
  {
    broken: 'the app is disabled',
    check: 'credentials',
    fix: 'app',
    place: { app: { status: 'disabled' } },
  },
  {
    broken: 'the IP allow-list keeps this machine out',
    check: 'bot',
    fix: 'IP',
    also: ['connection'],
    make: ({ sandbox }) => sandbox.configureApp({ ipAllowList: ['203.0.113.7'] }),
  },
  {
    broken: 'the bot capability is off',
    check: 'bot',
    fix: 'Add the Bot under Features (添加应用能力)',
    isFixable: true,
    place: { app: { bot: false, scopes: [...everydayScopes, PATCH] } },
  },
  {
    broken: 'no version was ever published',
    check: 'bot',
    fix: 'create and publish a version',
    also: ['connection'],
    place: { app: { published: false } },
  },
  {
    broken: 'the administrator has disabled the bot',
    check: 'bot',
    fix: 'ask your administrator to enable the app',
    make: ({ sandbox }) => {
      sandbox.fault({
        match: { path: '/open-apis/bot/v3/info' },
        do: {
          kind: 'status',
          status: 200,
          body: {
            code: 0,
            msg: 'ok',
            bot: { activate_status: 1, app_name: 'Off', open_id: 'ou_x' },
          },
        },
      });
    },
  },
  {
    broken: 'direct messages are not permitted (`im:message.p2p_msg:readonly`)',
    check: 'permissions',
    fix: 'grant them at',
    isFixable: true,
    place: { app: { scopes: [...without('im:message.p2p_msg:readonly'), PATCH] } },
  },
  {
    broken: 'mentions in groups are not permitted (`im:message.group_at_msg:readonly`)',
    check: 'permissions',
    fix: 'grant them at',
    place: { app: { scopes: without('im:message.group_at_msg:readonly') } },
  },
  {
    broken: 'a recommended permission is missing (`contact:user.base:readonly`)',
    check: 'permissions',
    status: 'warn',
    fix: 'grant them at',
    isFixable: true,
    place: { app: { scopes: [...without('contact:user.base:readonly'), PATCH] } },
  },
  {
    broken: 'the event of a feature is missing (`im.message.recalled_v1`)',
    check: 'events',
    status: 'warn',
    fix: 'add them at',
    isFixable: true,
    place: { app: { events: ['im.message.receive_v1'], scopes: [...everydayScopes, PATCH] } },
  },
  {
    broken: 'a permission waits for the administrator',
    check: 'permissions',
    fix: 'ask your administrator to approve them',
    place: {
      app: {
        scopes: without('im:message.p2p_msg:readonly'),
        pendingScopes: ['im:message.p2p_msg:readonly'],
      },
    },
  },
  {
    broken: 'the message event is not in the published version',
    check: 'events',
    fix: 'add it at',
    isFixable: true,
    place: { app: { events: [], scopes: [...everydayScopes, PATCH] } },
  },
  {
    broken: 'events go to a webhook (where the platform reports it)',
    check: 'event-mode',
    fix: 'Receive events through persistent connection',
    isFixable: true,
    place: {
      app: { eventMode: 'webhook', tellsSubscription: true, scopes: [...everydayScopes, PATCH] },
    },
  },
  {
    broken: 'card callbacks go to a webhook (where the platform reports it)',
    check: 'callbacks',
    status: 'warn',
    fix: 'choose the persistent connection',
    isFixable: true,
    place: {
      app: { callbackMode: 'webhook', tellsSubscription: true, scopes: [...everydayScopes, PATCH] },
    },
  },
  {
    broken: 'the card callback is not subscribed (where the platform reports it)',
    check: 'callbacks',
    status: 'warn',
    fix: 'add card.action.trigger',
    place: { app: { callbacks: [], tellsSubscription: true } },
  },
  {
    broken: 'a version waits for the administrator',
    check: 'publish',
    status: 'warn',
    fix: 'ask your administrator to approve it',
    place: { app: { reviewRequired: true } },
    make: ({ sandbox }) => void sandbox.makeVersion(true),
  },
  {
    broken: 'the administrator has rejected the version',
    check: 'publish',
    status: 'warn',
    fix: 'submit a new version',
    place: { app: { reviewRequired: true } },
    make: ({ sandbox }) => {
      sandbox.makeVersion(true);
      sandbox.reviewVersion(false);
    },
  },
  {
    broken: 'a version was never submitted',
    check: 'publish',
    status: 'warn',
    fix: 'submit it for release',
    make: ({ sandbox }) => void sandbox.makeVersion(false),
  },
  {
    broken: 'the bot is available to some people only',
    check: 'availability',
    status: 'warn',
    fix: 'availability (可用范围)',
    place: { app: { availability: ['ou_somebody'] } },
  },
  {
    broken: 'slash commands are asked for, and not registered (`menus: true`)',
    check: 'menus',
    status: 'warn',
    fix: 'moltbot-feishu doctor --fix',
    isFixable: true,
    place: {
      app: {
        scopes: [...everydayScopes, ...MENUS],
        events: [...everydayEvents, 'application.bot.menu_v6'],
      },
    },
    make: feishu({ menus: true }),
  },
];
