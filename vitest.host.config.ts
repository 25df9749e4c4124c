import { defineConfig } from 'vitest/config';
import { reporters, retry } from './scripts/vitest-settings.ts';

/** The real hosts: installed from npm, booted in a throw-away HOME. Slow, so apart from the others. */
export default defineConfig({
  test: {
    include: ['test/host/real/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A gateway waits for much of its time.
    maxWorkers: 2,
    retry,
    reporters: reporters(),
  },
});
