const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const SPREAD = 0.2;

/**
 * Milliseconds to wait before the next try after `failures` failed ones in a row: 0.5, 1, 2, 4, 8, then 15 s, spread by ± 20 % so that
 * many phones do not come back in the same instant. `chance` is in 0…1.
 */
export function backOff(failures: number, chance: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(wait * (1 - SPREAD + 2 * SPREAD * chance));
}
