/** How to get an app, and the name of the bot that a scan creates. */
import { localize } from '../../shared/text.ts';
import {
  botNameQuestion,
  invalidAnswer,
  type Way,
  wayQuestion,
} from '../conversation/questions.ts';
import { scanTexts } from '../link/scan-texts.ts';
import type { Run } from '../run.ts';
import type { Step } from '../step.ts';
import { wizardTexts as texts } from '../texts.ts';

const DEFAULT_NAME = 'Moltbot';

export const wayStep: Step = {
  id: 'way',
  title: texts.titleWay,
  questions: [wayQuestion],
  applies: ({ facts }) => facts.task === 'setup' || facts.task === 'add',
  async ask(run) {
    const { facts, options } = run;
    if (!facts.asksAnew) facts.way ??= givenWay(run);
    facts.way ??= (await options.conversation.ask(wayQuestion)) as Way;
    run.remember({ way: facts.way });
  },
  undo({ facts }) {
    facts.way = undefined;
  },
};

function givenWay({ options, place }: Run): Way | undefined {
  const { flags, env, conversation } = options;
  const hasAppId = flags.appId !== undefined || Boolean(env.FEISHU_APP_ID);
  const given = [
    flags.scan && '--scan',
    flags.guided && '--guided',
    flags.scan && flags.appId !== undefined && '--app-id',
  ].filter((flag) => typeof flag === 'string');
  if (given.length > 1) {
    const question = { flag: given.join(', ') };
    throw invalidAnswer(question, localize(texts.twoWays, { flags: given }));
  }
  if (flags.guided) {
    if (!conversation.guided) {
      throw invalidAnswer({ flag: '--guided' }, localize(texts.guidedNeedsTerminal));
    }
    return 'console';
  }
  if (flags.scan) return 'scan';
  // Half an account in the config: its other half is what lacks.
  return hasAppId || !conversation.guided || place.existing ? 'paste' : undefined;
}

export const botNameStep: Step = {
  id: 'bot-name',
  title: scanTexts.titleName,
  questions: [botNameQuestion],
  applies: ({ facts }) => facts.way === 'scan' && facts.scanned === undefined,
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
