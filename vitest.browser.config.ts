import { defineConfig } from 'vitest/config';
import { reporters, retry } from './scripts/vitest-settings.ts';

/** The sandbox's pages in a real browser. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: each has processes of its own.
    fileParallelism: false,
    retry,
    reporters: reporters(),
  },
});
