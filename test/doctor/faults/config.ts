/** Faults of the config file. */
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { type DoctorFault, feishu } from './fault.ts';

export const configFaults: readonly DoctorFault[] = [
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
    broken: 'the policy is closed for direct messages and for groups',
    check: 'policy',
    fix: 'set channels.feishu.dmPolicy to pairing',
    make: feishu({ dmPolicy: 'disabled', groupPolicy: 'disabled' }),
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
];
