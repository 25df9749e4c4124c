/** A check as the JSON contract and as the text form show it. */
import type { CheckResult, CheckStatus } from '../doctor/check.ts';
import type { Kleur } from '../shared/color.ts';
import type { Shell } from './shell.ts';

export interface CheckDocument {
  readonly id: string;
  readonly status: CheckStatus;
  readonly detail?: string;
  readonly fix?: string;
  readonly url?: string;
}

export function checkDocument(shell: Shell, result: CheckResult): CheckDocument {
  return {
    id: result.id,
    status: result.status,
    ...(result.detail && { detail: shell.say(result.detail) }),
    ...(result.fix && { fix: shell.say(result.fix) }),
    ...(result.url && { url: result.url }),
  };
}

export function mark(paint: Kleur, status: CheckStatus): string {
  switch (status) {
    case 'ok':
      return paint.green('✓');
    case 'warn':
      return paint.yellow('!');
    case 'fail':
      return paint.red('✗');
    case 'not-checked':
    case 'skipped':
      return paint.dim('–');
  }
}
