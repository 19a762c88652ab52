import { dayStart, EARLIEST_START_MS, LATEST_END_MS } from '../day.ts';
import type { Reader } from '../open.ts';

/** A value at a market time. */
export interface Point {
  readonly at: number;
  readonly valueE8: bigint;
}

/** What the curve of a day needs to know of a bot. */
export interface CurveBot {
  readonly id: string;
  /** YYYYMMDD in its account's zone. */
  readonly today: number;
  readonly before: { readonly netE8: bigint };
}

/**
 * Reads a day's net result of several bots together, minute by minute, against the worth the day began with. Oldest first. Steps once
 * read are remembered: only the last of them can still change.
 */
export function dayCurve(db: Reader): (bots: readonly CurveBot[]) => readonly Point[] {
  const selectSteps = db
    .prepare<[string, number, number, number], [at: bigint, netE8: bigint]>(
      `SELECT at, realised_e8 - fees_e8 + unrealised_e8 FROM equity
       WHERE bot = ? AND resolution = 60 AND at >= ? AND at < ? AND day = ? ORDER BY at`,
    )
    .raw();
  const known = new Map<string, { readonly today: number; readonly steps: Point[] }>();

  const stepsOf = ({ id, today }: CurveBot): readonly Point[] => {
    const remembered = known.get(id);
    const steps = remembered?.today === today ? remembered.steps : [];
    const from = steps.pop()?.at ?? dayStart(today) + EARLIEST_START_MS;
    for (const [at, valueE8] of selectSteps.all(id, from, dayStart(today) + LATEST_END_MS, today)) steps.push({ at: Number(at), valueE8 });
    known.set(id, { today, steps });
    return steps;
  };

  return (bots) => {
    const changes = bots.flatMap((bot) => {
      const steps = stepsOf(bot);
      return steps.map(({ at, valueE8 }, index) => ({ at, change: valueE8 - (steps[index - 1]?.valueE8 ?? bot.before.netE8) }));
    });
    return added(changes.sort((a, b) => a.at - b.at));
  };
}

/** Running sums of changes, one point for each instant. */
function added(changes: readonly { readonly at: number; readonly change: bigint }[]): readonly Point[] {
  const points: Point[] = [];
  let valueE8 = 0n;
  for (const [index, { at, change }] of changes.entries()) {
    valueE8 += change;
    if (changes[index + 1]?.at !== at) points.push({ at, valueE8 });
  }
  return points;
}

/**
 * At most `limit` (4 or more) of the points, in order: the first, the last, and the lowest and highest of even stretches between, so
 * that no peak is lost.
 */
export function thinned(points: readonly Point[], limit: number): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= limit || first === undefined || last === undefined) return points;
  const inner = points.slice(1, -1);
  const stretches = Math.floor((limit - 2) / 2);
  const kept: Point[] = [first];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * inner.length) / stretches);
    const to = Math.floor(((stretch + 1) * inner.length) / stretches);
    kept.push(...extremes(inner.slice(from, to)));
  }
  return [...kept, last];
}

function extremes(points: readonly Point[]): readonly Point[] {
  let [low] = points;
  let high = low;
  for (const point of points) {
    if (low === undefined || point.valueE8 < low.valueE8) low = point;
    if (high === undefined || point.valueE8 > high.valueE8) high = point;
  }
  if (low === undefined || high === undefined) return [];
  if (low === high) return [low];
  return low.at < high.at ? [low, high] : [high, low];
}
