/** How to get an app, and the name of the bot that a scan creates. */
import { localize } from '../../../shared/text/text.ts';
import {
  botNameQuestion,
  invalidAnswer,
  methodQuestion,
  type SetupMethod,
} from '../../conversation/questions.ts';
import { scanTexts } from '../../link/scan-texts.ts';
import type { Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';

const DEFAULT_NAME = 'Moltbot';

export const methodStep: Step = {
  id: 'way',
  title: texts.titleMethod,
  questions: [methodQuestion],
  applies: ({ facts }) => facts.task === 'setup' || facts.task === 'add',
  async ask(run) {
    const { facts, options } = run;
    if (!facts.asksAgain) facts.method ??= givenMethod(run);
    facts.method ??= (await options.conversation.ask(methodQuestion)) as SetupMethod;
    run.remember({ way: facts.method });
  },
  undo({ facts }) {
    facts.method = undefined;
  },
};

function givenMethod({ options, target }: Run): SetupMethod | undefined {
  const { flags, env, conversation } = options;
  const hasAppId = flags.appId !== undefined || Boolean(env.FEISHU_APP_ID);
  const given = [
    flags.scan && '--scan',
    flags.guided && '--guided',
    flags.scan && flags.appId !== undefined && '--app-id',
  ].filter((flag) => typeof flag === 'string');
  if (given.length > 1) {
    const question = { flag: given.join(', ') };
    throw invalidAnswer(question, localize(texts.twoMethods, { flags: given }));
  }
  if (flags.guided) {
    if (!conversation.guided) {
      throw invalidAnswer({ flag: '--guided' }, localize(texts.guidedNeedsTerminal));
    }
    return 'console';
  }
  if (flags.scan) return 'scan';
  // Half an account in the config: its other half is what lacks.
  return hasAppId || !conversation.guided || target.existing ? 'paste' : undefined;
}

export const botNameStep: Step = {
  id: 'bot-name',
  title: scanTexts.titleName,
  questions: [botNameQuestion],
  applies: ({ facts }) => facts.method === 'scan' && facts.scanned === undefined,
  async ask(run) {
    const { facts, options } = run;
    const { flags, conversation } = options;
    const given = flags.botName?.trim();
    if (given !== undefined) {
      const problem = botNameQuestion.refuse(given);
      if (problem) throw invalidAnswer(botNameQuestion, problem);
    }
    facts.botName ??= given;
    facts.botName ??= conversation.guided
      ? await conversation.ask(botNameQuestion, DEFAULT_NAME)
      : DEFAULT_NAME;
    run.remember({ botName: facts.botName });
  },
  // An app that is there has its name.
  canReturn: ({ facts }) => facts.scanned === undefined,
  undo({ facts }) {
    facts.botName = undefined;
  },
};
