import { defineConfig } from 'vitest/config';

const { VITEST_JSON } = process.env;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/host/real/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: VITEST_JSON ? ['default', ['json', { outputFile: VITEST_JSON }]] : ['default'],
  },
});
