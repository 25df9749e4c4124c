/** Asks what to do with an unfinished run, which can be resumed, or with a finished account. */
import { loadAppSecret, namesSecret, resolveAccount } from '../../config/account/accounts.ts';
import type { HostName } from '../../config/locate.ts';
import { shellWord } from '../../shared/terminal/shell-word.ts';
import { localize } from '../../shared/text/text.ts';
import { pendingAccount } from '../account-edits.ts';
import { SetupLeft } from '../conversation/jump-to.ts';
import {
  accountQuestion,
  hostQuestion,
  invalidAnswer,
  type Task,
  taskQuestion,
} from '../conversation/questions.ts';
import type { UnfinishedRun } from '../progress.ts';
import type { Run } from '../run.ts';
import type { Step } from '../step.ts';
import { wizardTexts as texts } from '../wizard-texts.ts';
import { policyInWords } from './config/policy.ts';

/** @param titleOf the title of a step by its id */
export function resumeStep(titleOf: (id: string) => Step['title']): Step {
  return {
    id: 'resume',
    title: texts.titleResume,
    questions: [],
    applies: ({ earlier, facts, options }) =>
      earlier !== undefined &&
      facts.task === 'setup' &&
      options.flags.appId === undefined &&
      !options.flags.scan &&
      !options.flags.guided,
    async ask(run) {
      const { earlier, options } = run;
      if (!earlier) return;
      const title = localize(titleOf(earlier.run.step));
      tellWhere(run, earlier);
      const answer = await options.conversation.choose(localize(texts.askResume, { step: title }), [
        { value: 'yes', label: texts.resumeYes },
        { value: 'no', label: texts.resumeNo },
      ]);
      if (answer === 'yes') await resumeEarlierRun(run);
      else {
        run.forget();
        run.facts.asksAgain = true;
      }
    },
  };
}

/** An earlier run that worked elsewhere, or for another brand, is named by what differs. */
function tellWhere({ facts, options, target }: Run, { path, account, run }: UnfinishedRun): void {
  const { domain = facts.domain } = run;
  const isHere = path === target.location.path && account === target.accountId;
  if (isHere && domain === facts.domain) return;
  options.conversation.tell(localize(texts.earlierRun, { path, account, domain }));
}

/** Back to the config, the account and the brand of the earlier run, unless a flag names another. */
async function returnTo(run: Run, { path, account, run: kept }: UnfinishedRun): Promise<void> {
  const { facts, options } = run;
  if (kept.domain !== undefined && options.flags.domain === undefined) facts.domain = kept.domain;
  if (run.target.location.path === path && run.target.accountId === account) return;
  const { host, config } = kept;
  await run.moveTo({ account, ...(host && { host }), ...(config && { config }) });
  // Found by a variable that is not set any more.
  if (run.target.location.path !== path) await run.moveTo({ account, config: path });
}

/** The facts of the earlier run, and its secret where the config keeps it. */
async function resumeEarlierRun(run: Run): Promise<void> {
  if (!run.earlier) return;
  await returnTo(run, run.earlier);
  const { facts, target, options } = run;
  const earlier = run.earlier.run;
  run.remember(earlier);
  facts.method = earlier.way;
  facts.botName = earlier.botName;
  facts.autopilot = earlier.autopilot;
  const { published, publishedVersion } = earlier;
  if (published) facts.wants = { published, ...(publishedVersion && { publishedVersion }) };
  const { appId, openId } = earlier;
  if (appId === undefined) return;
  const { section } = target.document;
  const keptAs = section && pendingAccount(section, { accountId: target.accountId, appId });
  if (section && keptAs !== undefined) {
    const account = resolveAccount(section, keptAs);
    const secret = await loadAppSecret(account, {
      location: target.location,
      home: options.home,
    });
    facts.keptIn = target.location.path;
    facts.appId = appId;
    // Written again as it is there, in its final place.
    facts.secret = { value: secret, isKept: false };
    if (earlier.scanned) facts.scanned = { appId, secret, openId };
    options.conversation.tell(localize(texts.resumeApp, { appId }));
  } else {
    // The platform shows a scanned app's secret once; after that only the console does.
    if (earlier.scanned) facts.method = 'paste';
    facts.appId = appId;
    options.conversation.tell(localize(texts.resumeApp, { appId }));
  }
}

