/** How a child that dies is started again. */
export interface RestartLimits {
  /** Pause after the first crash; it doubles with each one that follows. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** So many crashes within `withinMs` end the restarts. */
  readonly crashes: number;
  readonly withinMs: number;
}

/** A quarter of a second to eight; five crashes in five minutes are a loop. */
export const RESTART_LIMITS: RestartLimits = { firstPauseMs: 250, longestPauseMs: 8_000, crashes: 5, withinMs: 300_000 };

/** What to do about a crash: wait and start again, or stop trying. */
export type Verdict = { readonly kind: 'restart'; readonly pauseMs: number } | { readonly kind: 'give-up' };

/** Judges the crashes of one child; `at` is monotonic milliseconds. A child that ran for `withinMs` begins with a clean slate. */
export function restartPolicy(limits: RestartLimits = RESTART_LIMITS): (at: number) => Verdict {
  let recent: number[] = [];
  let inARow = 0;
  return (at) => {
    const last = recent.at(-1);
    inARow = last !== undefined && at - last < limits.withinMs ? inARow + 1 : 1;
    recent = [...recent.filter((crash) => at - crash < limits.withinMs), at];
    if (recent.length >= limits.crashes) return { kind: 'give-up' };
    return { kind: 'restart', pauseMs: Math.min(limits.firstPauseMs * 2 ** (inARow - 1), limits.longestPauseMs) };
  };
}
