import type { Instant } from '../core/model/instant.ts';
import type { Clock } from './clock.ts';

/** Lets recorded or invented market time run at a multiple of wall time. */
export interface Pacer {
  /** Resolves when an event of that market time is due; early where the signal aborts. */
  until(at: Instant, signal: AbortSignal): Promise<void>;
}

/**
 * The longest wait of an accelerated feed. Whoever asks for more than real time wants to see something happen: a closed
 * weekend at 60× would be 48 silent minutes. At real time (speed 1) a gap lasts as long as it lasted.
 */
export const LONGEST_WAIT_MS = 5_000;
/** How long a feed that never waits may keep the event loop to itself. */
export const LONGEST_TURN_MS = 25;

/** The pace of one run of a feed: the first event is due at once, every later one after its market time over the speed. */
export function pacer(speed: number, clock: Clock): Pacer {
  let anchor: { readonly market: Instant; readonly wall: number } | null = null;
  let yieldedAt = clock.monotonic();
  return {
    async until(at, signal) {
      const now = clock.monotonic();
      anchor ??= { market: at, wall: now };
      const due = Number.isFinite(speed) ? anchor.wall + (at - anchor.market) / speed : now;
      const capped = speed > 1 ? Math.min(due, now + LONGEST_WAIT_MS) : due;
      if (capped < due) anchor = { market: at, wall: capped };
      if (capped > now) await clock.sleep(capped - now, signal);
      else if (now - yieldedAt >= LONGEST_TURN_MS) await new Promise((resolve) => setImmediate(resolve));
      else return;
      yieldedAt = clock.monotonic();
    },
  };
}
