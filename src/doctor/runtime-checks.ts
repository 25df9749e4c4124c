/** The checks of what runs: is anybody listening, what waits in the inbox, what was given up. */
import { message } from '../shared/text.ts';
import type { Check } from './check.ts';
import type { DoctorContext } from './context.ts';
import { inboxCheck } from './inbox-check.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';
import { traffic } from './traffic-check.ts';

type RuntimeCheck = Check<DoctorContext>;

const online: RuntimeCheck = {
  id: 'online',
  question: texts.askOnline,
  needs: ['connection'],
  probe({ found: { online: count } }) {
    if (count === undefined) {
      return Promise.resolve({ status: 'not-checked', detail: texts.onlineUntold });
    }
    return Promise.resolve(
      count > 0
        ? { status: 'ok', detail: message(texts.somebodyOnline, { count }) }
        : { status: 'warn', detail: texts.nobodyOnline, fix: texts.nobodyOnlineFix },
    );
  },
};

export const runtimeChecks: readonly RuntimeCheck[] = [online, inboxCheck, traffic];
