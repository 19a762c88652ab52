import { type EmaState, pushEma, startEma } from './ema.ts';
import type { Indicator, Reading } from './indicator.ts';
import { period, settleOfEma } from './period.ts';
import { type BarSource, close, isUsable } from './source.ts';

/** `v` is the MACD line, in units of the price. */
export interface MacdReading extends Reading {
  readonly signal: number;
  /** MACD line − signal. */
  readonly histogram: number;
}

export interface MacdState {
  /** Values seen, up to the first that the fast average takes. */
  skipped: number;
  readonly fast: EmaState;
  readonly slow: EmaState;
  readonly signal: EmaState;
}

/**
 * Moving average convergence/divergence: EMA(fast) − EMA(slow), its EMA(signal), and the difference of the two (TA-Lib MACD:
 * the fast average starts late, so that both have their first value on the same bar).
 */
export function macd(fast: number, slow: number, signal: number, source: BarSource = close): Indicator<MacdState, MacdReading> {
  const n = { fast: period('macd fast', fast, 1), slow: period('macd slow', slow, 2), signal: period('macd signal', signal, 1) };
  if (fast >= slow) throw new RangeError(`macd: the fast period must be below the slow one, was ${fast} and ${slow}`);
  return {
    name: `MACD ${fast} ${slow} ${signal}`,
    warmup: slow + signal - 1,
    settle: settleOfEma(slow) + settleOfEma(signal),
    start: () => ({ skipped: 0, fast: startEma(), slow: startEma(), signal: startEma() }),
    push(state, bar) {
      const value = source(bar);
      if (!isUsable(value)) return;
      pushEma(state.slow, value, n.slow);
      if (state.skipped < n.slow - n.fast) state.skipped += 1;
      else pushEma(state.fast, value, n.fast);
      if (state.slow.seen === n.slow) pushEma(state.signal, state.fast.value - state.slow.value, n.signal);
    },
    read(state) {
      if (state.signal.seen < n.signal) return null;
      const line = state.fast.value - state.slow.value;
      return { v: line, signal: state.signal.value, histogram: line - state.signal.value };
    },
  };
}
