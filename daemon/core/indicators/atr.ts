import type { Bar } from './bar.ts';
import type { Indicator } from './indicator.ts';
import { period, settleOfWilder } from './period.ts';
import { isUsable } from './source.ts';
import { type WilderState, pushWilder, startWilder } from './wilder.ts';

export interface AtrState {
  /** The close before; null before the first bar, which has no true range. */
  last: number | null;
  readonly range: WilderState;
}

/** Wilder's average true range over n bars, in units of the price (TA-Lib ATR: the first bar only lends its close). */
export function atr(n: number): Indicator<AtrState> {
  const bars = period('atr', n, 1);
  return {
    name: `ATR ${bars}`,
    warmup: bars + 1,
    settle: settleOfWilder(bars),
    start: () => ({ last: null, range: startWilder() }),
    push(state, bar) {
      if (!isUsable(bar.high) || !isUsable(bar.low) || !isUsable(bar.close)) return;
      if (state.last !== null) pushWilder(state.range, trueRange(bar, state.last), bars);
      state.last = bar.close;
    },
    read: (state) => (state.range.seen < bars ? null : { v: state.range.value }),
  };
}

/** The bar's range, widened to the close before where the price gapped. */
function trueRange(bar: Bar, last: number): number {
  return Math.max(bar.high - bar.low, Math.abs(bar.high - last), Math.abs(bar.low - last));
}
