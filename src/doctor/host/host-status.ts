/** An account as the running host tells of it: asked once a run, since the host takes seconds. */
import {
  type HostAccountStatus,
  readAccountStatus,
} from '../../host/machine/installed/account-status.ts';
import type { HostFacts } from '../../host/machine/installed/host-facts.ts';
import type { DoctorContext } from '../context.ts';

/**
 * How long a host may take (ms). Its command loads the whole host, 9 s on two idle processors and
 * several times that on busy ones; then it gives a silent gateway 10 s and ends by itself.
 */
export const MAX_HOST_ANSWER_MS = 60_000;

const asked = new WeakMap<DoctorContext, Promise<HostAccountStatus | undefined>>();

/** `undefined` where no host runs, it refuses, or it does not know the account. */
export function hostedAccount(
  context: DoctorContext,
  { host, isUp }: HostFacts,
  signal: AbortSignal,
): Promise<HostAccountStatus | undefined> {
  const known = asked.get(context);
  if (known) return known;
  const asking =
    host && isUp
      ? readAccountStatus(host, context.accountId, { env: context.env, signal })
      : Promise.resolve(undefined);
  asked.set(context, asking);
  return asking;
}
