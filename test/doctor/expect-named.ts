/** One fault at a time: the doctor names its check first, with its fix, and no healthy one. */
import { expect } from 'vitest';
import type { CheckResult } from '../../src/doctor/check.ts';
import { firstProblem } from '../../src/doctor/verdict.ts';
import { render } from '../../src/shared/text/text.ts';
import { expectLinksOpen } from '../support/sandbox-links.ts';
import type { DoctorFault } from './faults/fault.ts';
import { faultsInChinese } from './faults/in-chinese.ts';
import { openWorkplace } from './workplace.ts';

export const isBroken = ({ status }: CheckResult): boolean =>
  status === 'fail' || status === 'warn';

/** What a check says, in English. */
export const words = (check: CheckResult | undefined): (string | undefined)[] => [
  check?.detail && render(check.detail, 'en'),
  check?.advice && render(check.advice, 'en'),
];

export async function expectNamed(fault: DoctorFault): Promise<void> {
  const workplace = await openWorkplace(fault.place);
  try {
    await fault.make?.(workplace);
    const { checks } = await workplace.run();
    const first = firstProblem(checks);
    expect([first?.id, first?.status, ...words(first)]).toEqual([
      fault.check,
      fault.status ?? 'fail',
      expect.anything(),
      expect.stringContaining(fault.fix),
    ]);
    const inChinese = (first?.advice && render(first.advice, 'zh')) ?? '';
    const pieces = faultsInChinese[fault.broken]?.fix.split('…') ?? ['(not in the table)'];
    expect(pieces.filter((piece) => !inChinese.includes(piece.trim()))).toEqual([]);
    const broken = checks.filter(isBroken).map(({ id }) => id);
    expect(broken.sort()).toEqual([fault.check, ...(fault.also ?? [])].sort());
    const said = checks.map((check) => [check.url, ...words(check)].join(' '));
    await expectLinksOpen(said.join(' '), workplace.sandbox.url);
  } finally {
    await workplace.close();
  }
}
