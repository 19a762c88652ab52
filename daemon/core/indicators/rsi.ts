import type { Indicator, Reading } from './indicator.ts';
import { period, settleOfWilder } from './period.ts';
import { type BarSource, close, isUsable } from './source.ts';
import { type WilderState, pushWilder, startWilder } from './wilder.ts';

export interface RsiState {
  /** The value before; null before the first. */
  last: number | null;
  readonly gain: WilderState;
  readonly loss: WilderState;
}

/**
 * Wilder's relative strength index, 0…100: `100·gain / (gain + loss)` over Wilder averages of n changes (TA-Lib RSI). A series
 * that has not moved has no strength either way and reads 50, where TA-Lib says 0 and a strategy would buy.
 */
export function rsi(n: number, source: BarSource = close): Indicator<RsiState> {
  const bars = period('rsi', n, 2);
  return {
    name: `RSI ${bars}`,
    warmup: bars + 1,
    settle: settleOfWilder(bars),
    start: () => ({ last: null, gain: startWilder(), loss: startWilder() }),
    push(state, bar) {
      const value = source(bar);
      if (!isUsable(value)) return;
      if (state.last !== null) {
        const change = value - state.last;
        pushWilder(state.gain, Math.max(change, 0), bars);
        pushWilder(state.loss, Math.max(-change, 0), bars);
      }
      state.last = value;
    },
    read: (state) => (state.gain.seen < bars ? null : { v: strength(state.gain.value, state.loss.value) }),
  };
}

function strength(gain: number, loss: number): Reading['v'] {
  const moved = gain + loss;
  return moved === 0 ? 50 : 100 * (gain / moved);
}
