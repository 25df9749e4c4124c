import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { reporters, retry } from './scripts/vitest-settings.ts';

/** What needs only Node and npm. What needs a server, a host or Wine has a config of its own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/host/real/**', 'test/**/redis-*.test.ts', 'test/windows/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test waits for processes most of the time: one worker less than processors leaves them idle.
    maxWorkers: Math.max(2, availableParallelism()),
    retry,
    reporters: reporters(),
  },
});
