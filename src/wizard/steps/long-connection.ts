/** The long connection, opened and held: the console wants one to save the mode, the proof listens on it. */

import { resolveEndpoints } from '../../platform/address/endpoints.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, localize } from '../../shared/text.ts';
import { holdLine } from '../held-line.ts';
import { clientOf, type Run } from '../run.ts';
import type { Recovery, Step } from '../step.ts';
import { appTexts as texts } from './app-texts.ts';
import { provesByMessage } from './proof.ts';

/** With the SDK's own handshake, three attempts on a poor line. */
const UP_WITHIN_S = 20;

const opening: Pick<Step, 'check' | 'undo' | 'recoveries'> = {
  async check(run) {
    const { facts, options } = run;
    const { conversation, now } = options;
    if (facts.line?.isUp) return;
    await facts.line?.close();
    const line = holdLine({ ...options, client: clientOf(run) });
    facts.line = line;
    const startedAt = now();
    try {
      await conversation.during(texts.opening, (signal) => upWithin(line, signal));
      run.report({ id: 'line', ms: now() - startedAt, status: 'ok', detail: texts.lineUp });
    } catch (error) {
      const isUnpublished = isMoltbotFeishuError(error) && error.code === 'app-not-ready';
      // Where the walk published already, it is a fault.
      if (!isUnpublished || !facts.walks || facts.publishesFirst) {
        await line.close();
        facts.line = undefined;
        throw error;
      }
      facts.publishesFirst = true;
      // The connection keeps trying: it comes up by itself once a version is published.
      const { what } = error;
      const problem = asLocalized(what);
      run.report({
        id: 'line',
        ms: now() - startedAt,
        status: 'not-checked',
        detail: localize(texts.lineLater, { problem }),
      });
    }
  },
  async undo({ facts }) {
    await facts.line?.close();
    facts.line = undefined;
  },
  recoveries: (run, error) => [
    ...otherBrand(run, error),
    { label: texts.fixApp, to: 'app' },
    {
      label: run.facts.publishesFirst ? texts.goOnWithout : texts.publishFirst,
      take: ({ facts }) => {
        facts.walks = true;
        facts.publishesFirst = true;
      },
      to: 'next',
    },
  ],
};

/** An app of the other brand: the credentials are checked there. A private address has no other brand. */
function otherBrand({ facts }: Run, { code }: MoltbotFeishuError): readonly Recovery[] {
  const { brand } = resolveEndpoints(facts.domain);
  if (code !== 'wrong-brand' || brand === 'custom') return [];
  const other = brand === 'feishu' ? 'lark' : 'feishu';
  return [
    {
      label: localize(texts.switchBrand, { other }),
      isFirst: true,
      take: (run) => {
        run.facts.domain = other;
        run.remember({ domain: other });
      },
      to: 'credentials',
    },
  ];
}

/** Before the pages of the console. */
export const lineForPages = lineStep('line', ({ facts, options }) => {
  const { conversation, flags } = options;
  return conversation.guided && flags.verify && !flags.dryRun && facts.walks;
});

/** Before the modes are saved, once the first version is out. */
export const lineForModes = lineStep(
  'mode-line',
  ({ facts, options }) =>
    options.conversation.guided &&
    facts.walks &&
    facts.publishesFirst &&
    !facts.accepted &&
    facts.line?.isUp !== true,
);

/** Before the proof. */
export const lineForProof = lineStep('proof-line', provesByMessage);

function lineStep(id: string, applies: Step['applies']): Step {
  return { id, title: texts.titleLine, questions: [], applies, ...opening };
}

async function upWithin(line: Run['facts']['line'], signal: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(UP_WITHIN_S * 1000);
  try {
    await line?.up(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted || !late.aborted) throw error;
    throw new MoltbotFeishuError({
      code: 'platform-unreachable',
      exitCode: ExitCode.unavailable,
      what: localize(texts.lineLate, { seconds: UP_WITHIN_S }),
      advice: texts.lineLateAdvice,
    });
  }
}
