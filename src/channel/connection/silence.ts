/**
 * A watchdog for a long connection: without a frame for some ping intervals its peer counts as dead.
 *
 * In: each received frame, and the current ping interval. Out: one call when the connection is
 * silent for too long. Each ping restarts the SDK's own watchdog: with an interval shorter than its
 * time-out it never fires (armLiveness, node-sdk@1.74.0). Here only received frames count.
 */
export interface SilenceTimes {
  /** The bounds of {@link PINGS_MISSED} ping intervals (ms). */
  readonly leastSilenceMs: number;
  readonly longestSilenceMs: number;
}

export interface SilenceOptions extends SilenceTimes {
  readonly pingIntervalMs: number;
  /** Whether reading is paused on our side: then silence does not mean a dead peer. */
  readonly isHeld: () => boolean;
  readonly onSilence: () => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

export interface SilenceWatchdog {
  /** A frame arrived. */
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

  /** How long the connection may be silent (ms). */
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
