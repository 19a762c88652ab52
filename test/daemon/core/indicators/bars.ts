import type { Indicator, Reading } from '../../../../daemon/core/indicators/indicator.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { Bar } from '../../../../daemon/core/strategy/strategy.ts';

/** Bars whose open, high, low and close are all one value. */
export const barsOf = (closes: readonly number[]): Bar[] => closes.map((close) => barOf(close, close, close));

export const barOf = (high: number, low: number, close: number): Bar => ({ at: instant(0), open: close, high, low, close, volume: 1 });

/** The reading after each bar, null while warming. */
export function readings<State, R extends Reading>(indicator: Indicator<State, R>, bars: readonly Bar[]): (R | null)[] {
  const state = indicator.start();
  return bars.map((bar) => {
    indicator.push(state, bar);
    return indicator.read(state);
  });
}

/** The main line from its first value on. */
export function line<State>(indicator: Indicator<State>, bars: readonly Bar[]): number[] {
  return readings(indicator, bars).flatMap((reading) => (reading === null ? [] : [reading.v]));
}

/** A seeded walk around 100 that never reaches zero: real enough to move every indicator, the same on every run. */
export function walk(length: number, seed: number): Bar[] {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  let close = 100;
  return Array.from({ length }, () => {
    const open = close;
    close = Math.max(1, close * (1 + (next() - 0.5) * 0.04));
    return barOf(Math.max(open, close) * (1 + next() * 0.01), Math.min(open, close) * (1 - next() * 0.01), close);
  });
}
