import type { Indicator, Reading } from './indicator.ts';
import { period } from './period.ts';
import { type BarSource, close, isUsable } from './source.ts';

/** `v` is the middle band. */
export interface BollingerReading extends Reading {
  readonly upper: number;
  readonly lower: number;
}

/** Count, mean and sum of squared deviations from the mean of a set of values. */
interface Moments {
  count: number;
  mean: number;
  squares: number;
}

/** Slots below `at` hold this round's values; from `at` on, when `full`, mean and squares of the last round from there to its end. */
export interface BollingerState {
  readonly slots: number[];
  readonly squares: number[];
  at: number;
  full: boolean;
  /** Of this round so far. */
  readonly round: Moments;
}

/**
 * Bollinger bands: the mean of the last n values, and k population standard deviations above and below it (TA-Lib BBANDS with
 * a simple average).
 *
 * The window is kept as in `sma`, with moments in place of sums: they are joined and never taken apart, so that a quiet
 * stretch at a high price keeps all digits of its deviation, where TA-Lib's mean of squares − square of the mean loses them.
 */
export function bollinger(n: number, k: number, source: BarSource = close): Indicator<BollingerState, BollingerReading> {
  const bars = period('bollinger', n, 2);
  if (!(k > 0 && isUsable(k))) throw new RangeError(`bollinger: the number of deviations must be above 0, was ${k}`);
  return {
    name: `BB ${bars} ${k}`,
    warmup: bars,
    settle: bars,
    start: () => ({ slots: zeros(bars), squares: zeros(bars), at: 0, full: false, round: { count: 0, mean: 0, squares: 0 } }),
    push(state, bar) {
      const value = source(bar);
      if (isUsable(value)) add(state, value);
    },
    read(state) {
      if (!state.full) return null;
      const { mean, squares } = join(state.round, lastRound(state));
      const width = k * Math.sqrt(squares / bars);
      return { v: mean, upper: mean + width, lower: mean - width };
    },
  };
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);

function add(state: BollingerState, value: number): void {
  const { slots, round } = state;
  slots[state.at] = value;
  state.at += 1;
  Object.assign(round, join(round, single(value)));
  if (state.at === slots.length) turn(state);
}

/** The round is whole: each slot becomes the moments from there to the end. */
function turn(state: BollingerState): void {
  const { slots, squares, round } = state;
  let tail: Moments = { count: 0, mean: 0, squares: 0 };
  for (let slot = slots.length - 1; slot >= 0; slot -= 1) {
    tail = join(tail, single(slots[slot] ?? 0));
    slots[slot] = tail.mean;
    squares[slot] = tail.squares;
  }
  Object.assign(round, { count: 0, mean: 0, squares: 0 });
  state.at = 0;
  state.full = true;
}

const single = (value: number): Moments => ({ count: 1, mean: value, squares: 0 });

function lastRound({ slots, squares, at }: BollingerState): Moments {
  return { count: slots.length - at, mean: slots[at] ?? 0, squares: squares[at] ?? 0 };
}

/** The moments of two sets together (Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm", 1979, eq. 2.1). */
function join(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return a;
  const apart = b.mean - a.mean;
  const share = b.count / count;
  return { count, mean: a.mean + apart * share, squares: a.squares + b.squares + apart * apart * share * a.count };
}
