/** The change of the config: planned, shown, agreed to, written; the host's plugin before it. */
import {
  applyConfigChange,
  type ConfigPlan,
  checkNotManaged,
  checkWritable,
  planConfigChange,
} from '../../../config/change/change.ts';
import type { ConfigDocument } from '../../../config/read.ts';
import { rewordedError } from '../../../shared/error-catalogue.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { localize } from '../../../shared/text/text.ts';
import { type AccountChoice, accountEdits } from '../../account-edits.ts';
import { JumpTo } from '../../conversation/jump-to.ts';
import { type Option, writeQuestion } from '../../conversation/questions.ts';
import type { Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';
import { peerPlanOf, tellPeerPlan } from './peer-plan.ts';
import { withPlugin } from './place-plugin.ts';
import { policyInWords } from './policy.ts';
import { tellWayBack } from './switch-plugin.ts';

/** The question with its answers, of which two may take a second row in a narrow window. */
const QUESTION_ROWS = 8;

export const writeStep: Step = {
  id: 'write',
  title: texts.titleWrite,
  questions: [writeQuestion],
  applies: () => true,
  async ask(run) {
    const { options, target } = run;
    const { conversation, env, flags, lang } = options;
    const plan = await planConfigChange(target.location, changeOf(run), { env });
    if (flags.dryRun && target.hostPlan) run.report(target.hostPlan.planned);
    if (!plan.changed) return;
    tellPeerPlan(run);
    if (flags.dryRun) conversation.show(texts.planned, plan.diff(lang));
    if (flags.dryRun || !conversation.guided || options.writesCopy) return;
    if (options.rehearsal) {
      conversation.show(texts.planned, plan.diff(lang));
      return;
    }
    const all = { value: 'all', label: texts.showWhole };
    let isCut = conversation.show(texts.planned, plan.diff(lang), QUESTION_ROWS);
    let answer = 'all';
    while (answer === 'all') {
      const options = [...optionsOf(run), ...(isCut ? [all] : [])];
      answer = await conversation.choose(writeQuestion.ask, options);
      if (answer === 'all') isCut = conversation.show(texts.planned, plan.diff(lang));
    }
    if (answer === 'policy') {
      run.facts.asksPolicy = true;
      throw new JumpTo('policy', { isDetour: true });
    }
    run.facts.startsAfter = answer === 'start';
  },
  async change(run) {
    const { options, target, facts } = run;
    const { conversation, env, signal, flags, lang } = options;
    const { location } = target;
    const change = changeOf(run);
    const plan = await planConfigChange(location, change, { env });
    if (flags.dryRun) {
      conversation.tell(
        localize(plan.changed ? texts.dryRun : texts.nothingToWrite, { path: plan.file }),
      );
      const diff = plan.changed ? { diff: plan.diff(lang) } : {};
      facts.config = { path: location.path, changed: false, ...diff };
      return;
    }
    if (!plan.changed && !options.writesCopy) {
      conversation.tell(localize(texts.nothingToWrite, { path: plan.file }));
    }
    const closes = await wantsClosed(run, plan);
    signal.throwIfAborted();
    // The plugin may be missing all the same, and its host may keep a record of it in the config.
    const applied = await withPlugin(run, () =>
      applyConfigChange(location, change, { env, signal, closes }),
    );
    const { path, changed, backup } = applied;
    facts.config = { path, changed, backup };
    if (!changed) return;
    if (!options.writesCopy) {
      const params = { path, backup: backup ?? '' };
      const wrote = localize(backup ? texts.wroteBackup : texts.wrote, params);
      if (conversation.guided) conversation.tell(wrote);
      else conversation.step({ id: 'config', ms: 0, status: 'ok', detail: wrote });
    }
    if (closes) conversation.tell(localize(texts.closed, { path: applied.path }));
    options.onWrite?.();
  },
};

/** Whether a file that others can open is closed to them, now that it gets the secret. */
async function wantsClosed(
  run: Run,
  { file, isOpen, exists, changed }: ConfigPlan,
): Promise<boolean> {
  const { conversation, flags } = run.options;
  if (!changed || !exists || !isOpen || choiceOf(run).secret.kind !== 'literal') return false;
  if (flags.yes) return true;
  conversation.warn(localize(texts.configOpen, { path: file }));
  if (!conversation.guided) return false;
  const answer = await conversation.choose(localize(texts.askClose), [
    { value: 'yes', label: texts.closeYes },
    { value: 'no', label: texts.closeNo },
  ]);
  return answer === 'yes';
}

/**
 * Looks whether the config can be written, before the platform is asked for anything.
 *
 * @throws MoltbotFeishuError `config-unwritable`, `config-managed` (exit 5)
 */
export async function checkConfigWritable(run: Run): Promise<void> {
  const { options, target, facts } = run;
  if (options.flags.dryRun) return;
  // Without an app yet: any App ID of the right form takes the place of the one to come.
  const anything = [{ path: ['channels', 'feishu', 'appId'], value: `cli_${'0'.repeat(16)}` }];
  const change = facts.appId === undefined ? anything : changeOf(run);
  const plan = await planConfigChange(target.location, change, { env: options.env });
  if (!plan.changed) return;
  try {
    checkNotManaged(plan, options.env);
  } catch (error) {
    // The change to make by hand would show the placeholder, and the app is still to be created.
    if (facts.appId !== undefined || !isMoltbotFeishuError(error)) throw error;
    const details = { path: plan.file };
    throw rewordedError(error, { advice: texts.managedScanAdvice, details });
  }
  await checkWritable(plan.file);
}

function changeOf(run: Run): (document: ConfigDocument) => ReturnType<typeof accountEdits> {
  const { target } = run;
  const choice = choiceOf(run);
  return (document) => [
    ...peerPlanOf(run, document).edits,
    ...accountEdits(document.section, choice),
    ...(target.hostPlan?.edits(document) ?? []),
  ];
}

function choiceOf({ facts, ref, target }: Run): AccountChoice {
  const { secret, domain, dmPolicy, allowFrom } = facts;
  const literal = secret && !secret.isKept;
  return {
    accountId: target.accountId,
    appId: facts.appId ?? target.existing?.appId ?? '',
    secret: ref ?? (literal ? { kind: 'literal', value: secret.value } : { kind: 'keep' }),
    domain,
    dmPolicy,
    allowFrom,
  };
}

/** Starting goes along with writing: one question, not two. */
function optionsOf(run: Run): readonly Option[] {
  const { options, target, facts } = run;
  const { hostPlan } = target;
  const isUp = hostPlan?.isUp === true;
  // Started by a host that is not found: a bot of our own would take messages away from its gateway.
  const isAlone = options.within !== undefined && hostPlan?.host === undefined;
  const mayStart =
    options.flags.start !== false &&
    hostPlan !== undefined &&
    !isUp &&
    !hostPlan.startProblem &&
    !facts.notReady &&
    !isAlone;
  const start = hostPlan?.host ? texts.writeAndGateway : texts.writeAndRun;
  const policy = localize(texts.writePolicy, { policy: policyInWords(run) });
  return [
    ...(mayStart ? [{ value: 'start', label: start }] : []),
    { value: 'write', label: texts.writeOnly },
    { value: 'policy', label: policy },
  ];
}

/** The host's own word that the account runs. */
export const hostStep: Step = {
  id: 'host',
  title: texts.titlePlugin,
  questions: [],
  applies: ({ target, options }) => target.hostPlan !== undefined && !options.flags.dryRun,
  async check(run) {
    const { hostPlan, accountId } = run.target;
    if (!hostPlan) return;
    const { conversation } = run.options;
    const verdict = await conversation.during(texts.askingHost, () => hostPlan.verify(accountId));
    await conversation.during(texts.askingHost, () => hostPlan.confirmSwitch(verdict));
    run.report(verdict);
    if (hostPlan.others.length > 0) tellWayBack(run);
  },
};
