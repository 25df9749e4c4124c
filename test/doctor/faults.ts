/** Every link of the chain, broken one at a time: what is done to it, which check names it, what it advises. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { takeOwnership } from '../../src/channel/inbox/directory/ownership.ts';
import {
  encodeRecord,
  type JournalRecord,
  journalHeader,
} from '../../src/channel/inbox/directory/records.ts';
import { RECORD_FILE } from '../../src/channel/run-record.ts';
import type { CheckStatus } from '../../src/doctor/check.ts';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import { leaveInRedis, redisServer } from '../channel/inbox/redis-server.ts';
import { testCertificate, testKey } from '../platform/network/certificate.ts';
import { channelStatus, placePlugin, type Workplace, type WorkplaceOptions } from './workplace.ts';

export interface DoctorFault {
  /** As docs/en/doctor.md says it. */
  readonly broken: string;
  readonly check: string;
  /** Default: fail. */
  readonly status?: CheckStatus;
  /** A piece of the advice, as docs/en/doctor.md shows it. */
  readonly fix: string;
  /** Other checks that the same cause breaks, behind the first. */
  readonly also?: readonly string[];
  /** `--fix` fixes it. */
  readonly isFixable?: boolean;
  readonly place?: WorkplaceOptions;
  /** What this machine must have beside Node: these faults have a test command of their own. */
  readonly needs?: 'redis-server';
  readonly make?: (workplace: Workplace) => void | Promise<void>;
}

const feishu =
  (patch: Record<string, unknown>) =>
  (workplace: Workplace): void => {
    workplace.feishu = { ...workplace.feishu, ...patch };
  };
const without = (...scopes: string[]) => everydayScopes.filter((scope) => !scopes.includes(scope));
/** With it the app may set itself up. */
const PATCH = 'application:application:patch';
const clawdbot = { host: 'clawdbot' } as const;

