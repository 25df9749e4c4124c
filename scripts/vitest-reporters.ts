/** Vitest's reporters: for people, and beside it a summary for CI in the file that VITEST_JSON names. */
export function reporters(): (string | [string, { outputFile: string }])[] {
  const { VITEST_JSON: outputFile } = process.env;
  return outputFile ? ['default', ['json', { outputFile }]] : ['default'];
}
