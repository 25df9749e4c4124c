/**
 * The package's door for programs: the plugin that a host loads, and the embedded Open Platform for
 * tests of one's own bot. Neither loads more than it needs.
 *
 * `import { startSandbox } from 'moltbot-feishu'` speaks to the unmodified Feishu SDK on loopback.
 */
import { feishuPlugin } from './host/plugin.ts';
import type { Sandbox, SandboxOptions } from './sandbox/sandbox.ts';

export type { ExecAnswer, ExecButton, ExecTool } from './channel/agent/exec-answer.ts';
export type {
  ExecAction,
  ExecAttachment,
  ExecMention,
  ExecMessage,
  ExecNote,
  ExecPerson,
  ExecQuote,
} from './channel/agent/exec-message.ts';
export type { Sandbox, SandboxOptions };

/**
 * Starts an Open Platform on loopback: for tests of your own bot, and for trying it.
 *
 * @throws what listening throws: EADDRINUSE where the port is taken
 * @example
 * ```ts
 * import { startSandbox } from 'moltbot-feishu';
 *
 * const sandbox = await startSandbox({ app: { name: 'Ops' } });
 * console.log(sandbox.url, sandbox.appId, sandbox.appSecret);
 * await sandbox.close();
 * ```
 */
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await import('./sandbox/sandbox.ts');
  return sandbox.startSandbox(options);
}

/**
 * The channel plugin, as Moltbot, Clawdbot and OpenClaw load it.
 *
 * @example A host does this; you need it only to load the plugin yourself:
 * ```ts
 * import feishu from 'moltbot-feishu';
 *
 * feishu.register(api);
 * ```
 */
// biome-ignore lint/style/noDefaultExport: a host takes the plugin from it
export default feishuPlugin({
  probe: async (request) => {
    const { probeAccount } = await import('./doctor/app/probe-account.ts');
    return probeAccount(request);
  },
  configure: async (context) => {
    const { configureInHost } = await import('./wizard/in-host/onboarding.ts');
    return configureInHost(context);
  },
  qrLogin: async (scans) => (await import('./wizard/in-host/scan-login.ts')).createScanLogin(scans),
});
