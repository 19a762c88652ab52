/** The longest window, TA-Lib's own limit. */
const LONGEST = 100_000;

/** The period itself when it is a whole number from `least` to 100,000; RangeError otherwise. */
export function period(name: string, bars: number, least: number): number {
  if (Number.isInteger(bars) && bars >= least && bars <= LONGEST) return bars;
  throw new RangeError(`${name}: the period must be a whole number from ${least} to ${LONGEST}, was ${bars}`);
}

/** A seed below this share of its value is forgotten. */
const FORGOTTEN = 1e-6;

/**
 * Bars until the seed of an EMA over n bars weighs less than 1e-6: the seed's n, then m with ((n−1)/(n+1))^m < 1e-6. As
 * ln((n+1)/(n−1)) > 2/n, m = n·ln(1e6)/2 ≈ 6.9 n is enough.
 */
export const settleOfEma = (n: number): number => Math.ceil(n - (n * Math.log(FORGOTTEN)) / 2);

/** The same for Wilder's average, whose seed fades by (n−1)/n a bar; as −ln(1−1/n) > 1/n, m = n·ln(1e6) ≈ 13.8 n is enough. */
export const settleOfWilder = (n: number): number => Math.ceil(n - n * Math.log(FORGOTTEN));
