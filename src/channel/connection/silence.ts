/**
 * A watchdog for a long connection: without a frame for some ping intervals its peer counts as dead.
 *
 * In: each received frame, and the current ping interval. Out: one call when the connection is
 * silent for too long. Each ping restarts the SDK's own watchdog: with an interval shorter than its
 * time-out it never fires (armLiveness, node-sdk@1.74.0). Here only received frames count.
 */
export interface SilenceTimes {
  /** The bounds of {@link MAX_MISSED_PINGS} ping intervals (ms). */
  readonly minSilenceMs: number;
  readonly maxSilenceMs: number;
}

export interface SilenceOptions extends SilenceTimes {
  readonly pingIntervalMs: number;
  /** Whether reading is paused on our side: then silence does not mean a dead peer. */
  readonly isPaused: () => boolean;
  readonly onSilence: () => void;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

export interface SilenceWatchdog {
  /** A frame arrived. */
  frameReceived(): void;
  /** The platform has changed the interval (ms). */
  setPingInterval(ms: number): void;
  stop(): void;
}

const MAX_MISSED_PINGS = 3;

/** Watches from now on. */
export function watchSilence(options: SilenceOptions): SilenceWatchdog {
  const { isPaused, onSilence, monotonic } = options;
  let intervalMs = options.pingIntervalMs;
  let lastFrameAt = monotonic();
  let timer: NodeJS.Timeout | undefined;

  /** How long the connection may be silent (ms). */
  function maxSilence(): number {
    const { minSilenceMs, maxSilenceMs } = options;
    return Math.min(maxSilenceMs, Math.max(minSilenceMs, MAX_MISSED_PINGS * intervalMs));
  }

  function check(): void {
    if (isPaused()) lastFrameAt = monotonic();
    const leftMs = lastFrameAt + maxSilence() - monotonic();
    if (leftMs <= 0) onSilence();
    else timer = setTimeout(check, Math.ceil(leftMs));
  }

  check();
  return {
    frameReceived() {
      lastFrameAt = monotonic();
    },
    setPingInterval(ms) {
      if (ms === intervalMs) return;
      intervalMs = ms;
      clearTimeout(timer);
      check();
    },
    stop: () => clearTimeout(timer),
  };
}
