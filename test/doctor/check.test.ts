import { expect, it } from 'vitest';
import { type Check, runChecks } from '../../src/doctor/check.ts';
import { verbatim } from '../../src/shared/text/text.ts';

const run = { signal: new AbortController().signal, now: () => 0 };
const check = (
  id: string,
  needs: readonly string[],
  probe: Check<null>['probe'],
  more: Partial<Check<null>> = {},
): Check<null> => ({ id, needs, probe, ...more });

it('runs side by side what does not need each other, and tells it in the order declared', async () => {
  const log: string[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const results = await runChecks(
    [
      check('slow', [], async () => {
        await held;
        return { status: 'ok' };
      }),
      check('quick', [], () => {
        // The first one ends only because this one has begun.
        release();
        return Promise.resolve({ status: 'warn', detail: verbatim('odd') });
      }),
      check('behind', ['slow', 'quick'], () => Promise.resolve({ status: 'ok' })),
    ],
    null,
    { ...run, onResult: ({ id }) => log.push(id) },
  );
  expect(log).toEqual(['slow', 'quick', 'behind']);
  expect(results.map(({ status }) => status)).toEqual(['ok', 'warn', 'ok']);
});

it('leaves a probe behind that does not hear its deadline', async () => {
  const never = check('never', [], () => new Promise(() => undefined), { deadlineMs: 1 });
  const [result] = await runChecks([never], null, run);
  expect(result).toMatchObject({ id: 'never', status: 'not-checked' });
});

it('lets a fault of the program itself through', async () => {
  const faulty = check('faulty', [], () => Promise.reject(new TypeError('a bug')));
  await expect(runChecks([faulty], null, run)).rejects.toThrow('a bug');
});
