import { defineConfig } from 'vitest/config';

/**
 * The tests of the pure cores, for Stryker: none starts a process or a server, so that hundreds of
 * changed versions can be tried in minutes.
 */
export default defineConfig({
  test: {
    include: [
      'test/channel/{blocks,chunk,content,event,policy,seen}.test.ts',
      'test/channel/answer/**/*.test.ts',
      'test/config/{accounts,edit,json5,mask,removal,schema}.test.ts',
      'test/platform/{app-plan.property,app-plan,tables}.test.ts',
    ],
    testTimeout: 60_000,
  },
});
