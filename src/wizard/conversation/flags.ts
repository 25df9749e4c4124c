/** The flags of `setup`, with their types and help: those of its questions, and those without one. */
import { flagTexts as texts } from './flag-texts.ts';
import { type Flag, type FlagGroup, questions } from './questions.ts';

interface GroupedFlag extends Flag {
  readonly group: FlagGroup;
}

const withoutQuestion = [
  { group: 'app', spec: '--domain <domain>', help: texts.domain },
  { group: 'config', spec: '--secret-ref <env:NAME|file:PATH>', help: texts.secretRef },
  { group: 'how', spec: '--no-verify', help: texts.noVerify },
  { group: 'how', spec: '--dry-run', help: texts.dryRun },
  { group: 'how', spec: '--restore', help: texts.restore },
  { group: 'how', spec: '--sandbox', help: texts.sandbox },
  { group: 'how', spec: '--no-input', help: texts.noInput },
] as const satisfies readonly GroupedFlag[];

export const setupFlags: readonly GroupedFlag[] = [
  ...questions.flatMap((question) =>
    'group' in question ? question.flags.map((flag) => ({ ...flag, group: question.group })) : [],
  ),
  ...withoutQuestion,
];

type Camel<Name> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

/** The name under which commander gives a flag: `-y, --yes` → `yes`, `--no-start` → `start`. */
type KeyOf<Spec> = Spec extends `${string}, ${infer Long}`
  ? KeyOf<Long>
  : Spec extends `--no-${infer Name}`
    ? Camel<Name>
    : Spec extends `--${infer Name} <${string}>`
      ? Camel<Name>
      : Spec extends `--${infer Name}`
        ? Camel<Name>
        : never;

type ValueOf<F> = F extends { readonly isList: true }
  ? readonly string[]
  : F extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : F extends { readonly spec: `${string}<${string}>` }
      ? string
      : boolean;

type DeclaredFlag =
  | Extract<(typeof questions)[number], { readonly group: FlagGroup }>['flags'][number]
  | (typeof withoutQuestion)[number];

/** The flags of `setup` as commander parses them. */
export type ParsedSetupFlags = {
  readonly [F in DeclaredFlag as KeyOf<F['spec']>]?: ValueOf<F>;
};
