/**
 * What setup may ask, as data: the same declaration drives the prompt, the flag and the error that
 * names both when nobody can be asked.
 */
import { isAppId, resolveEndpoints } from '../platform/endpoints.ts';
import { MoltbotFeishuError } from '../shared/errors.ts';
import { type Message, message, type Text } from '../shared/text.ts';
import { wizardTexts as texts } from './texts.ts';

export interface Option {
  readonly value: string;
  readonly label: Text;
  readonly hint?: Text;
}

export interface Question {
  readonly id: string;
  readonly kind: 'text' | 'secret' | 'select';
  readonly ask: Text;
  /** The flags that answer it, as an error names them. */
  readonly flag: string;
  /** The environment variable that answers it. */
  readonly variable?: string;
  readonly options?: readonly Option[];
  /** Says what is wrong with an answer; nothing when it is fine. */
  readonly refuse?: (answer: string) => Message | undefined;
}

export const appIdQuestion: Question = {
  id: 'app-id',
  kind: 'text',
  ask: texts.askAppId,
  flag: '--app-id',
  variable: 'FEISHU_APP_ID',
  refuse: (answer) => (isAppId(answer) ? undefined : message(texts.badAppId, { found: answer })),
};

export const appSecretQuestion: Question = {
  id: 'app-secret',
  kind: 'secret',
  ask: texts.askAppSecret,
  flag: '--app-secret-stdin, --app-secret-file, --app-secret',
  variable: 'FEISHU_APP_SECRET',
  refuse: (answer) => (answer.trim() === '' ? message(texts.emptySecret) : undefined),
};

export const dmPolicyQuestion: Question = {
  id: 'dm-policy',
  kind: 'select',
  ask: texts.askDmPolicy,
  flag: '--dm-policy',
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
  flag: '--allow-from',
  refuse: (answer) => refuseAllowFrom(splitList(answer)),
};

export function splitList(answer: string): string[] {
  return answer
    .split(/[,，\s]+/)
    .map((entry) => entry.trim())
    .filter(Boolean);
}

export function refuseAllowFrom(entries: readonly string[]): Message | undefined {
  const wrong = entries.find((entry) => entry !== '*' && !/^ou_\w+$/.test(entry));
  return wrong === undefined ? undefined : message(texts.badAllowFrom, { found: wrong });
}

/** The `domain` as the config stores it. Throws `domain-invalid` (usage). */
export function normalizeDomain(domain: string): string {
  const { brand, openApi } = resolveEndpoints(domain);
  return brand === 'custom' ? openApi : brand;
}

/** Account ids become object keys in the config and words in commands. */
export function refuseAccountId(id: string): Message | undefined {
  return /^[\w][\w.-]{0,63}$/.test(id) && id !== '__proto__'
    ? undefined
    : message(texts.badAccountId, { found: id });
}

export function invalidAnswer(
  question: Pick<Question, 'flag'>,
  problem: Message,
): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'invalid-value',
    exitCode: 2,
    what: message(texts.invalidAnswer, { flag: question.flag, problem }),
  });
}

export function missingAnswer(question: Question): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'missing-value',
    exitCode: 2,
    what: message(texts.missingAnswer, { what: message(question.ask) }),
    fix: question.variable
      ? message(texts.missingFix, { flag: question.flag, variable: question.variable })
      : message(texts.missingFixFlag, { flag: question.flag }),
    details: { flag: question.flag, variable: question.variable },
  });
}
