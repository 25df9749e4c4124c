/** The errors of an inbox. */
import { errnoOf } from '../../config/file/file-system.ts';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import { channelTexts as texts } from '../channel-texts.ts';

/** These are not configuration errors: the exit code is that of an unavailable service. */
function inboxError(
  problem: Omit<ConstructorParameters<typeof MoltbotFeishuError>[0], 'exitCode'>,
): MoltbotFeishuError {
  return new MoltbotFeishuError({ ...problem, exitCode: ExitCode.unavailable });
}

export function inboxFull(most: number): MoltbotFeishuError {
  return inboxError({
    code: 'inbox-full',
    what: localize(texts.inboxFull, { most }),
    advice: texts.inboxFullAdvice,
    details: { retryable: true },
  });
}

/** @param waiting how many messages of the chat wait */
export function inboxFullForChat(waiting: number): MoltbotFeishuError {
  return inboxError({
    code: 'inbox-full',
    what: localize(texts.inboxChatFull, { waiting }),
    advice: texts.inboxFullAdvice,
    details: { retryable: true, reason: 'chat' },
  });
}

/** @param cause the system's error */
export function inboxUnwritable(place: string, cause: unknown): MoltbotFeishuError {
  const reason = errnoOf(cause) ?? 'unknown';
  const isFull = reason === 'ENOSPC' || reason === 'EDQUOT';
  return inboxError({
    code: 'inbox-unwritable',
    what: localize(isFull ? texts.inboxNoSpace : texts.inboxUnwritable, { place, reason }),
    advice: localize(isFull ? texts.inboxNoSpaceAdvice : texts.inboxUnwritableAdvice, { place }),
    cause,
    details: { retryable: true, reason, place },
  });
}

/** The directory was deleted or replaced while a process works on it. */
export function inboxGone(place: string): MoltbotFeishuError {
  return inboxError({
    code: 'inbox-gone',
    what: localize(texts.inboxGone, { place }),
    advice: texts.inboxGoneAdvice,
    details: { retryable: true, reason: 'gone', place },
  });
}

/** @param cause the error of the client or of Redis */
export function redisUnreachable(place: string, cause: unknown): MoltbotFeishuError {
  const reason = redisReason(cause);
  return inboxError({
    code: 'inbox-unwritable',
    what: localize(texts.inboxUnwritable, { place, reason }),
    advice: localize(texts.inboxRedisAdvice, { place }),
    cause,
    details: { retryable: true, reason, place },
  });
}

/** The system's code, or the word with which Redis begins a refusal (`NOAUTH`, `OOM`, …). */
function redisReason(cause: unknown): string {
  const word = cause instanceof Error ? /^[A-Z]{2,}(?= )/.exec(cause.message)?.[0] : undefined;
  return errnoOf(cause) ?? word ?? 'unknown';
}

/** @param damaged lines that could not be read */
export function inboxDamaged(place: string, damaged: number, kept: string): MoltbotFeishuError {
  return inboxError({
    code: 'inbox-damaged',
    what: localize(texts.inboxDamaged, { place, damaged }),
    advice: localize(texts.inboxDamagedAdvice, { kept }),
    details: { retryable: false, damaged, kept },
  });
}

export function inboxClosed(): MoltbotFeishuError {
  return inboxError({
    code: 'inbox-closed',
    what: texts.inboxClosed,
    details: { retryable: true },
  });
}

/** Another gateway has taken over the message: this one must stop working on it. */
export function claimLost(): MoltbotFeishuError {
  return inboxError({
    code: 'claim-lost',
    what: texts.claimLost,
    details: { retryable: false },
  });
}
