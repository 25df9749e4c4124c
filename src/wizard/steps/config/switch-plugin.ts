/** The consent to switch off another plugin that has the channel, before anything is asked or changed. */
import { machineError } from '../../../host/machine/machine-errors.ts';
import { type LocalizedText, localize } from '../../../shared/text/text.ts';
import { wayBackCommand } from '../../back/switch-back.ts';
import { SetupLeft } from '../../conversation/jump-to.ts';
import { switchTexts as texts } from '../../plugin/switch-texts.ts';
import type { Run } from '../../run.ts';
import type { Step } from '../../step.ts';

export const switchStep: Step = {
  id: 'switch',
  title: texts.title,
  questions: [],
  applies: (run) => others(run).length > 0 && run.facts.switchesIn !== run.target.location.path,
  async ask(run) {
    const { options, target, facts } = run;
    const { conversation, flags } = options;
    const [first] = others(run);
    if (!first) return;
    if (conversation.guided) {
      const host = target.hostPlan?.host ?? target.location.path;
      conversation.tell(localize(texts.found, { host, names: namesOf(run) }));
      const answer = await conversation.choose(localize(texts.ask), [
        { value: 'yes', label: texts.yes },
        { value: 'no', label: texts.no },
      ]);
      if (answer === 'no') throw new SetupLeft();
    } else if (!flags.yes && !flags.dryRun) {
      const { name, path } = first;
      throw machineError('needsConsent', { name: name || '?', path }, { details: { path, name } });
    }
    facts.switchesIn = target.location.path;
  },
  undo({ facts }) {
    facts.switchesIn = undefined;
  },
};

const others = ({ target }: Run) => target.hostPlan?.others ?? [];

function namesOf(run: Run): string[] {
  return others(run).map(({ name, path }) => name || path);
}

/** The one command that leads back. */
export function tellWayBack(run: Run): void {
  const text: LocalizedText = localize(texts.wayBack, {
    names: namesOf(run),
    command: wayBackCommand(run.options.flags),
  });
  run.options.conversation.tell(text);
}
