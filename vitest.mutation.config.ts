import { defineConfig } from 'vitest/config';

/** The tests of one pure core, which scripts/mutation.mjs names. */
const tests = JSON.parse(process.env.MUTATION_TESTS ?? '[]') as string[];

export default defineConfig({
  test: {
    include: tests,
    setupFiles: ['test/support/few-examples.ts'],
    testTimeout: 60_000,
  },
});