export const taskStep: Step = {
  id: 'task',
  title: texts.titleTask,
  questions: [taskQuestion],
  recalls: true,
  applies({ target, options, earlier }) {
    const { existing } = target;
    const { flags, env, conversation } = options;
    const isFinished = namesSecret(existing);
    const isAnswered =
      flags.appId !== undefined ||
      Boolean(env.FEISHU_APP_ID) ||
      flags.scan === true ||
      flags.guided === true ||
      flags.dmPolicy !== undefined ||
      flags.secretRef !== undefined;
    return conversation.guided && isFinished && !isAnswered && earlier === undefined;
  },
  async ask(run) {
    const { facts, options, target } = run;
    const { conversation } = options;
    conversation.tell(localize(texts.existingPolicy, { policy: policyInWords(run) }));
    const elsewhere = new Set(['move', 'add']);
    const list = taskQuestion.options.filter(
      // Within a host there is this host's config, and the account that it asked for.
      ({ value }) => !options.writesCopy || !elsewhere.has(value),
    );
    const answer = await conversation.ask({ ...taskQuestion, options: list });
    if (answer === 'leave') throw new SetupLeft();
    if (answer === 'replace') {
      facts.asksAgain = true;
      return;
    }
    facts.task = answer as Task;
    if (facts.task !== 'add') return;
    facts.asksAgain = false;
    const taken = new Set(['default', ...Object.keys(target.document.section?.accounts ?? {})]);
    const id = await conversation.ask({
      ...accountQuestion,
      refuse: (found) =>
        taken.has(found)
          ? localize(texts.accountTaken, { id: found })
          : accountQuestion.refuse(found),
    });
    facts.cameFrom = { account: target.accountId, domain: facts.domain };
    await run.moveTo({ account: id });
    facts.domain = run.options.flags.domain ?? 'feishu';
  },
  async undo(run) {
    if (run.facts.task === 'add') await comeBack(run);
    run.facts.task = 'setup';
  },
};

/** Back to the config and the account of before. */
async function comeBack(run: Run): Promise<void> {
  const { facts } = run;
  if (!facts.cameFrom) return;
  const { domain, ...there } = facts.cameFrom;
  facts.cameFrom = undefined;
  facts.domain = domain;
  await run.moveTo(there);
}

/** The same account in the config of another host. */
export const moveStep: Step = {
  id: 'move',
  title: texts.titleMove,
  questions: [hostQuestion],
  applies: ({ facts }) => facts.task === 'move',
  async ask(run) {
    const { options, target } = run;
    const { conversation, home } = options;
    const from = target;
    if (!from.existing) throw invalidAnswer(hostQuestion, localize(texts.askHost));
    const host = (await conversation.ask(hostQuestion)) as HostName;
    const value = await loadAppSecret(from.existing, { location: from.location, home });
    const { accountId: account, location } = from;
    run.facts.cameFrom = { account, config: location.path, domain: run.facts.domain };
    run.facts.appId = from.existing.appId;
    run.facts.dmPolicy = from.existing.dmPolicy;
    run.facts.allowFrom = from.existing.allowFrom;
    await run.moveTo({ host });
    const isSame = run.target.location.path === from.location.path;
    run.facts.secret = { value, isKept: isSame };
    if (isSame) return;
    const flag = from.accountId === 'default' ? '' : ` --account ${from.accountId}`;
    const command = `moltbot-feishu remove --config ${shellWord(from.location.path)}${flag}`;
    conversation.warn(localize(texts.movedFrom, { path: from.location.path, command }));
  },
  async undo(run) {
    if (run.facts.task === 'move') await comeBack(run);
  },
};
