import { defineConfig } from 'vitest/config';
import { reporters, retry } from './scripts/vitest-settings.ts';

/** The inbox in a real Redis, which each test starts for itself on loopback. */
export default defineConfig({
  test: {
    include: ['test/**/redis-*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry,
    reporters: reporters(),
  },
});
