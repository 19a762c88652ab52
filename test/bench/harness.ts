import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One figure of a run as it is printed and kept; `limit` is null where none is named. */
export interface Row {
  readonly name: string;
  readonly figure: string;
  /** What it is measured against, in the same run. */
  readonly beside: string;
  readonly ratio: string | null;
  readonly limit: string | null;
  readonly verdict: 'ok' | 'over' | null;
}

type Cleanup = () => Promise<void> | void;
const cleanups: Cleanup[] = [];

/** Runs a bench to its end, and whatever it left to be ended or removed even when it fails or is told to stop. */
export async function bench(work: () => Promise<void>): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await cleanUp();
    process.disconnect?.();
  }
}

/** Remembers what must be undone when the bench is over; the last is undone first. */
export function afterwards(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

async function cleanUp(): Promise<void> {
  for (let next = cleanups.pop(); next !== undefined; next = cleanups.pop()) await next();
}

/** A limit on a ratio or a figure, and whether it holds. */
export interface Limit {
  readonly text: string;
  readonly holds: boolean;
}

/** Prints a figure and hands it to the run. `ratio` is of the figure to what stands beside it. */
export function report(name: string, figure: string, beside: string, ratio: number | null, limit: Limit | null): void {
  const verdict = limit === null ? null : limit.holds ? 'ok' : 'over';
  const row: Row = { name, figure, beside, ratio: ratio === null ? null : `${digits(ratio)}×`, limit: limit?.text ?? null, verdict };
  process.stdout.write(`${[row.name, row.figure, row.beside, row.ratio ?? '–', row.limit ?? '–', row.verdict ?? '–'].join(' | ')}\n`);
  process.send?.(row);
}

/** The limit "at most this many times what stands beside it". */
export function atMost(ratio: number, times: number): Limit {
  return { text: `≤ ${times}×`, holds: ratio <= times };
}

/** The limit "below so much". */
export function below(value: number, most: number, unit: string): Limit {
  return { text: `< ${most} ${unit}`, holds: value < most };
}

/** Middle of the values; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

/** The value that a share of all values does not exceed (nearest rank); `share` above 0, at most 1. */
export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}

/** Three digits that count. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** What two things cost in turn: the medians, and the median of the ratios of neighbours. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
}

/** Measures two things alternately, so that a neighbour on the machine slows both; the order is swapped each time. */
export async function alternate(times: number, a: () => Promise<number> | number, b: () => Promise<number> | number): Promise<Pair> {
  const ofA: number[] = [];
  const ofB: number[] = [];
  for (let n = 0; n < times; n += 1) {
    if (n % 2 === 0) ofA.push(await a());
    ofB.push(await b());
    if (n % 2 === 1) ofA.push(await a());
  }
  return { a: median(ofA), b: median(ofB), ratio: median(ofA.map((value, n) => value / (ofB[n] ?? Number.NaN))) };
}

/** CPU milliseconds this process takes for some work, all its threads together. */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Wall milliseconds of some work. */
export function wallOf(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

/** A folder of this run, removed after it; benches share it. */
export function runFolder(name: string): string {
  const path = join(environment('BENCH_FOLDER'), name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** The root of the project. */
export const projectRoot = (): string => environment('BENCH_ROOT');

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: benches are run by "npm run bench"`);
  return value;
}
