/**
 * The questions of setup as data: one declaration drives the prompt, the flags, `--help` and the
 * error that names flag and variable where no person can be asked.
 */
import { readAppId, readAppSecret } from '../../config/source/pasted-credential.ts';
import { resolveEndpoints } from '../../platform/address/endpoints.ts';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import { wizardError } from '../wizard-errors.ts';
import { wizardTexts as texts } from '../wizard-texts.ts';
import { flagTexts } from './flag-texts.ts';
import { shownAppId } from './typed-text.ts';

/** How to get an app. */
export type SetupMethod = 'scan' | 'paste' | 'console';
/** Asks what to do with a finished account. */
export type Task = 'setup' | 'repair' | 'test' | 'rotate' | 'policy' | 'move' | 'add';

export interface Option {
  readonly value: string;
  readonly label: LocalizedText | Text;
  readonly hint?: LocalizedText | Text;
}

/** The headings of `setup --help`. */
export type FlagGroup = 'app' | 'access' | 'config' | 'how';

export interface Flag {
  /** As commander takes it: `--app-id <id>`. */
  readonly spec: string;
  readonly help: Text;
  readonly choices?: readonly string[];
  /** May be repeated, or hold commas. */
  readonly isList?: true;
}

export interface Question {
  readonly id: string;
  readonly kind: 'text' | 'secret' | 'select';
  readonly ask: LocalizedText | Text;
  readonly flags: readonly Flag[];
  /** Where its flags are listed in `setup --help`; `undefined`: every command has them. */
  readonly group?: FlagGroup;
  /** Why no flag answers it. */
  readonly whyNoFlag?: string;
  /** The environment variable that answers it. */
  readonly variable?: string;
  readonly options?: readonly Option[];
  /** The visible form of the typed text, of equal length; default: hides likely secrets. */
  readonly shown?: (typed: string) => string;
  /** Says what is wrong with an answer; nothing when it is fine. */
  readonly refuse?: (answer: string) => LocalizedText | undefined;
}

export const languageQuestion = {
  id: 'language',
  kind: 'select',
  ask: texts.askLanguage,
  flags: [{ spec: '--lang <lang>', help: flagTexts.lang, choices: ['zh', 'en'] }],
  options: [
    { value: 'zh', label: texts.langZh },
    { value: 'en', label: texts.langEn },
  ],
} as const satisfies Question;

export const taskQuestion = {
  id: 'task',
  kind: 'select',
  ask: texts.askTask,
  flags: [],
  whyNoFlag: 'Unattended, the other flags say what to do.',
  options: [
    { value: 'repair', label: texts.taskRepair },
    { value: 'test', label: texts.taskTest },
    { value: 'rotate', label: texts.taskRotate },
    { value: 'policy', label: texts.taskPolicy },
    { value: 'replace', label: texts.taskReplace },
    { value: 'move', label: texts.taskMove },
    { value: 'add', label: texts.taskAdd },
    { value: 'leave', label: texts.taskLeave },
  ],
} as const satisfies Question;

export const accountQuestion = {
  id: 'account',
  kind: 'text',
  ask: texts.askAccount,
  group: 'access',
  flags: [{ spec: '--account <id>', help: flagTexts.account }],
  refuse: (answer) => refuseAccountId(answer),
} as const satisfies Question;

export const methodQuestion = {
  id: 'way',
  kind: 'select',
  ask: texts.askMethod,
  group: 'app',
  flags: [
    { spec: '--scan', help: flagTexts.scan },
    { spec: '--guided', help: flagTexts.guided },
  ],
  options: [
    { value: 'scan', label: texts.methodScan, hint: texts.methodScanHint },
    { value: 'paste', label: texts.methodPaste },
    { value: 'console', label: texts.methodConsole },
  ],
} as const satisfies Question;

/** Longer names are cut on the platform's own page. */
const MAX_BOT_NAME = 32;

export const botNameQuestion = {
  id: 'bot-name',
  kind: 'text',
  ask: texts.askBotName,
  group: 'app',
  flags: [{ spec: '--bot-name <name>', help: flagTexts.botName }],
  refuse: (answer) =>
    answer === '' || answer.length > MAX_BOT_NAME
      ? localize(texts.badBotName, { max: MAX_BOT_NAME })
      : undefined,
} as const satisfies Question;

export const appIdQuestion = {
  id: 'app-id',
  kind: 'text',
  ask: texts.askAppId,
  group: 'app',
  flags: [{ spec: '--app-id <id>', help: flagTexts.appId }],
  variable: 'FEISHU_APP_ID',
  shown: shownAppId,
  refuse: (answer) => readAppId(answer).problem,
} as const satisfies Question;

