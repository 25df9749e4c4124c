/** The flags of `setup` under the headings of its help. */
import type { Text } from '../../shared/text/text.ts';
import { setupFlags } from '../../wizard/conversation/flags.ts';
import type { Flag, FlagGroup } from '../../wizard/conversation/questions.ts';
import { helpTexts as texts } from './help-texts.ts';

const headings: Readonly<Record<FlagGroup, Text>> = {
  app: texts.groupApp,
  access: texts.groupAccess,
  config: texts.groupConfig,
  how: texts.groupHow,
};

export const setupFlagGroups: readonly {
  readonly heading: Text;
  readonly flags: readonly Flag[];
}[] = Object.entries(headings).map(([name, heading]) => ({
  heading,
  flags: setupFlags.filter(({ group }) => group === name),
}));
