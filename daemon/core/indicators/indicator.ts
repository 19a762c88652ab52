import type { Bar } from './bar.ts';

/** What an indicator says of the last bar: its main line `v` and, for some, further named lines. All finite. */
export interface Reading {
  readonly v: number;
  readonly [line: string]: number;
}

/**
 * An indicator fed one closed bar at a time in constant time. Its state is plain JSON and belongs to the caller, so that it
 * is committed with the step and comes back bit for bit after a crash.
 */
export interface Indicator<State, R extends Reading = Reading> {
  /** Name and parameters as a chart shows them: `RSI 14`. */
  readonly name: string;
  /** Bars until the first reading. */
  readonly warmup: number;
  /** Bars until the seed's influence has fallen below 1e-6 of the value. */
  readonly settle: number;
  start(): State;
  push(state: State, bar: Bar): void;
  /** The reading after the last bar, or null before `warmup` bars. */
  read(state: State): R | null;
}
