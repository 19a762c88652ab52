import { createReadStream } from 'node:fs';
import { EXIT, type Fault, Refusal } from '../../ports/refusal.ts';
import type { CandleFile } from './candle-file.ts';
import { inspect } from './fingerprint.ts';
import { gunzip } from './gunzip.ts';
import { linesOf } from './lines.ts';

/** Rows looked at: enough to tell a rhythm through any weekend, little enough to be read at once. */
const ROWS = 1_000;
/** Fewer steps than this tell no rhythm. */
const STEPS = 4;

/** What can be told of candle files without playing them: files that cannot be read, else files of another timeframe. */
export async function candleFileFaults(files: readonly CandleFile[]): Promise<readonly Fault[]> {
  try {
    return await timeframeFaults(files, inspect(files).packed);
  } catch (error) {
    if (error instanceof Refusal) return error.faults;
    throw error;
  }
}

/** Throws `Refusal` FEED_TIMEFRAME for files whose rows do not follow each other at the timeframe that is said of them. */
export async function refuseForeignTimeframes(files: readonly CandleFile[], packed: readonly boolean[]): Promise<void> {
  const faults = await timeframeFaults(files, packed);
  if (faults.length > 0) throw new Refusal('FEED_TIMEFRAME', EXIT.refused, 'A candle file has another timeframe than the settings say.', faults);
}

async function timeframeFaults(files: readonly CandleFile[], packed: readonly boolean[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, file] of files.entries()) {
    const step = await commonestStep(file.path, packed[index] === true);
    if (step === null || step === file.timeframeMs) continue;
    faults.push({
      path: file.path,
      found: `rows ${spanText(step)} apart`,
      expected: `rows ${spanText(file.timeframeMs)} apart, its timeframe in feed.files[${index}]`,
      remedy: `write "timeframe": "${spanText(step)}" in feed.files[${index}], or name the ${spanText(file.timeframeMs)} file there`,
    });
  }
  return faults;
}

/** Milliseconds between most of the first thousand rows; null where too few can be read. What breaks off is told when it is played. */
async function commonestStep(path: string, packed: boolean): Promise<number | null> {
  const counts = new Map<number, number>();
  let steps = 0;
  try {
    for await (const [from, to] of pairs(path, packed)) {
      if (to <= from) continue;
      counts.set(to - from, (counts.get(to - from) ?? 0) + 1);
      steps += 1;
    }
  } catch {
    return null;
  }
  const [commonest] = [...counts].sort(([, few], [, many]) => many - few);
  return steps < STEPS || commonest === undefined ? null : commonest[0];
}

async function* pairs(path: string, packed: boolean): AsyncGenerator<readonly [number, number]> {
  const source: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 16_384 });
  let before: number | null = null;
  for await (const lines of linesOf(packed ? gunzip(source) : source)) {
    for (const { number, text } of lines) {
      if (number > ROWS) return;
      const time = /^(\d{1,15}),/.exec(text)?.[1];
      if (time === undefined) continue;
      if (before !== null) yield [before, Number(time)];
      before = Number(time);
    }
  }
}

/** A span as the settings write it, `90m`, `1h`, `1d`; in seconds where it is no whole number of minutes. */
function spanText(milliseconds: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
  ] as const;
  const fitting = units.find(([unit]) => milliseconds % unit === 0);
  return fitting === undefined ? `${milliseconds / 1_000} s` : `${milliseconds / fitting[0]}${fitting[1]}`;
}
