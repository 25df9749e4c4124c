/** How an error leaves the program: what happened, the fix under it, and the exit code. */

import { marks } from '../doctor/report/marks.ts';
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { fitted } from '../shared/layout/fitted.ts';
import { MASK, Secret, scrub } from '../shared/secret.ts';
import { jsonText, visible } from '../shared/terminal/visible.ts';
import { asLocalized, localize, verbatim } from '../shared/text/text.ts';
import { commandError } from './command-errors.ts';
import { commandTexts as texts } from './command-texts.ts';
import type { ErrorDocument } from './output/documents.ts';
import { systemCode } from './output/last-resort.ts';
import { OutputEnded } from './output/output-watch.ts';
import type { Shell } from './shell.ts';

/** An error as the `--json` contract shows it, in the language of the run. */
export function errorDocument(shell: Shell, error: MoltbotFeishuError): ErrorDocument {
  return {
    code: error.code,
    message: shell.say(error.what),
    ...(error.advice && { fix: shell.say(error.advice) }),
    ...(error.feishuCode !== undefined && { feishuCode: error.feishuCode }),
    ...(error.url && { url: error.url }),
    ...(error.logId && { logId: error.logId }),
    ...(Array.isArray(error.details.keys) && { keys: error.details.keys }),
  };
}

/** Turns any thrown value into our error; an unknown one counts as a fault of this program. */
export function asKnownError(shell: Shell, error: unknown): MoltbotFeishuError {
  if (isMoltbotFeishuError(error)) return error;
  if (shell.signal.aborted) return commandError('cancelled');
  const system = systemCode(error);
  if (system === 'EMFILE' || system === 'ENFILE') {
    return commandError('tooManyFiles', { reason: system }, { cause: error });
  }
  const problem = error instanceof Error ? error.message : String(error);
  return commandError('internal', { problem: withoutSecrets(problem, shell) }, { cause: error });
}

/**
 * The words of an unknown error may repeat whatever it met: the secret that was given, what has the form
 * of one, and the credentials of a URL are masked.
 */
function withoutSecrets(problem: string, { env }: Shell): string {
  const given = env.FEISHU_APP_SECRET ? [new Secret(env.FEISHU_APP_SECRET)] : [];
  return scrub(problem, given)
    .replace(/\b[A-Za-z0-9]{32,}\b/g, MASK)
    .replace(/\/\/[^\s/@]*@/g, `//${MASK}@`);
}

/** Prints an error, as JSON on stdout or as text on stderr, and returns its exit code. */
export function showError(
  shell: Shell,
  thrown: unknown,
  extra: Readonly<Record<string, unknown>> = {},
): number {
  const { reason } = shell.signal;
  // Nothing that is written is read, or it has been said that it cannot be written.
  if (reason instanceof OutputEnded) return reason.exitCode ?? ExitCode.ok;
  const error = asKnownError(shell, thrown);
  if (shell.json) {
    shell.stdout.write(
      `${jsonText({ ok: false, error: errorDocument(shell, error), ...extra })}\n`,
    );
  } else {
    shell.stderr.write(
      `${shell.paint.red(marks.fail)} ${fitted(shell.stderr, `  ${shell.say(error.what)}`).slice(2)}\n`,
    );
    if (error.advice) {
      const fix = `  ${shell.say(localize(texts.advice, { fix: asLocalized(error.advice) }))}`;
      shell.stderr.write(`${fitted(shell.stderr, fix)}\n`);
    }
    if (error.url && !shell.say(error.advice ?? verbatim('')).includes(error.url))
      shell.stderr.write(`  ${visible(error.url)}\n`);
  }
  if (shell.verbose && error.code === 'internal' && error.cause instanceof Error) {
    // The message, which is above, may have several lines; a frame is one.
    const frames = error.cause.stack?.match(/^ {4}at .*$/gm) ?? [];
    shell.stderr.write(`${frames.map(visible).join('\n')}\n`);
  }
  return error.exitCode;
}
