/** Faults of the host and its plugin. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { channelStatus, placePlugin, type Workplace } from '../workplace.ts';
import { clawdbot, type DoctorFault } from './fault.ts';

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

export const hostFaults: readonly DoctorFault[] = [
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
    fix: 'switch the other one off',
    place: clawdbot,
    make: ({ pluginPath }) =>
      placePlugin(`${pluginPath}-bridge`, { name: 'a-bridge', version: '0.1.0' }),
  },
  {
    broken: 'another plugin provides the channel',
    check: 'plugin',
    status: 'warn',
    fix: 'to switch to moltbot-feishu',
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
];