async function serve(workplace: Workplace, server: Server): Promise<number> {
  const sockets = new Set<import('node:net').Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  workplace.later(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function platformThat(workplace: Workplace, answer: http.RequestListener): Promise<void> {
  const port = await serve(workplace, http.createServer(answer));
  feishu({ domain: `http://127.0.0.1:${port}` })(workplace);
}

async function proxyThat(workplace: Workplace, status: number): Promise<void> {
  const server = http.createServer();
  server.on('connect', (_request, socket) => {
    socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  workplace.env.HTTP_PROXY = `http://127.0.0.1:${await serve(workplace, server)}`;
}

const inboxOf = ({ home, sandbox }: Workplace) =>
  join(home, '.clawdbot', 'feishu-inbox', sandbox.appId);

async function inInbox(workplace: Workplace, records: readonly JournalRecord[]): Promise<void> {
  const lines = records.map((record) => encodeRecord(record)).join('');
  await workplace.write(join(inboxOf(workplace), '00000001.log'), journalHeader + lines);
}

const received = (at: number): JournalRecord => ({
  is: 'received',
  n: 1,
  at,
  message: {
    eventId: 'evt-1',
    messageId: 'om_1',
    chatId: 'oc_1',
    chatType: 'p2p',
    createTime: at,
    senderOpenId: 'ou_1',
    senderType: 'user',
    messageType: 'text',
    content: '{"text":"hello"}',
    mentions: [],
  },
});

const inRedis = async (workplace: Workplace, settings: Record<string, string> = {}) => {
  const server = await redisServer(settings, workplace.later);
  feishu({ inbox: server.url })(workplace);
  return server;
};

const logLine = (workplace: Workplace): Promise<void> =>
  workplace.write(
    join(workplace.home, 'host.log'),
    `${JSON.stringify({
      0: '{"subsystem":"gateway/channels/feishu"}',
      1: '[default] channel exited: token refused',
      time: new Date().toISOString(),
      _meta: { logLevelName: 'ERROR', name: '{"subsystem":"gateway/channels/feishu"}' },
    })}\n`,
  );

export const faults: readonly DoctorFault[] = [
  {
    broken: 'there is no config file',
    check: 'config',
    fix: 'moltbot-feishu setup',
    make: (workplace) => {
      workplace.isKept = true;
    },
  },
  {
    broken: 'the config has no Feishu section',
    check: 'config',
    fix: 'moltbot-feishu setup',
    make: (workplace) => {
      workplace.text = '{ "gateway": {} }';
    },
  },
  {
    broken: 'the config does not parse',
    check: 'config',
    fix: 'Correct that line',
    make: (workplace) => {
      workplace.text = '{\n  "channels": { feishu: { appId 1 } }\n}';
    },
  },
  {
    broken: 'the config is not UTF-8',
    check: 'config',
    fix: 'Check that',
    make: (workplace) => {
      workplace.text = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
    },
  },
  {
    broken: 'a setting has a value that is not allowed',
    check: 'config',
    fix: 'Correct it in',
    make: feishu({ dmPolicy: 'everybody' }),
  },
  {
    broken: 'the App ID is malformed',
    check: 'config',
    fix: 'Correct it in',
    make: feishu({ appId: 'cli_short' }),
  },
  {
    broken: 'a key is misspelt',
    check: 'config',
    status: 'warn',
    fix: 'correct or remove it',
    isFixable: true,
    make: feishu({ typingReactions: false }),
  },
  {
    broken: 'an account has no App ID',
    check: 'config',
    fix: 'moltbot-feishu setup --account work',
    make: (workplace) => {
      workplace.feishu.accounts = { work: { appSecret: 'the-secret-of-work' } };
      workplace.options = { accountId: 'work' };
    },
  },
  {
    broken: 'an included file is missing',
    check: 'config',
    fix: 'Correct the $include',
    make: (workplace) => {
      workplace.config.$include = './missing.json';
    },
  },
  {
    broken: 'a file includes itself',
    check: 'config',
    fix: 'Correct the $include',
    make: (workplace) => {
      workplace.config.$include = workplace.configPath;
    },
  },
  {
    broken: 'a `${VAR}` of the config is not set',
    check: 'variables',
    fix: 'set FEISHU_SECRET_NOWHERE',
    make: feishu({ appSecret: '${FEISHU_SECRET_NOWHERE}' }),
  },
  {
    broken: 'others can read the config',
    check: 'file-mode',
    status: 'warn',
    fix: 'chmod 600',
    isFixable: true,
    make: async (workplace) => {
      await workplace.writeConfig();
      workplace.isKept = true;
      await chmod(workplace.configPath, 0o644);
    },
  },
  {
    broken: 'others can read the secret file',
    check: 'file-mode',
    status: 'warn',
    fix: 'chmod 600',
    isFixable: true,
    make: async (workplace) => {
      await workplace.write(join(workplace.home, 'secret'), workplace.sandbox.appSecret, 0o644);
      feishu({ appSecret: undefined, appSecretFile: '~/secret' })(workplace);
    },
  },
  {
    broken: 'the channel is switched off',
    check: 'enabled',
    fix: 'set channels.feishu.enabled to true',
    isFixable: true,
    make: feishu({ enabled: false }),
  },
  {
    broken: 'there is no App Secret',
    check: 'secret',
    fix: 'moltbot-feishu setup --account default',
    make: feishu({ appSecret: undefined }),
  },
  {
    broken: 'the secret file is missing',
    check: 'secret',
    fix: 'Check that',
    make: feishu({ appSecret: undefined, appSecretFile: '~/nowhere' }),
  },
  {
    broken: 'the secret file is empty',
    check: 'secret',
    fix: 'Check that',
    make: async (workplace) => {
      await workplace.write(join(workplace.home, 'secret'), '\n');
      feishu({ appSecret: undefined, appSecretFile: '~/secret' })(workplace);
    },
  },
  {
    broken: 'two accounts use one app',
    check: 'duplicates',
    fix: 'give each account its own app',
    make: ({ feishu: section, sandbox }) => {
      section.accounts = { twin: { appId: sandbox.appId } };
    },
  },
  {
    broken: 'another host’s config has the same app',
    check: 'duplicates',
    status: 'warn',
    fix: 'take channels.feishu out of',
    make: ({ write, home, sandbox }) =>
      write(
        join(home, '.openclaw', 'openclaw.json'),
        JSON.stringify({ channels: { feishu: { appId: sandbox.appId, appSecret: 'x' } } }),
      ),
  },
  {
    broken: 'a config that no host reads has a Feishu section',
    check: 'other-configs',
    status: 'warn',
    fix: 'use the other one: --config',
    make: ({ write, home }) =>
      write(
        join(home, '.clawdbot', 'clawdbot.json'),
        JSON.stringify({ channels: { feishu: { appId: 'cli_00000000000000aa', appSecret: 'x' } } }),
      ),
  },
  {
    broken: 'the policy lets no person write to the bot',
    check: 'policy',
    fix: 'add an open_id to channels.feishu.allowFrom',
    make: feishu({ dmPolicy: 'allowlist', groupPolicy: 'disabled' }),
  },
  {
    broken: 'the policy allows no direct message',
    check: 'policy',
    status: 'warn',
    fix: 'add an open_id to channels.feishu.allowFrom',
    make: feishu({ dmPolicy: 'allowlist', allowFrom: [] }),
  },
  {
    broken: 'the policy allows no group',
    check: 'policy',
    status: 'warn',
    fix: 'add a chat_id to channels.feishu.groupAllowFrom',
    make: feishu({ groupPolicy: 'allowlist' }),
  },
  {
    broken: 'a proxy variable is not an http(s) address',
    check: 'proxy',
    status: 'warn',
    fix: 'write HTTPS_PROXY as http://host:port',
    make: ({ env }) => {
      env.HTTPS_PROXY = 'socks5://127.0.0.1:1080';
    },
  },
  {
    broken: 'the proxy cannot be reached',
    check: 'network',
    fix: 'Check HTTPS_PROXY / HTTP_PROXY',
    also: ['proxy'],
    make: ({ env }) => {
      env.HTTP_PROXY = 'http://127.0.0.1:1';
    },
  },
  {
    broken: 'the proxy refuses the connection',
    check: 'network',
    fix: 'to be allowed on the proxy',
    also: ['proxy'],
    make: (workplace) => proxyThat(workplace, 403),
  },
  {
    broken: 'the proxy wants a login',
    check: 'network',
    fix: 'Put user and password into the proxy variable',
    also: ['proxy'],
    make: (workplace) => proxyThat(workplace, 407),
  },
  {
    broken: 'the host name does not resolve',
    check: 'network',
    fix: 'the DNS and the domain setting',
    make: feishu({ domain: 'http://feishu.invalid' }),
  },
  {
    broken: 'nothing listens at that address',
    check: 'network',
    fix: 'Check that the address and port are right',
    make: feishu({ domain: 'http://127.0.0.1:1' }),
  },
  {
    broken: 'a company proxy shows its own certificate',
    check: 'network',
    fix: 'set NODE_EXTRA_CA_CERTS',
    make: async (workplace) => {
      const server = https.createServer({ key: testKey, cert: testCertificate });
      feishu({ domain: `https://127.0.0.1:${await serve(workplace, server)}` })(workplace);
    },
  },
  {
    broken: 'the domain is https, and the server speaks http',
    check: 'network',
    fix: 'Check http/https in the domain setting',
    make: async (workplace) => {
      const port = await serve(workplace, http.createServer());
      feishu({ domain: `https://127.0.0.1:${port}` })(workplace);
    },
  },
  {
    broken: 'the platform never answers',
    check: 'network',
    fix: 'behind a company proxy set HTTPS_PROXY',
    make: async (workplace) => {
      workplace.options = { exchangeMs: 300 };
      await platformThat(workplace, () => undefined);
    },
  },
  {
    broken: 'the connection is cut',
    check: 'network',
    fix: 'a firewall or proxy is closing the connection',
    make: (workplace) =>
      platformThat(workplace, (request) => void request.socket.resetAndDestroy()),
  },
  {
    broken: 'a web page answers instead of the platform',
    check: 'network',
    fix: 'domain',
    make: (workplace) =>
      platformThat(workplace, (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>');
      }),
  },
  {
    broken: 'the platform answers 500',
    check: 'network',
    fix: 'try again in a few minutes',
    make: (workplace) =>
      platformThat(workplace, (_request, response) => void response.writeHead(500).end()),
  },
  {
    broken: 'the clock is wrong',
    check: 'clock',
    status: 'warn',
    fix: 'set the clock',
    make: (workplace) => {
      workplace.options = { now: () => Date.now() + 300_000 };
    },
  },
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
    broken: 'a store app: it may not use a long connection',
    check: 'connection',
    fix: 'Use a custom app',
    place: { app: { kind: 'store' } },
  },
  {
    broken: 'the long-connection endpoint answers 500',
    check: 'connection',
    fix: 'try again in a few minutes',
    make: ({ sandbox }) => {
      sandbox.fault({
        match: { path: '/callback/ws/endpoint' },
        do: { kind: 'status', status: 500 },
      });
    },
  },
  {
    broken: 'the app has more than 50 connections',
    check: 'connection',
    fix: 'Stop',
    make: ({ sandbox }) => {
      sandbox.fault({
        match: { path: '/callback/ws/endpoint' },
        do: { kind: 'code', code: 1000040350, msg: 'exceeded', status: 200 },
      });
    },
  },
  {
    broken: 'the long connection opens, but no data arrives',
    check: 'connection',
    status: 'warn',
    fix: 'a firewall or proxy that cuts WebSockets',
    make: ({ sandbox }) => sandbox.mute(true),
  },
  {
    broken: 'two clients share the messages of one app',
    check: 'connection',
    status: 'warn',
    fix: 'stop the other gateway',
    make: ({ comeOnline }) => comeOnline(),
  },
  {
    broken: 'a `~/.clawdbot` stops OpenClaw (“State directory migration remains pending”)',
    check: 'state-directory',
    fix: 'move channels.feishu to the file that OpenClaw reads',
    isFixable: true,
    place: { host: 'openclaw' },
    make: ({ write, home }) => write(join(home, '.clawdbot', 'identity', 'device.json'), '{}'),
  },
  {
    broken: 'the host that is installed reads another file',
    check: 'host',
    fix: 'moltbot-feishu setup --host clawdbot',
    place: clawdbot,
    make: async (workplace) => {
      const { home, feishu: section, config } = workplace;
      const path = join(home, '.moltbot', 'moltbot.json');
      await workplace.write(path, JSON.stringify({ ...config, channels: { feishu: section } }));
      workplace.text = '{}';
    },
  },
  {
    broken: 'the host does not run with this Node',
    check: 'host-node',
    fix: 'install a Node that is >=99',
    place: clawdbot,
    make: ({ write, hostPackage }) =>
      write(hostPackage, '{"name":"clawdbot","version":"2026.1.24","engines":{"node":">=99"}}'),
  },
  {
    broken:
      'the config names the channel and no plugin provides it: the host refuses the whole config',
    check: 'plugin',
    fix: 'moltbot-feishu doctor --fix',
    isFixable: true,
    place: clawdbot,
    make: async (workplace) => {
      await rm(workplace.pluginPath, { recursive: true });
      const pluginFolder = join(workplace.home, 'package', 'plugin');
      await placePlugin(pluginFolder);
      workplace.options = { pluginFolder };
    },
  },
  {
    broken: 'two plugins claim the channel',
    check: 'plugin',
    fix: 'keep one of them',
    place: clawdbot,
    make: ({ pluginPath }) =>
      placePlugin(`${pluginPath}-bridge`, { name: 'a-bridge', version: '0.1.0' }),
  },
  {
    broken: 'another plugin provides the channel',
    check: 'plugin',
    status: 'warn',
    fix: 'to use ours, remove',
    place: clawdbot,
    make: ({ pluginPath }) =>
      placePlugin(pluginPath, { name: '@m1heng-clawd/feishu', version: '0.1.0' }),
  },
  {
    broken: 'the plugin is of another version',
    check: 'plugin',
    status: 'warn',
    fix: 'bring both to one version',
    place: clawdbot,
    make: ({ pluginPath }) =>
      placePlugin(pluginPath, { name: '@moltbot/feishu', version: '0.0.1' }),
  },
  {
    broken: 'the plugin is switched off',
    check: 'plugin-enabled',
    fix: 'allow feishu in plugins.entries.feishu.enabled',
    isFixable: true,
    place: clawdbot,
    make: ({ config }) => {
      config.plugins = { entries: { feishu: { enabled: false } } };
    },
  },
  {
    broken: 'all plugins are switched off',
    check: 'plugin-enabled',
    fix: 'allow feishu in plugins.enabled',
    isFixable: true,
    place: clawdbot,
    make: ({ config }) => {
      config.plugins = { enabled: false };
    },
  },
  {
    broken: 'the plugin is on the deny list',
    check: 'plugin-enabled',
    fix: 'allow feishu in plugins.deny',
    isFixable: true,
    place: clawdbot,
    make: ({ config }) => {
      config.plugins = { deny: ['feishu', 'other'] };
    },
  },
  {
    broken: 'the plugin is not on the allow list',
    check: 'plugin-enabled',
    fix: 'allow feishu in plugins.allow',
    isFixable: true,
    place: clawdbot,
    make: ({ config }) => {
      config.plugins = { allow: ['other'] };
    },
  },
  {
    broken: 'the plugin has no entry in the config of OpenClaw',
    check: 'plugin-enabled',
    fix: 'allow feishu in plugins.entries.feishu.enabled',
    isFixable: true,
    place: { host: 'openclaw' },
    make: ({ config }) => {
      config.plugins = {};
    },
  },
  {
    broken: 'the host was just installed: its gateway has no `gateway.mode`, and does not start',
    check: 'gateway-settings',
    fix: 'run clawdbot onboard, or: clawdbot config set gateway.mode local',
    also: ['online'],
    place: clawdbot,
    make: async ({ config, stopGateway, goOffline }) => {
      config.gateway = { port: (config.gateway as { port: number }).port };
      await stopGateway();
      await goOffline();
    },
  },
  {
    broken: 'the gateway wants a password, and the config has none',
    check: 'gateway-settings',
    fix: 'clawdbot config set gateway.auth.password YOUR-PASSWORD',
    also: ['online'],
    place: clawdbot,
    make: async ({ config, stopGateway, goOffline }) => {
      config.gateway = { ...(config.gateway as object), auth: { mode: 'password' } };
      await stopGateway();
      await goOffline();
    },
  },
  {
    broken: 'the gateway runs, and would not start again',
    check: 'gateway-settings',
    status: 'warn',
    fix: 'run openclaw onboard',
    place: { host: 'openclaw' },
    make: ({ config }) => {
      config.gateway = { ...(config.gateway as object), mode: undefined };
    },
  },
  {
    broken: 'the gateway is not running',
    check: 'gateway',
    fix: 'clawdbot gateway run',
    also: ['online'],
    place: clawdbot,
    make: async ({ stopGateway, goOffline }) => {
      await stopGateway();
      await goOffline();
    },
  },
  {
    broken: 'the host says that the channel does not run',
    check: 'channel',
    fix: 'clawdbot gateway restart',
    place: clawdbot,
    make: ({ write, home }) =>
      write(
        join(home, 'host', 'status.json'),
        JSON.stringify(channelStatus({ running: false, lastError: 'exited' })),
      ),
  },
  {
    broken: 'the host’s agent fails, for example because a model key is missing',
    check: 'agent',
    fix: 'clawdbot models auth add',
    place: clawdbot,
    make: ({ write, home }) => {
      const lastAgentFailure = {
        at: Date.now() - 120_000,
        error: 'No API key found for provider "anthropic".',
      };
      const status = channelStatus({ running: true, connected: true, lastAgentFailure });
      return write(join(home, 'host', 'status.json'), JSON.stringify(status));
    },
  },
  {
    broken: 'people wait for their pairing code to be approved',
    check: 'pairing',
    status: 'warn',
    fix: 'clawdbot pairing list feishu',
    place: clawdbot,
    make: ({ write, home }) =>
      write(
        join(home, '.clawdbot', 'credentials', 'feishu-pairing.json'),
        JSON.stringify({
          version: 1,
          requests: [{ id: 'ou_1', code: 'ABCDEFGH', createdAt: new Date().toISOString() }],
        }),
      ),
  },
  {
    broken: 'the host’s log has an error from the channel',
    check: 'host-log',
    status: 'warn',
    fix: 'the whole of it is in',
    place: clawdbot,
    make: logLine,
  },
  {
    broken: 'nothing is running: no client is online',
    check: 'online',
    status: 'warn',
    fix: 'start the channel: moltbot-feishu run',
    make: ({ goOffline }) => goOffline(),
  },
  {
    broken: 'no client is online, and OpenClaw reads the config',
    check: 'online',
    status: 'warn',
    fix: 'openclaw gateway run',
    place: { host: 'openclaw' },
    make: ({ goOffline }) => goOffline(),
  },
  {
    broken: 'messages wait and no process works on them',
    check: 'inbox',
    status: 'warn',
    fix: 'start the gateway',
    make: (workplace) => inInbox(workplace, [received(Date.now() - 3_600_000)]),
  },
  {
    broken: 'messages were given up',
    check: 'inbox',
    status: 'warn',
    fix: 'ask them to write again',
    make: (workplace) =>
      inInbox(workplace, [
        received(Date.now()),
        { is: 'parked', n: 1, at: Date.now(), eventId: 'evt-1', messageId: 'om_1', chatId: 'oc_1' },
      ]),
  },
  {
    broken: 'a file of the inbox is damaged',
    check: 'inbox',
    status: 'warn',
    fix: 'check the disk',
    make: (workplace) => workplace.write(join(inboxOf(workplace), '00000001.log.damaged'), 'x'),
  },
  {
    broken: 'the inbox cannot be read',
    check: 'inbox',
    fix: 'read and write',
    make: async (workplace) => {
      await mkdir(join(workplace.home, '.clawdbot'), { recursive: true, mode: 0o700 });
      await writeFile(join(workplace.home, '.clawdbot', 'feishu-inbox'), 'a file');
    },
  },
  {
    broken: 'the bundled runtime runs, and its connection stays down',
    check: 'traffic',
    status: 'warn',
    fix: 'check its log',
    make: async (workplace) => {
      const directory = inboxOf(workplace);
      const since = Date.now() - 10 * 60_000;
      await workplace.write(
        join(directory, RECORD_FILE),
        JSON.stringify({ state: 'reconnecting', since, lastEventAt: since - 1000 }),
      );
      const { signal } = new AbortController();
      const ownership = await takeOwnership(directory, () => undefined, signal);
      if (ownership.kind !== 'owner') throw new Error('somebody else works there');
      workplace.later(ownership.release);
    },
  },
  {
    broken: 'the Redis of the inbox cannot be reached',
    check: 'inbox',
    fix: 'see that Redis runs',
    make: feishu({ inbox: 'redis://127.0.0.1:1' }),
  },
  {
    broken: 'messages wait in Redis and no process works on them',
    check: 'inbox',
    status: 'warn',
    fix: 'start the gateway',
    needs: 'redis-server',
    make: async (workplace) => {
      const { url } = await inRedis(workplace);
      await leaveInRedis(url, workplace.sandbox.appId, Date.now() - 3_600_000);
    },
  },
  {
    broken: 'Redis does not write waiting messages to disk',
    check: 'inbox',
    status: 'warn',
    fix: 'set appendonly yes',
    needs: 'redis-server',
    make: async (workplace) => void (await inRedis(workplace, { appendonly: 'no' })),
  },
  {
    broken: 'Redis drops data when its memory is full',
    check: 'inbox',
    status: 'warn',
    fix: 'set maxmemory-policy noeviction',
    needs: 'redis-server',
    make: async (workplace) =>
      void (await inRedis(workplace, { 'maxmemory-policy': 'allkeys-lru' })),
  },
  {
    broken: 'the newest message was dropped by the policy',
    check: 'traffic',
    status: 'warn',
    fix: 'change dmPolicy, allowFrom, groupPolicy or requireMention',
    place: clawdbot,
    make: ({ write, home }) =>
      write(
        join(home, 'host', 'status.json'),
        JSON.stringify(
          channelStatus({
            running: true,
            lastInboundAt: Date.now() - 90_000,
            lastIgnored: { at: Date.now() - 30_000, reason: 'not-in-allowlist' },
          }),
        ),
      ),
  },
  {
    broken: 'the person is outside the availability (`--live OPEN_ID`)',
    check: 'live',
    fix: 'availability',
    also: ['availability'],
    place: { app: { availability: ['ou_somebody'] } },
    make: (workplace) => {
      const { openId } = workplace.sandbox.user;
      workplace.options = { live: { openId, lang: 'en', patienceMs: 1, ask: () => undefined } };
    },
  },
  {
    broken: 'no message arrives (`--live`)',
    check: 'live',
    fix: 'is another client online',
    make: (workplace) => {
      workplace.options = {
        live: { openId: undefined, lang: 'en', patienceMs: 300, ask: () => undefined },
      };
    },
  },
];
