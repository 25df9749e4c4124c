import { defineConfig } from 'vitest/config';
import { reporters, retry } from './scripts/vitest-settings.ts';

/** The program under Windows' own Node, in Wine. */
export default defineConfig({
  test: {
    include: ['test/windows/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // One Wine prefix, one after another.
    fileParallelism: false,
    retry,
    reporters: reporters(),
  },
});
