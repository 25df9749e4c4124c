/** The same app in another account, or in the config of another host: both would share its messages. */
import { accountsWithApp } from '../../../config/account/accounts.ts';
import { findOtherConfigs } from '../../../host/machine/other-configs.ts';
import { shellWord } from '../../../shared/terminal/shell-word.ts';
import { type LocalizedText, localize } from '../../../shared/text/text.ts';
import { JumpTo, SetupLeft } from '../../conversation/jump-to.ts';
import type { Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';

export const sharingStep: Step = {
  id: 'sharing',
  title: texts.titleShared,
  questions: [],
  applies: ({ facts }) => facts.task === 'setup' || facts.task === 'add',
  async ask(run) {
    const { facts, options } = run;
    const { conversation } = options;
    const appId = facts.appId ?? '';
    if (facts.sharesApp === appId) return;
    const use = otherAccount(run, appId) ?? (await otherHost(run, appId));
    if (use === undefined) return;
    const { shared } = use;
    const advice = localize(texts.sharedAdvice, { command: use.command });
    if (!conversation.guided) {
      run.report({ id: 'sharing', ms: 0, status: 'warn', detail: shared, advice });
      return;
    }
    conversation.warn(shared);
    const answer = await conversation.choose(texts.askShared, [
      { value: 'other', label: texts.sharedOther },
      { value: 'anyway', label: texts.sharedAnyway },
      { value: 'leave', label: texts.choiceLeave },
    ]);
    if (answer === 'leave') throw new SetupLeft();
    if (answer === 'other') {
      facts.asksAgain = true;
      throw new JumpTo('way');
    }
    facts.sharesApp = appId;
    run.record({ id: 'sharing', ms: 0, status: 'warn', detail: shared, advice });
  },
  undo({ facts }) {
    facts.sharesApp = undefined;
  },
};

/** Where the app is used already. */
interface OtherUse {
  readonly shared: LocalizedText;
  /** Takes it away there. */
  readonly command: string;
}

/** Of two accounts with the same app, a runtime starts the first. */
function otherAccount({ target }: Run, appId: string): OtherUse | undefined {
  const { section } = target.document;
  if (!section || appId === '') return undefined;
  const account = accountsWithApp(section, appId).find((id) => id !== target.accountId);
  if (account === undefined) return undefined;
  const shared = localize(texts.sharedHere, { account, appId });
  return { shared, command: `moltbot-feishu remove --account ${shellWord(account)}` };
}

async function otherHost({ options, target }: Run, appId: string): Promise<OtherUse | undefined> {
  // Within a host there is this host's config alone, and it works on a copy.
  if (options.within !== undefined || options.pluginFolder === undefined) return undefined;
  const { home, env } = options;
  const others = await findOtherConfigs({ location: target.location, home, env });
  const path = others.find(({ appIds }) => appIds.includes(appId))?.path;
  if (path === undefined) return undefined;
  const shared = localize(texts.shared, { path, appId });
  return { shared, command: `moltbot-feishu remove --config ${shellWord(path)}` };
}
