/** The same app in the config of another host: both gateways would share its messages. */
import { findOtherConfigs } from '../../../host/machine/other-configs.ts';
import { shellWord } from '../../../shared/terminal/shell-word.ts';
import { localize } from '../../../shared/text/text.ts';
import { JumpTo, SetupLeft } from '../../conversation/jump-to.ts';
import type { Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';

export const sharingStep: Step = {
  id: 'sharing',
  title: texts.titleShared,
  questions: [],
  // Within a host there is this host's config alone, and it works on a copy.
  applies: ({ facts, options }) =>
    options.within === undefined &&
    options.pluginFolder !== undefined &&
    (facts.task === 'setup' || facts.task === 'add'),
  async ask(run) {
    const { facts, options } = run;
    const { conversation } = options;
    const appId = facts.appId ?? '';
    if (facts.sharesApp === appId) return;
    const path = await otherPath(run, appId);
    if (path === undefined) return;
    const shared = localize(texts.shared, { path, appId });
    const command = `moltbot-feishu remove --config ${shellWord(path)}`;
    const advice = localize(texts.sharedAdvice, { command });
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

async function otherPath({ options, target }: Run, appId: string): Promise<string | undefined> {
  const { home, env } = options;
  const others = await findOtherConfigs({ location: target.location, home, env });
  return others.find(({ appIds }) => appIds.includes(appId))?.path;
}
