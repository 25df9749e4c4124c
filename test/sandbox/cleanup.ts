import { afterEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Listener, listen } from './sdk.ts';

/** Makes sandboxes and listeners that are closed after the test, last made first. */
export function useSandboxes(): {
  start(options?: SandboxOptions): Promise<Sandbox>;
  listen(...args: Parameters<typeof listen>): Listener;
} {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  return {
    async start(options = {}) {
      const sandbox = await startSandbox(options);
      cleanups.push(() => sandbox.close());
      return sandbox;
    },
    listen(...args) {
      const listener = listen(...args);
      cleanups.push(() => listener.close());
      return listener;
    },
  };
}
