/**
 * The channel as a host registers it: what a host asks for at once. It loads nothing heavy and never
 * throws, since a host loads it on each of its commands.
 *
 * In: what lies above this room, given by the door. Out: the object that Clawdbot, Moltbot and
 * OpenClaw take. Sending, probing, asking and running are loaded when they are called for.
 */
import type { GatewayContext, HostAccount, HostConfig, PluginApi } from './contract.ts';
import { channelMeta } from './meta.ts';
import { allowFrom, groups, mentions, security, threading } from './policy.ts';
import type { HostRuntime } from './runtime-contract.ts';
import { accountIds, defaultAccountId, hostAccount } from './section.ts';
import { withEnabled, withoutAccount } from './section-changes.ts';
import { sectionSchema } from './section-schema.ts';
import { statusAdapter } from './status.ts';
import { normalizeAllowEntry } from './targets.ts';
import type { UpperRooms } from './upper-rooms.ts';

export interface FeishuPlugin {
  readonly id: 'feishu';
  readonly name: string;
  readonly description: string;
  readonly configSchema: Readonly<Record<string, unknown>>;
  register(api: PluginApi): void;
}

export function feishuPlugin(rooms: UpperRooms): FeishuPlugin {
  return {
    id: 'feishu',
    name: 'Feishu',
    description: channelMeta.blurb,
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
    register(api) {
      api.registerChannel({ plugin: feishuChannel(rooms, api.runtime) });
    },
  };
}

function feishuChannel(rooms: UpperRooms, runtime: HostRuntime) {
  return {
    id: 'feishu',
    meta: channelMeta,
    capabilities: {
      chatTypes: ['direct', 'group', 'thread'],
      reactions: true,
      threads: true,
      media: false,
      blockStreaming: true,
      nativeCommands: false,
    },
    reload: { configPrefixes: ['channels.feishu'] },
    get configSchema() {
      return { schema: sectionSchema() };
    },
    config: {
      listAccountIds: accountIds,
      resolveAccount: hostAccount,
      defaultAccountId,
      isEnabled: (account: HostAccount) => account.enabled,
      isConfigured: (account: HostAccount) => account.configured,
      unconfiguredReason: () => 'App ID or App Secret is missing: moltbot-feishu setup',
      describeAccount: ({ accountId, name, enabled, configured, appId }: HostAccount) => ({
        accountId,
        ...(name !== undefined && { name }),
        enabled,
        configured,
        appId,
      }),
      setAccountEnabled: (change: {
        readonly cfg: HostConfig;
        readonly accountId: string;
        readonly enabled: boolean;
      }) => withEnabled(change.cfg, change.accountId, change.enabled),
      deleteAccount: (change: { readonly cfg: HostConfig; readonly accountId: string }) =>
        withoutAccount(change.cfg, change.accountId),
      ...allowFrom,
    },
    security,
    groups,
    mentions,
    threading,
    pairing: { idLabel: 'open_id', normalizeAllowEntry },
    // Only where an operator turns the host's own block streaming on; ours does not depend on it.
    streaming: { blockStreamingCoalesceDefaults: { minChars: 300, idleMs: 200 } },
    status: statusAdapter(rooms),
    gateway: {
      startAccount: async (ctx: GatewayContext): Promise<void> => {
        const { runAccount } = await import('./run-account.ts');
        await runAccount(ctx, runtime);
      },
    },
  };
}
