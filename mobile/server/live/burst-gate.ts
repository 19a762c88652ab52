/** Individual trades a second that a person can still follow, and a phone can still draw. */
export const MOST_TRADES_A_SECOND = 20;

/** Makes a gate that lets through at most so many in any second; false means: not this one. Time in milliseconds, never back. */
export function burstGate(most = MOST_TRADES_A_SECOND): (now: number) => boolean {
  let passed: number[] = [];
  return (now) => {
    passed = passed.filter((at) => now - at < 1000);
    if (passed.length >= most) return false;
    passed.push(now);
    return true;
  };
}
