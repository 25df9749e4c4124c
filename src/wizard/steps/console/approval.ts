/** A version that waits for the administrator: waited for here, or left for another day. */

import { consoleLinks } from '../../../platform/address/console-links.ts';
import { waitForApproval } from '../../../platform/app/approval.ts';
import type { MoltbotFeishuError } from '../../../shared/errors.ts';
import { localize } from '../../../shared/text/text.ts';
import { JumpTo, NEXT, SetupLeft } from '../../conversation/jump-to.ts';
import { clientOf, type Run } from '../../run.ts';
import type { Recovery, Step } from '../../step.ts';
import { wizardTexts } from '../../wizard-texts.ts';
import { readPlan, wantsOf } from '../app/app.ts';
import { appTexts as texts } from '../app/app-texts.ts';
import { keepPending } from '../app/keep-pending.ts';
import { linkKeys } from '../app/link-keys.ts';
import { stepError } from '../step-errors.ts';

/** After the autopilot, after the first version of the walk, and after its last one. */
const approval: Omit<Step, 'id'> = {
  title: texts.titleApproval,
  questions: [],
  applies: ({ facts, options }) =>
    options.conversation.guided && !facts.accepted && versionInReview({ facts }) !== undefined,
  async ask(run) {
    const { facts, options } = run;
    const { conversation } = options;
    const version = versionInReview(run);
    if (!version) return;
    conversation.tell(localize(texts.inReview, version));
    for (;;) {
      const answer = await conversation.choose(texts.askWait, [
        { value: 'wait', label: texts.waitHere },
        { value: 'leave', label: texts.leaveAndBack },
        { value: 'continue', label: wizardTexts.continueAnyway },
      ]);
      if (answer === 'continue') {
        facts.accepted = true;
        return;
      }
      if (answer === 'leave') {
        await keepPending(run);
        throw new SetupLeft(waitsForApproval(version));
      }
      if (await decided(run, version.url)) return;
    }
  },
  canReturn: (run) => versionInReview(run) !== undefined,
  undo({ facts }) {
    facts.accepted = false;
  },
  recoveries: ({ facts }, error) => [
    // There is nothing left to wait for: the app is looked at, and a new version submitted.
    ...(error.code === 'version-rejected' ? [lookAgain] : []),
    { label: texts.fixByHand, apply: () => walk(facts), to: NEXT },
    {
      label: wizardTexts.continueAnyway,
      apply: () => {
        facts.accepted = true;
      },
      to: NEXT,
    },
  ],
};

const lookAgain: Recovery = {
  label: texts.fixApp,
  isFirst: true,
  apply: ({ facts }) => {
    facts.plan = undefined;
    facts.autopilot = undefined;
    facts.walks = false;
  },
  to: 'app',
};

export const approvalSteps = {
  ofPlan: approvalStep('approval'),
  ofFirstVersion: approvalStep('first-approval'),
  ofLastVersion: approvalStep('last-approval'),
};

function approvalStep(id: string): Step {
  return { id, ...approval };
}

function walk(facts: Run['facts']): void {
  facts.walks = true;
}

function versionInReview({
  facts,
}: Pick<Run, 'facts'>): { readonly version: string; readonly url: string } | undefined {
  const { plan } = facts;
  if (plan?.kind === 'waiting') return { version: plan.version.version, url: plan.url };
  if (plan?.kind !== 'blocked' || plan.reason !== 'under-review') return undefined;
  return { version: String(plan.error.details.version), url: plan.error.url ?? '' };
}

async function decided(run: Run, url: string): Promise<boolean> {
  const { facts, options } = run;
  const { conversation } = options;
  const client = clientOf(run);
  const outcome = await conversation.wait<Awaited<ReturnType<typeof waitForApproval>> | 'stopped'>({
    status: () => texts.waitingApproval,
    keys: [...linkKeys(run, url), { key: 's', label: texts.keyStop, end: { with: 'stopped' } }],
    work: (signal) => waitForApproval(client, facts.plan?.wants ?? wantsOf(run), { signal }),
  });
  if (outcome === 'stopped') return false;
  const plan = outcome.rejected ? outcome.plan : await readPlan(run);
  facts.plan = plan;
  const { rejected } = outcome;
  if (rejected) {
    const page = consoleLinks(client.endpoints, client.appId).version(rejected.versionId);
    throw stepError('rejected', { version: rejected.version, url: page }, { url: page });
  }
  conversation.tell(texts.approved);
  // Changes that another version held up need a new plan.
  const isLeft = plan.kind === 'changes' || (plan.kind === 'blocked' && plan.wants.insist === true);
  if (isLeft && !facts.walks) throw new JumpTo('app');
  return true;
}

/** The message for a person who leaves while the version awaits approval. */
function waitsForApproval({ version, url }: { version: string; url: string }): MoltbotFeishuError {
  return stepError('waitsForApproval', { version, url }, { url });
}
