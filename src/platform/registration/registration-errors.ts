/** Our errors for a registration that fails. */
import { MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import { isKnownError, lookup } from '../errors/error-table.ts';
import { exitCodes } from '../errors/rejection.ts';
import type { HttpAnswer } from '../network/answer.ts';
import { platformError } from '../platform-errors.ts';
import { platformTexts as texts } from '../platform-texts.ts';

/**
 * The platform's word that ends a registration, as our error.
 *
 * @param facts.answerLost a poll before it got no answer: the app may exist, its secret lost with it
 */
export function refusal(
  error: string,
  description: string,
  facts: { readonly answerLost?: boolean } = {},
): MoltbotFeishuError {
  const entry = lookup('registration', error);
  const code = entry.error === 'platform-rejected' ? 'scan-unavailable' : entry.error;
  const params = { code: error, msg: description.slice(0, 500) };
  const meaning = localize(entry.meaning, params);
  return new MoltbotFeishuError({
    code,
    exitCode: exitCodes[code],
    what: isKnownError('registration', error)
      ? meaning
      : localize(texts.rejected, { meaning, ...params }),
    advice: localize(entry.advice, params),
    details: { retryable: false, family: 'registration', error, msg: params.msg, ...facts },
  });
}

export function notOffered(host: string, status: number): MoltbotFeishuError {
  return platformError(
    'scanNotOffered',
    { host, status },
    { details: { family: 'registration', status } },
  );
}

/** An answer that is not about the registration: from a failing server, or from a proxy. */
export function malformedAnswerError(
  host: string,
  { status, contentType }: HttpAnswer,
): MoltbotFeishuError {
  const type = contentType.split(';')[0]?.trim() || 'no content type';
  const name = status >= 500 ? 'serverFailed' : 'notJson';
  return platformError(name, { host, status, type }, { details: { outcome: 'retry', status } });
}
