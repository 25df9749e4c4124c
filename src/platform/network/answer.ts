/** Reads an answer of the Open Platform: its envelope, or the error that it reports. Pure. */
import { z } from 'zod';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { platformError } from '../platform-errors.ts';

const optionalText = z.string().optional().catch(undefined);

/** Every answer is an object with a numeric `code`; the rest of the envelope is read leniently. */
const envelopeSchema = z.looseObject({
  code: z.number(),
  msg: z.string().catch(''),
  error: z
    .looseObject({
      log_id: optionalText,
      permission_violations: z
        .array(z.looseObject({ subject: optionalText }).catch({}))
        .optional()
        .catch(undefined),
      helps: z
        .array(z.looseObject({ url: optionalText }).catch({}))
        .optional()
        .catch(undefined),
      field_violations: z
        .array(z.looseObject({ field: optionalText, description: optionalText }).catch({}))
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/**
 * The envelope of an answer, whatever code it carries.
 *
 * @param clean takes secrets out of a text: a server may echo what it was sent
 *
 * @throws MoltbotFeishuError `rate-limited` (HTTP 429), `platform-error` (5xx, not JSON, no code)
 */
export function readEnvelope(
  host: string,
  answer: HttpAnswer,
  { nowMs, clean }: { readonly nowMs: number; readonly clean: (text: string) => string },
): Envelope {
  const envelope = parseEnvelope(answer.text);
  const said = logIdOf(envelope, answer);
  const logId = said === undefined ? undefined : clean(said);
  if (answer.status === 429) throw rateLimited(answer, envelope?.code, logId, nowMs);
  if (answer.status >= 500) {
    const { status } = answer;
    const facts = { details: { status }, logId, feishuCode: envelope?.code };
    throw platformError('serverFailed', { host, status }, facts);
  }
  if (!envelope) {
    const type = clean(answer.contentType).split(';')[0]?.trim() || 'no content type';
    const { status } = answer;
    throw platformError('notJson', { host, status, type }, { details: { status } });
  }
  return envelope;
}

/** The log id that the platform's support asks for: in the error, or in a header. */
export function logIdOf(envelope: Envelope | undefined, answer: HttpAnswer): string | undefined {
  return envelope?.error?.log_id ?? answer.headers['x-tt-logid'];
}

/**
 * How long the platform asks to wait (ms): `Retry-After` (s or a date) or `x-ogw-ratelimit-reset`
 * (s) (docs/platform/errors.md#rate-limits).
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | undefined {
  for (const name of ['retry-after', 'x-ogw-ratelimit-reset']) {
    const value = headers[name]?.trim();
    if (!value) continue;
    if (/^\d+(\.\d+)?$/.test(value)) return bounded(Math.ceil(Number(value) * 1000));
    const date = Date.parse(value);
    // By the platform's own clock, where it shows it: ours may be wrong.
    const sentAt = Date.parse(headers.date ?? '') || nowMs;
    if (!Number.isNaN(date)) return bounded(Math.max(0, date - sentAt));
  }
  return undefined;
}

/** The longest wait that the platform can impose at once (ms); it may ask for another one then. */
export const MAX_RETRY_AFTER_MS = 5 * 60_000;

const bounded = (ms: number): number => Math.min(ms, MAX_RETRY_AFTER_MS);

/** Checks a part of an answer; `where` names it in the error. */
export function parsePart<T>(
  host: string,
  where: string,
  schema: z.ZodType<T>,
  part: unknown,
  clean: (text: string) => string = (text) => text,
): T {
  const parsed = schema.safeParse(part);
  if (parsed.success) return parsed.data;
  // The error names only the path, since the content may be secret.
  const path = [where, ...(parsed.error.issues[0]?.path ?? [])].map(String).join('.');
  throw malformed(host, `${clean(path)} is missing or of another type`);
}

export function malformed(host: string, problem: string): MoltbotFeishuError {
  return platformError('malformedAnswer', { host, problem });
}

export function notHttpError(host: string, code: string): MoltbotFeishuError {
  return malformed(host, `not valid HTTP (${code})`);
}

function parseEnvelope(text: string): Envelope | undefined {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not JSON: the caller reports the answer as such, with its status and type.
    return undefined;
  }
}

function rateLimited(
  answer: HttpAnswer,
  feishuCode: number | undefined,
  logId: string | undefined,
  nowMs: number,
): MoltbotFeishuError {
  const { status, headers } = answer;
  const facts = { feishuCode, logId, retryAfterMs: retryAfterMs(headers, nowMs) };
  return platformError('rateLimited', { status }, { ...facts, details: { status } });
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}
