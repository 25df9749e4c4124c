/** Reporters: the default one, and beside it a summary in the file that VITEST_JSON names. */
export function reporters(): (string | [string, { outputFile: string }])[] {
  const { VITEST_JSON: outputFile } = process.env;
  return outputFile ? ['default', ['json', { outputFile }]] : ['default'];
}

/**
 * In CI a test that fails runs twice more, since two processors share real processes, servers and
 * hosts; the report names each test that needed it. A change that breaks a test fails each time.
 */
export const retry = process.env.CI ? 2 : 0;
