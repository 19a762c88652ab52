import type { Indicator, Reading } from './indicator.ts';
import { period, settleOfEma } from './period.ts';
import { type BarSource, close, isUsable } from './source.ts';

/** While `seen` < n, `value` is the sum of what was seen; from then on it is the average. */
export interface EmaState {
  seen: number;
  value: number;
}

/** Exponential moving average (TA-Lib EMA): seeded with the simple mean of the first n values, then `value += 2/(n+1)·(x − value)`. */
export function ema(n: number, source: BarSource = close): Indicator<EmaState> {
  const bars = period('ema', n, 1);
  return {
    name: `EMA ${bars}`,
    warmup: bars,
    settle: settleOfEma(bars),
    start: startEma,
    push(state, bar) {
      const value = source(bar);
      if (isUsable(value)) pushEma(state, value, bars);
    },
    read(state): Reading | null {
      return state.seen < bars ? null : { v: state.value };
    },
  };
}

/** An average that has seen nothing: for indicators that are built of it. */
export const startEma = (): EmaState => ({ seen: 0, value: 0 });

/** Feeds one value to an average over n values. */
export function pushEma(state: EmaState, value: number, n: number): void {
  if (state.seen >= n) {
    state.value += (value - state.value) * (2 / (n + 1));
    return;
  }
  state.value += value;
  state.seen += 1;
  if (state.seen === n) state.value /= n;
}
