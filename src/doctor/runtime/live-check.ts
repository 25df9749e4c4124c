/** The check that a message proves, asked for by `--live`. Most runs are without, and load nothing of it. */

import type { Check } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import type { LiveOptions } from './live-message.ts';

export const LIVE = 'live';

/** Above the wait, for the connection and the answer (ms). */
const MARGIN_MS = 20_000;

export function liveCheck(options: LiveOptions): Check<DoctorContext> {
  return {
    id: LIVE,
    needs: ['connection', 'bot'],
    unavailable: 'fail',
    deadlineMs: options.patienceMs + MARGIN_MS,
    async probe(context, signal) {
      const { proveByMessage } = await import('./live-message.ts');
      return proveByMessage(context, options, signal);
    },
  };
}
