/**
 * The package's door for programs: the embedded Open Platform, for tests of one's own bot.
 *
 * `import { startSandbox } from 'moltbot-feishu'` speaks to the unmodified Feishu SDK on loopback.
 */
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/sandbox.ts';
