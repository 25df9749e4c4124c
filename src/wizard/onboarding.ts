/** The wizard inside a host: its steps on the host's own prompts, its config back to the host. */
import type { HostConfig, OnboardingContext } from '../host/contract.ts';

export function configureInHost(
  context: OnboardingContext,
): Promise<{ readonly cfg: HostConfig; readonly accountId?: string }> {
  return Promise.resolve({ cfg: context.cfg });
}
