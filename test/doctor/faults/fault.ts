/** What a fault of the chain declares, and what faults of several rooms need. */
import type { CheckStatus } from '../../../src/doctor/check.ts';
import type { Workplace, WorkplaceOptions } from '../workplace.ts';

export interface DoctorFault {
  /** As docs/en/doctor.md says it. */
  readonly broken: string;
  readonly check: string;
  /** Default: fail. */
  readonly status?: CheckStatus;
  /** A piece of the advice, as docs/en/doctor.md shows it. */
  readonly fix: string;
  /** Other checks that the same cause breaks, behind the first. */
  readonly also?: readonly string[];
  /** `--fix` fixes it. */
  readonly isFixable?: boolean;
  readonly place?: WorkplaceOptions;
  /** What this machine must have beside Node: these faults have a test command of their own. */
  readonly needs?: 'redis-server';
  readonly make?: (workplace: Workplace) => void | Promise<void>;
}

export const feishu =
  (patch: Record<string, unknown>) =>
  (workplace: Workplace): void => {
    workplace.feishu = { ...workplace.feishu, ...patch };
  };

export const clawdbot = { host: 'clawdbot' } as const;
