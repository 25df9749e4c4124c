/**
 * The channel as a host registers it: what a host asks for at once. It loads nothing heavy and never
 * throws, since a host loads it on each of its commands.
 *
 * In: what lies above this room, given by the door. Out: the object that Clawdbot, Moltbot and
 * OpenClaw take. Sending, probing, asking and running are loaded when they are called for.
 */

import { statusAdapter } from './account/status.ts';
import { actionsAdapter, agentPrompt } from './actions/actions-adapter.ts';
import type { GatewayContext, HostAccount, PluginApi } from './contract.ts';
import type { HostConfig } from './host-config.ts';
import { rewriteCommands } from './machine/installed/command-names.ts';
import { channelMeta } from './meta.ts';
import { allowFrom, groups, mentions, security, threading } from './people/policy.ts';
import { normalizeAllowEntry } from './people/targets.ts';
import { PluginMemory } from './plugin-memory.ts';
import type { PluginServices } from './plugin-services.ts';
import type { HostRuntime } from './runtime-contract.ts';
import { runningHost } from './section/config-location.ts';
import { accountIds, defaultAccountId, hostAccount } from './section/section.ts';
import { withEnabled, withoutAccount } from './section/section-changes.ts';
import { sectionSchema } from './section/section-schema.ts';
import { directoryAdapter, messaging, outboundAdapter, resolverAdapter } from './send/outbound.ts';
import { registerCommands } from './setup/command-line.ts';
import { onboardingAdapter } from './setup/onboarding.ts';
import { setup } from './setup/setup.ts';

/** For a scan, where a host does not say (ms). */
const QR_TIMEOUT_MS = 120_000;

export interface FeishuPlugin {
  readonly id: 'feishu';
  readonly name: string;
  readonly description: string;
  readonly configSchema: Readonly<Record<string, unknown>>;
  register(api: PluginApi): void;
}

export function feishuPlugin(services: PluginServices): FeishuPlugin {
  const memory = new PluginMemory();
  return {
    id: 'feishu',
    name: 'Feishu',
    description: channelMeta.blurb,
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
    register(api) {
      api.registerChannel({ plugin: feishuChannel(services, api.runtime, memory) });
      registerCommands(api);
    },
  };
}

function feishuChannel(rooms: PluginServices, runtime: HostRuntime, memory: PluginMemory) {
  const wizard = onboardingAdapter(rooms);
  return {
    id: 'feishu',
    meta: channelMeta,
    capabilities: {
      chatTypes: ['direct', 'group', 'thread'],
      reactions: true,
      threads: true,
      media: true,
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
      unconfiguredReason: () =>
        rewriteCommands(
          runningHost(process.argv[1]),
          'App ID or App Secret is missing: moltbot-feishu setup',
        ),
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
    pairing: {
      idLabel: 'open_id',
      normalizeAllowEntry,
      notifyApproval: async (approval: {
        readonly cfg: HostConfig;
        readonly id: string;
        readonly accountId?: string;
      }): Promise<void> => (await import('./send/send.ts')).notifyApproval(memory, approval),
    },
    // The same under the name that each host looks for: OpenClaw has the second one.
    onboarding: wizard,
    setupWizard: wizard,
    setup,
    outbound: outboundAdapter(memory),
    actions: actionsAdapter(memory),
    agentPrompt,
    messaging,
    directory: directoryAdapter(memory),
    resolver: resolverAdapter(memory),
    auth: {
      login: async (request: {
        readonly cfg: HostConfig;
        readonly accountId?: string | null;
        readonly runtime?: { log?(text: string): void };
      }): Promise<void> => {
        const { accountId, domain } = hostAccount(request.cfg, request.accountId);
        const print = (text: string): void => request.runtime?.log?.(text);
        await (await rooms.qrLogin(memory.scans)).login({ accountId, domain, print });
      },
    },
    // Only where an operator turns the host's own block streaming on; ours does not depend on it.
    streaming: { blockStreamingCoalesceDefaults: { minChars: 300, idleMs: 200 } },
    status: statusAdapter(rooms),
    gateway: {
      startAccount: async (ctx: GatewayContext): Promise<void> => {
        const { runAccount } = await import('./account/run-account.ts');
        await runAccount(ctx, runtime, memory);
      },
      ...qrGateway(rooms, runtime, memory),
    },
  };
}

/** A host's page gives no config along: the file is asked where the host has it. */
function qrGateway({ qrLogin }: PluginServices, runtime: HostRuntime, { scans }: PluginMemory) {
  const accountOf = (accountId?: string): HostAccount =>
    hostAccount(runtime.config?.loadConfig?.() ?? {}, accountId);
  return {
    loginWithQrStart: async (request: {
      readonly accountId?: string;
      readonly force?: boolean;
    }) => {
      const { accountId, domain, appId } = accountOf(request.accountId);
      const force = request.force === true;
      return (await qrLogin(scans)).start({ accountId, domain, force, configuredAppId: appId });
    },
    loginWithQrWait: async (request: {
      readonly accountId?: string;
      readonly timeoutMs?: number;
    }) => {
      const { accountId } = accountOf(request.accountId);
      const timeoutMs = request.timeoutMs ?? QR_TIMEOUT_MS;
      return (await qrLogin(scans)).wait({ accountId, timeoutMs });
    },
  };
}
