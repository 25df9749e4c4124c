/**
 * Property tests with few examples, always the same ones, and without a search for the smallest that
 * fails. For mutation testing, which runs each test hundreds of times and only asks whether it fails.
 */
import type * as fastCheck from 'fast-check';
import { vi } from 'vitest';

/** As many as fast-check tries of itself. */
const MAX_EXAMPLES = 100;
/** Of a sample that a test goes through in full. */
const MAX_SAMPLES = 10;

vi.mock('fast-check', async (original) => {
  const module = await original<{ readonly default: typeof fastCheck }>();
  const fc = module.default;
  const assert: typeof fastCheck.assert = ((property, parameters = {}) => {
    const numRuns = Math.min(parameters.numRuns ?? MAX_EXAMPLES, MAX_EXAMPLES);
    return fc.assert(property, { seed: 20261127, ...parameters, numRuns, endOnFailure: true });
  }) as typeof fastCheck.assert;
  const sample: typeof fastCheck.sample = ((of, parameters = {}) => {
    const given = typeof parameters === 'number' ? { numRuns: parameters } : parameters;
    const numRuns = Math.min(given.numRuns ?? MAX_SAMPLES, MAX_SAMPLES);
    return fc.sample(of, { ...given, numRuns });
  }) as typeof fastCheck.sample;
  return { ...module, default: { ...fc, assert, sample } };
});
