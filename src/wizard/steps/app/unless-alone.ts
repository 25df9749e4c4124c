/** What an unattended run does where an app cannot be set up automatically. */
import { ExitCode, isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Run } from '../../run.ts';

/**
 * Unattended, an app that cannot be set up automatically stops nothing: the config is written, and the
 * steps list what is left. Guided, the person chooses how to go on.
 */
export async function unlessAlone(run: Run, work: () => Promise<void>): Promise<void> {
  const { facts, options } = run;
  try {
    await work();
  } catch (error) {
    const isLeft = isMoltbotFeishuError(error) && error.exitCode === ExitCode.appNotReady;
    if (options.conversation.guided || !isLeft) throw error;
    const { what: detail, advice, url } = error;
    run.report({ id: 'autopilot', ms: 0, status: 'fail', detail, advice, url, error });
    facts.autopilot = false;
    facts.notConfigured = error;
  }
}
