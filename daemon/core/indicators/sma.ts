import type { Indicator, Reading } from './indicator.ts';
import { period } from './period.ts';
import { type BarSource, close, isUsable } from './source.ts';

/** Slots below `at` hold this round's values; from `at` on, when `full`, the sums of the last round from there to its end. */
export interface SmaState {
  readonly slots: number[];
  at: number;
  sum: number;
  full: boolean;
}

/**
 * Simple moving average of the last n values (TA-Lib SMA).
 *
 * Nothing is ever subtracted, so no error outlives its window, however long the run: once a round of n bars is whole it is
 * turned into sums from each slot to its end, and a window is one of those plus the sum of the new round so far (a queue out
 * of two stacks; Tangwongsan, Hirzel, Schneider, "Low-Latency Sliding-Window Aggregation", DEBS 2017). Constant time a bar
 * on average.
 */
export function sma(n: number, source: BarSource = close): Indicator<SmaState> {
  const bars = period('sma', n, 1);
  return {
    name: `SMA ${bars}`,
    warmup: bars,
    settle: bars,
    start: () => ({ slots: Array.from({ length: bars }, () => 0), at: 0, sum: 0, full: false }),
    push(state, bar) {
      const value = source(bar);
      if (isUsable(value)) add(state, value);
    },
    read: (state) => readSma(state, bars),
  };
}

function add(state: SmaState, value: number): void {
  const { slots } = state;
  slots[state.at] = value;
  state.sum += value;
  state.at += 1;
  if (state.at < slots.length) return;
  for (let slot = slots.length - 2; slot >= 0; slot -= 1) slots[slot] = (slots[slot] ?? 0) + (slots[slot + 1] ?? 0);
  state.at = 0;
  state.sum = 0;
  state.full = true;
}

function readSma(state: SmaState, bars: number): Reading | null {
  return state.full ? { v: (state.sum + (state.slots[state.at] ?? 0)) / bars } : null;
}
