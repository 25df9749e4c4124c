/**
 * Standard output and standard error while a command runs: what happens when one cannot be written.
 *
 * A reader that closes early (`head`) ends the command quietly; a full disk ends it with one line on
 * standard error. A broken standard error is ignored, since there is no place left to report it.
 */
import { showOutputFailure } from './last-resort.ts';

/** Why a command was aborted: nothing that it says would be read. */
export class OutputEnded extends Error {
  override readonly name = 'OutputEnded';
  /** `undefined` where the reader closed standard output: then the command's own code counts. */
  readonly exitCode: number | undefined;

  constructor(exitCode: number | undefined) {
    super('standard output cannot be written');
    this.exitCode = exitCode;
  }
}

interface Output {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Aborts the controller with {@link OutputEnded} as its reason. */
export function watchOutput(
  { stdout, stderr }: { readonly stdout: Output; readonly stderr: Output },
  argv: readonly string[],
  controller: AbortController,
): void {
  let hasEnded = false;
  stdout.on('error', (error) => {
    // Each later write fails, too: the first is reported.
    if (hasEnded) return;
    hasEnded = true;
    controller.abort(new OutputEnded(showOutputFailure(error, argv)));
  });
  stderr.on('error', () => undefined);
}
