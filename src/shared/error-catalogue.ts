/** The errors of a room as a table: a row holds what is the same each time that the error is thrown. */
import { type ExitCode, MoltbotFeishuError, type MoltbotFeishuErrorInit } from './errors.ts';
import { localize, type Text, type TextParams } from './text/text.ts';

/** `isRetryable` says whether the same call may succeed later; it becomes `details.retryable`. */
type ErrorRow = readonly [
  code: string,
  exitCode: ExitCode,
  what: Text,
  advice?: Text | undefined,
  isRetryable?: boolean,
];

type ErrorFacts = Partial<Omit<MoltbotFeishuErrorInit, 'code' | 'exitCode'>>;

/** Makes the errors of the table by name: `params` fill its texts, `facts` are added or override a text. */
export function errorCatalogue<Name extends string>(rows: Readonly<Record<Name, ErrorRow>>) {
  return (name: Name, params: TextParams = {}, facts: ErrorFacts = {}): MoltbotFeishuError => {
    const [code, exitCode, what, advice, retryable] = rows[name];
    return new MoltbotFeishuError({
      code,
      exitCode,
      what: localize(what, params),
      advice: advice && localize(advice, params),
      ...facts,
      ...(retryable !== undefined && { details: { retryable, ...facts.details } }),
    });
  };
}

/** The same error in other words, for a place that knows more about it. */
export function rewordedError(error: MoltbotFeishuError, facts: ErrorFacts): MoltbotFeishuError {
  return new MoltbotFeishuError({ ...error, cause: error, ...facts });
}
