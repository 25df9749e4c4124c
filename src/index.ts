/**
 * The package's door for programs: the plugin that a host loads, and the embedded Open Platform for
 * tests of one's own bot. Neither loads more than it needs.
 *
 * `import { startSandbox } from 'moltbot-feishu'` speaks to the unmodified Feishu SDK on loopback.
 */
import { feishuPlugin } from './host/plugin.ts';
import type { Sandbox, SandboxOptions } from './sandbox/sandbox.ts';

export type { Sandbox, SandboxOptions };

/** Starts a sandbox. Throws what listening throws: EADDRINUSE where the port is taken. */
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await import('./sandbox/sandbox.ts');
  return sandbox.startSandbox(options);
}

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
  qrLogin: async () => (await import('./wizard/in-host/scan-login.ts')).scanLogin,
});
