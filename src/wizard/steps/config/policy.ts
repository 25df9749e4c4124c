/** Who may talk to the bot: suggested from known facts, or asked where a person wants to decide. */
import { localize } from '../../../shared/text/text.ts';
import {
  allowFromQuestion,
  dmPolicyQuestion,
  type Option,
  splitList,
} from '../../conversation/questions.ts';
import type { Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';

export const policyStep: Step = {
  id: 'policy',
  title: texts.titlePolicy,
  questions: [dmPolicyQuestion, allowFromQuestion],
  recalls: true,
  applies: () => true,
  async ask(run) {
    const { facts, options } = run;
    const { flags, conversation, writesCopy } = options;
    if (!conversation.guided || flags.dmPolicy !== undefined || flags.allowFrom?.length) {
      facts.dmPolicy = flags.dmPolicy;
      facts.allowFrom = flags.allowFrom?.length ? flags.allowFrom : undefined;
      if (!conversation.guided && facts.scanned) suggest(run);
      if (conversation.guided && facts.dmPolicy === 'allowlist') await askPeople(run);
      return;
    }
    if (facts.asksPolicy || facts.task === 'policy' || writesCopy) await askPolicy(run);
    else suggest(run);
  },
  undo({ facts }) {
    // The question is asked again, with the earlier choice suggested.
    facts.asksPolicy ||= facts.choosesPolicy;
  },
};

/** Allows only the person who scanned, for now; a policy already in the config stays. */
function suggest({ facts, target }: Run): void {
  const openId = facts.scanned?.openId;
  const isNew = target.existing === undefined || facts.keptIn !== undefined;
  if (openId !== undefined && isNew && facts.dmPolicy === undefined) {
    facts.dmPolicy = 'allowlist';
    facts.allowFrom ??= [openId];
  }
}

async function askPolicy(run: Run): Promise<void> {
  const { facts, options, target } = run;
  const { conversation } = options;
  const { existing } = target;
  const before = facts.dmPolicy ?? existing?.dmPolicy;
  const dmPolicy = await conversation.ask(dmPolicyQuestion, before);
  let { allowFrom } = facts;
  if (dmPolicy === 'allowlist') {
    const answer = await askAllowFrom(run);
    if (answer === 'policy') return askPolicy(run);
    allowFrom = answer;
  }
  // Together: going back between the two questions changes nothing.
  facts.dmPolicy = dmPolicy;
  facts.allowFrom = allowFrom;
  facts.asksPolicy = false;
  facts.choosesPolicy = true;
}

/** Takes the people from the flags or asks: with an empty allowlist the bot answers no one. */
async function askPeople(run: Run): Promise<void> {
  const { facts, target } = run;
  if ((facts.allowFrom ?? target.existing?.allowFrom ?? []).length > 0) return;
  const answer = await askAllowFrom(run);
  if (answer === 'policy') await askPolicy(run);
  else facts.allowFrom = answer;
}

/** The open_ids that are let in; none only where a person says so. `policy`: another rule is wanted. */
async function askAllowFrom(run: Run): Promise<readonly string[] | 'policy'> {
  const { conversation } = run.options;
  for (;;) {
    const answer = await conversation.ask(allowFromQuestion, knownPeople(run).join(', '));
    const allowFrom = splitList(answer);
    if (allowFrom.length > 0) return allowFrom;
    const choice = await conversation.choose(texts.askEmptyList, emptyListOptions);
    if (choice === 'policy') return 'policy';
    if (choice === 'keep-empty') return [];
  }
}

const emptyListOptions: readonly Option[] = [
  { value: 'people', label: texts.emptyListPeople },
  { value: 'policy', label: texts.emptyListPolicy },
  { value: 'keep-empty', label: texts.emptyListKeep },
];

/** People to suggest: chosen before, else configured, else the person who proved the app. */
function knownPeople({ facts, target }: Run): readonly string[] {
  if (facts.allowFrom !== undefined) return facts.allowFrom;
  const { existing } = target;
  if (existing && existing.allowFrom.length > 0) return existing.allowFrom;
  const openId = facts.proof?.openId ?? facts.scanned?.openId;
  return openId === undefined ? [] : [openId];
}

/** The policy that results from the choices and the config. */
export function policyInWords({ facts, target }: Run) {
  const { existing } = target;
  const policy = facts.dmPolicy ?? existing?.dmPolicy ?? 'open';
  const people = facts.allowFrom ?? existing?.allowFrom ?? [];
  switch (policy) {
    case 'allowlist':
      return localize(texts.policyOnly, { people: people.length > 0 ? people : '–' });
    case 'pairing':
      return localize(texts.policyPairing);
    case 'disabled':
      return localize(texts.policyDisabled);
    default:
      return localize(texts.policyOpen);
  }
}
