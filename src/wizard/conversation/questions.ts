/**
 * The questions of setup as data: one declaration drives the prompt, the flags, `--help` and the
 * error that names flag and variable where no person can be asked.
 */
import { readAppId, readAppSecret } from '../../config/pasted-credential.ts';
import { resolveEndpoints } from '../../platform/address/endpoints.ts';
import { MoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text.ts';
import { wizardTexts as texts } from '../texts.ts';
import { flagTexts } from './flag-texts.ts';
import { shownAppId } from './typed-text.ts';

/** How to get an app. */
export type Way = 'scan' | 'paste' | 'console';
/** Asks what to do with a finished account. */
export type Task = 'setup' | 'repair' | 'test' | 'rotate' | 'policy' | 'move' | 'add';

export interface Option {
  readonly value: string;
  readonly label: LocalizedText | Text;
  readonly hint?: LocalizedText | Text;
}

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
  /** The environment variable that answers it. */
  readonly variable?: string;
  readonly options?: readonly Option[];
  /** The visible form of the typed text, of equal length; default: hides likely secrets. */
  readonly shown?: (typed: string) => string;
  /** Says what is wrong with an answer; nothing when it is fine. */
  readonly refuse?: (answer: string) => LocalizedText | undefined;
}

export const languageQuestion: Question = {
  id: 'language',
  kind: 'select',
  ask: texts.askLanguage,
  flags: [{ spec: '--lang <lang>', help: flagTexts.lang, choices: ['zh', 'en'] }],
  options: [
    { value: 'zh', label: texts.langZh },
    { value: 'en', label: texts.langEn },
  ],
};

export const taskQuestion: Question = {
  id: 'task',
  kind: 'select',
  ask: texts.askTask,
  flags: [],
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
};

export const accountQuestion: Question = {
  id: 'account',
  kind: 'text',
  ask: texts.askAccount,
  flags: [{ spec: '--account <id>', help: flagTexts.account }],
  refuse: (answer) => refuseAccountId(answer),
};

export const wayQuestion: Question = {
  id: 'way',
  kind: 'select',
  ask: texts.askWay,
  flags: [
    { spec: '--scan', help: flagTexts.scan },
    { spec: '--guided', help: flagTexts.guided },
  ],
  options: [
    { value: 'scan', label: texts.wayScan, hint: texts.wayScanHint },
    { value: 'paste', label: texts.wayPaste },
    { value: 'console', label: texts.wayConsole },
  ],
};

/** Longer names are cut on the platform's own page. */
const MAX_BOT_NAME = 32;

export const botNameQuestion: Question = {
  id: 'bot-name',
  kind: 'text',
  ask: texts.askBotName,
  flags: [{ spec: '--bot-name <name>', help: flagTexts.botName }],
  refuse: (answer) =>
    answer === '' || answer.length > MAX_BOT_NAME
      ? localize(texts.badBotName, { max: MAX_BOT_NAME })
      : undefined,
};

export const appIdQuestion: Question = {
  id: 'app-id',
  kind: 'text',
  ask: texts.askAppId,
  flags: [{ spec: '--app-id <id>', help: flagTexts.appId }],
  variable: 'FEISHU_APP_ID',
  shown: shownAppId,
  refuse: (answer) => readAppId(answer).problem,
};

export const appSecretQuestion: Question = {
  id: 'app-secret',
  kind: 'secret',
  ask: texts.askAppSecret,
  flags: [
    { spec: '--app-secret-stdin', help: flagTexts.appSecretStdin },
    { spec: '--app-secret-file <path>', help: flagTexts.appSecretFile },
    { spec: '--app-secret <value>', help: flagTexts.appSecret },
  ],
  variable: 'FEISHU_APP_SECRET',
  refuse: (answer) => readAppSecret(answer).problem,
};

export const autopilotQuestion: Question = {
  id: 'autopilot',
  kind: 'select',
  ask: texts.askAutopilot,
  flags: [
    { spec: '--autopilot', help: flagTexts.autopilot },
    { spec: '--no-autopilot', help: flagTexts.noAutopilot },
  ],
  options: [
    { value: 'yes', label: texts.autopilotYes },
    { value: 'console', label: texts.autopilotConsole },
    { value: 'leave-it', label: texts.autopilotLeaveIt },
  ],
};

export const dmPolicyQuestion: Question = {
  id: 'dm-policy',
  kind: 'select',
  ask: texts.askDmPolicy,
  flags: [
    {
      spec: '--dm-policy <policy>',
      help: flagTexts.dmPolicy,
      choices: ['open', 'pairing', 'allowlist'],
    },
  ],
  options: [
    { value: 'open', label: texts.policyOpen },
    { value: 'allowlist', label: texts.policyAllowlist },
    { value: 'pairing', label: texts.policyPairing },
  ],
};

export const allowFromQuestion: Question = {
  id: 'allow-from',
  kind: 'text',
  ask: texts.askAllowFrom,
  flags: [{ spec: '--allow-from <open_id>', help: flagTexts.allowFrom, isList: true }],
  refuse: (answer) => refuseAllowFrom(splitList(answer)),
};

export const hostQuestion: Question = {
  id: 'host',
  kind: 'select',
  ask: texts.askHost,
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
};

export const writeQuestion: Question = {
  id: 'write',
  kind: 'select',
  ask: texts.askWrite,
  flags: [
    { spec: '-y, --yes', help: flagTexts.yes },
    { spec: '--no-start', help: flagTexts.noStart },
  ],
};

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
export function flagNames({ flags }: Pick<Question, 'flags'>): string {
  return flags.map(({ spec }) => spec.split(' <')[0]).join(', ');
}

export function invalidAnswer(
  question: Pick<Question, 'flags'> | { readonly flag: string },
  problem: LocalizedText,
): MoltbotFeishuError {
  const flag = 'flag' in question ? question.flag : flagNames(question);
  return new MoltbotFeishuError({
    code: 'invalid-value',
    exitCode: 2,
    what: localize(texts.invalidAnswer, { flag, problem }),
  });
}

export function missingAnswer(question: Question): MoltbotFeishuError {
  const flag = flagNames(question);
  const what = 'text' in question.ask ? question.ask : localize(question.ask);
  return new MoltbotFeishuError({
    code: 'missing-value',
    exitCode: 2,
    what: localize(texts.missingAnswer, { what }),
    advice: question.variable
      ? localize(texts.missingFix, { flag, variable: question.variable })
      : localize(texts.missingFixFlag, { flag }),
    details: { flag, variable: question.variable },
  });
}
