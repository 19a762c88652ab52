import type { Clock } from '../../../../daemon/ports/clock.ts';

/** A clock whose time passes only by being slept away. */
export interface SimulatedClock extends Clock {
  /** Every span slept, in order. */
  readonly slept: readonly number[];
  /** Lets time pass without sleeping, as work does. */
  advance(milliseconds: number): void;
}

export function simulatedClock(startAt = 1_700_000_000_000): SimulatedClock {
  let passed = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => startAt + passed,
    monotonic: () => passed,
    sleep(milliseconds, signal) {
      if (signal?.aborted === true) return Promise.resolve();
      slept.push(milliseconds);
      passed += Math.max(0, milliseconds);
      return Promise.resolve();
    },
    advance(milliseconds) {
      passed += milliseconds;
    },
  };
}
