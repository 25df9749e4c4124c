import { defineConfig } from 'vitest/config';

/** Not a test: walks the scenes and writes docs/transcripts. */
export default defineConfig({
  test: { include: ['scripts/transcripts/transcripts.ts'], testTimeout: 120_000 },
});
