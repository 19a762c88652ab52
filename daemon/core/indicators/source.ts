import type { Bar } from './bar.ts';

/** The number an indicator takes from a bar. */
export type BarSource = (bar: Bar) => number;

/** The close of the bar: what an indicator takes unless it is told otherwise. */
export const close: BarSource = (bar) => bar.close;

/** Beyond this a square or a sum of a window could leave the range of float64, and an infinite state never recovers. */
const LARGEST = 1e100;

/** False for NaN, an infinity, or a number no market has: a bar with one is passed over, as if it had not come. */
export const isUsable = (value: number): boolean => Math.abs(value) <= LARGEST;
