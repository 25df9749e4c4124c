/** The flags of `setup` in the groups of its help. A flag that no group names comes with how it runs. */
import type { Text } from '../../shared/text.ts';
import { setupFlags } from '../../wizard/conversation/flags.ts';
import type { Flag } from '../../wizard/conversation/questions.ts';
import { helpTexts as texts } from './help-texts.ts';

export interface FlagGroup {
  readonly heading: Text;
  readonly flags: readonly Flag[];
}

const named: readonly { readonly heading: Text; readonly names: readonly string[] }[] = [
  {
    heading: texts.groupApp,
    names: [
      '--app-id',
      '--app-secret-stdin',
      '--app-secret-file',
      '--app-secret',
      '--scan',
      '--guided',
      '--bot-name',
      '--autopilot',
      '--no-autopilot',
      '--domain',
    ],
  },
  { heading: texts.groupAccess, names: ['--account', '--dm-policy', '--allow-from'] },
  { heading: texts.groupConfig, names: ['--host', '--secret-ref'] },
];

const nameOf = ({ spec }: Flag): string => /--[a-z-]+/.exec(spec)?.[0] ?? spec;
const described = (flag: Flag): Flag =>
  nameOf(flag) === '--host' ? { ...flag, help: texts.hostSetup } : flag;

const grouped = new Set(named.flatMap(({ names }) => names));

export const setupFlagGroups: readonly FlagGroup[] = [
  ...named.map(({ heading, names }) => ({
    heading,
    flags: setupFlags.filter((flag) => names.includes(nameOf(flag))).map(described),
  })),
  { heading: texts.groupHow, flags: setupFlags.filter((flag) => !grouped.has(nameOf(flag))) },
];
