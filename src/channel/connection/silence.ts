/**
 * A watchdog for a long connection: without a frame for some ping intervals its peer counts as dead.
 *
 * In: each frame that came in, and the ping interval that is in force. Out: one call when it is silent
 * for too long. The SDK has a watchdog, which each ping restarts: with an interval shorter than its
 * time-out it never fires (armLiveness, node-sdk@1.74.0). Here only what was received counts.
 */
export interface SilenceTimes {
  /** The bounds of {@link PINGS_MISSED} ping intervals (ms). */
  readonly leastSilenceMs: number;
  readonly longestSilenceMs: number;
}

export interface SilenceOptions extends SilenceTimes {
  readonly pingIntervalMs: number;
  /** Nothing is read now, by our own choice: silence says nothing of the peer. */
  readonly isHeld: () => boolean;
  readonly onSilence: () => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

export interface SilenceWatchdog {
  /** A frame came in. */
  heard(): void;
  /** The platform has changed the interval (ms). */
  pingsEvery(ms: number): void;
  stop(): void;
}

const PINGS_MISSED = 3;

/** Watches from now on. */
export function watchSilence(options: SilenceOptions): SilenceWatchdog {
  const { isHeld, onSilence, monotonic } = options;
  let intervalMs = options.pingIntervalMs;
  let heardAt = monotonic();
  let timer: NodeJS.Timeout | undefined;

  /** As long as the connection may be silent (ms). */
  function patience(): number {
    const { leastSilenceMs, longestSilenceMs } = options;
    return Math.min(longestSilenceMs, Math.max(leastSilenceMs, PINGS_MISSED * intervalMs));
  }

  function look(): void {
    if (isHeld()) heardAt = monotonic();
    const leftMs = heardAt + patience() - monotonic();
    if (leftMs <= 0) onSilence();
    else timer = setTimeout(look, Math.ceil(leftMs));
  }

  look();
  return {
    heard() {
      heardAt = monotonic();
    },
    pingsEvery(ms) {
      if (ms === intervalMs) return;
      intervalMs = ms;
      clearTimeout(timer);
      look();
    },
    stop: () => clearTimeout(timer),
  };
}
