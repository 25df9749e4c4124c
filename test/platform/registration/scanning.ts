import {
  type RegistrationEvent,
  type RegistrationOptions,
  registerApp,
} from '../../../src/platform/registration/registration.ts';
import type { RegistrationRequest } from '../../../src/platform/registration/registration-page.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';

export const { start } = useSandboxes();
export const PATH = '/oauth/v1/app/registration';

export interface Scanning {
  readonly sandbox: Sandbox;
  readonly events: RegistrationEvent[];
  /** Pauses between polls (ms). */
  readonly pauses: number[];
  /** What happens during the first pause, the second, …; the last one during all that follow. */
  run(
    meanwhile: readonly (() => unknown)[],
    request?: Partial<RegistrationRequest>,
    options?: Partial<RegistrationOptions>,
  ): ReturnType<typeof registerApp>;
  link(): string;
}

/** A clock that only the pauses between polls move: the sandbox and the scan share it. */
export async function scanning(
  registration: SandboxOptions['registration'] = { intervalS: 5 },
): Promise<Scanning> {
  let time = 1_000_000;
  const now = () => time;
  const sandbox = await start({ registration, now });
  const events: RegistrationEvent[] = [];
  const pauses: number[] = [];
  const link = () => {
    const ready = events.find((event) => event.kind === 'code-ready');
    return ready?.kind === 'code-ready' ? ready.url : '';
  };
  return {
    sandbox,
    events,
    pauses,
    link,
    run: (meanwhile, request, options) =>
      registerApp(
        { domain: sandbox.url, ...request },
        {
          now,
          // A test with a clock of its own takes the monotonic one of the process.
          ...(options?.now ? {} : { monotonic: now }),
          onEvent: (event) => void events.push(event),
          async sleep(ms) {
            const act = meanwhile[Math.min(pauses.length, meanwhile.length - 1)];
            pauses.push(ms);
            time += ms;
            await act?.();
          },
          ...options,
        },
      ),
  };
}

export const nothing = () => undefined;
export const kinds = (events: readonly RegistrationEvent[]) => events.map(({ kind }) => kind);