export const appSecretQuestion = {
  id: 'app-secret',
  kind: 'secret',
  ask: texts.askAppSecret,
  group: 'app',
  flags: [
    { spec: '--app-secret-stdin', help: flagTexts.appSecretStdin },
    { spec: '--app-secret-file <path>', help: flagTexts.appSecretFile },
    { spec: '--app-secret <value>', help: flagTexts.appSecret },
  ],
  variable: 'FEISHU_APP_SECRET',
  refuse: (answer) => readAppSecret(answer).problem,
} as const satisfies Question;

export const autopilotQuestion = {
  id: 'autopilot',
  kind: 'select',
  ask: texts.askAutopilot,
  group: 'app',
  flags: [
    { spec: '--autopilot', help: flagTexts.autopilot },
    { spec: '--no-autopilot', help: flagTexts.noAutopilot },
  ],
  options: [
    { value: 'yes', label: texts.autopilotYes },
    { value: 'console', label: texts.autopilotConsole },
    { value: 'leave-it', label: texts.autopilotLeaveIt },
  ],
} as const satisfies Question;

export const dmPolicyQuestion = {
  id: 'dm-policy',
  kind: 'select',
  ask: texts.askDmPolicy,
  group: 'access',
  flags: [
    {
      spec: '--dm-policy <policy>',
      help: flagTexts.dmPolicy,
      choices: ['open', 'pairing', 'allowlist', 'disabled'],
    },
  ],
  options: [
    { value: 'open', label: texts.policyOpen },
    { value: 'allowlist', label: texts.policyAllowlist },
    { value: 'pairing', label: texts.policyPairing },
    { value: 'disabled', label: texts.policyDisabled },
  ],
} as const satisfies Question;

export const allowFromQuestion = {
  id: 'allow-from',
  kind: 'text',
  ask: texts.askAllowFrom,
  group: 'access',
  flags: [{ spec: '--allow-from <open_id>', help: flagTexts.allowFrom, isList: true }],
  refuse: (answer) => refuseAllowFrom(splitList(answer)),
} as const satisfies Question;

export const hostQuestion = {
  id: 'host',
  kind: 'select',
  ask: texts.askHost,
  group: 'config',
  flags: [
    {
      spec: '--host <host>',
      help: flagTexts.host,
      choices: ['moltbot', 'clawdbot', 'openclaw', 'none'],
    },
  ],
  options: [
    { value: 'moltbot', label: texts.hostMoltbot },
    { value: 'clawdbot', label: texts.hostClawdbot },
    { value: 'openclaw', label: texts.hostOpenclaw },
  ],
} as const satisfies Question;

export const writeQuestion = {
  id: 'write',
  kind: 'select',
  ask: texts.askWrite,
  group: 'how',
  flags: [
    { spec: '-y, --yes', help: flagTexts.yes },
    { spec: '--no-start', help: flagTexts.noStart },
  ],
} as const satisfies Question;

/** Every question, in the order of `setup --help`. */
export const questions = [
  appIdQuestion,
  appSecretQuestion,
  methodQuestion,
  botNameQuestion,
  autopilotQuestion,
  accountQuestion,
  dmPolicyQuestion,
  allowFromQuestion,
  hostQuestion,
  writeQuestion,
  languageQuestion,
  taskQuestion,
] as const;

export function splitList(answer: string): string[] {
  return answer
    .split(/[,，\s]+/)
    .map((entry) => entry.trim())
    .filter(Boolean);
}

export function refuseAllowFrom(entries: readonly string[]): LocalizedText | undefined {
  const wrong = entries.find((entry) => entry !== '*' && !/^ou_\w+$/.test(entry));
  return wrong === undefined ? undefined : localize(texts.badAllowFrom, { found: wrong });
}

/** The `domain` as the config stores it. Throws `domain-invalid` (usage). */
export function normalizeDomain(domain: string): string {
  const { brand, openApi } = resolveEndpoints(domain);
  return brand === 'custom' ? openApi : brand;
}

/** Account ids become object keys in the config and words in commands. */
export function refuseAccountId(id: string): LocalizedText | undefined {
  return /^[\w][\w.-]{0,63}$/.test(id) && id !== '__proto__'
    ? undefined
    : localize(texts.badAccountId, { found: id });
}

/** The flags that answer a question, as an error names them. */
function flagNames({ flags }: Pick<Question, 'flags'>): string {
  return flags.map(({ spec }) => spec.split(' <')[0]).join(', ');
}

export function invalidAnswer(
  question: Pick<Question, 'flags'> | { readonly flag: string },
  problem: LocalizedText,
): MoltbotFeishuError {
  const flag = 'flag' in question ? question.flag : flagNames(question);
  return wizardError('invalidAnswer', { flag, problem });
}

export function missingAnswer(question: Question): MoltbotFeishuError {
  const flag = flagNames(question);
  const what = 'text' in question.ask ? question.ask : localize(question.ask);
  const { variable } = question;
  const advice = variable
    ? localize(texts.missingAdvice, { flag, variable })
    : localize(texts.missingFlagAdvice, { flag });
  return wizardError('missingAnswer', { what }, { advice, details: { flag, variable } });
}
