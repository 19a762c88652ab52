import type { Reader } from '../open.ts';
import type { Book, Mode } from './accounts.ts';
import { type Point, thinned } from './curve.ts';

export interface EquitySeries extends Book {
  readonly bot: string;
  /** Oldest first, at most 400. */
  readonly points: readonly Point[];
}

export interface EquityView {
  /**
   * The worth of each bot (or of one) from an instant to another, of the finest resolution that has at most 400 steps in that span;
   * without bounds, over all its life.
   */
  readonly curve: (span: { readonly from?: number; readonly to?: number; readonly bot?: string }) => {
    readonly resolutionSeconds: number;
    readonly series: readonly EquitySeries[];
  };
  /** A bot's worth over the last day of market time in at most 40 even steps, oldest first. */
  readonly spark: (bot: string) => readonly bigint[];
}

const CURVE_POINTS = 400;
const SPARK_STEPS = 40;
const DAY = 86_400_000;

/** Read model of what the bots were worth over time. */
export function equityView(db: Reader): EquityView {
  const selectBounds = db.prepare<[], { readonly first: bigint | null; readonly last: bigint | null }>(`
    SELECT min((SELECT min(at) FROM equity e WHERE e.bot = b.id AND e.resolution = 60)) AS first,
           max((SELECT max(at) FROM equity e WHERE e.bot = b.id AND e.resolution = 60)) AS last FROM bots b`);
  const selectFirstDay = db
    .prepare<[], bigint | null>('SELECT min((SELECT min(at) FROM equity e WHERE e.bot = b.id AND e.resolution = 86400)) FROM bots b')
    .pluck();
  const selectBots = db.prepare<[{ bot: string | null }], { id: string; currency: string; mode: Mode; simulated: bigint }>(`
    SELECT b.id, a.currency, a.mode, a.simulated FROM bots b JOIN accounts a ON a.id = b.account
    WHERE @bot IS NULL OR b.id = @bot ORDER BY b.number`);
  const selectSteps = db
    .prepare<[string, number, number, number], [bigint, bigint]>(
      'SELECT at, equity_e8 FROM equity WHERE bot = ? AND resolution = ? AND at >= ? AND at <= ? ORDER BY at',
    )
    .raw();
  const selectSpark = db
    .prepare<[{ bot: string; step: bigint }], [bigint, bigint]>(
      `SELECT max(at), equity_e8 FROM equity, (SELECT max(at) AS last FROM equity WHERE bot = @bot AND resolution = 60)
       WHERE bot = @bot AND resolution = 60 AND at > last - ${DAY} GROUP BY (last - at) / @step ORDER BY 1`,
    )
    .raw();

  return {
    curve: ({ from, to, bot }) => {
      const { first, last } = selectBounds.get() ?? { first: null, last: null };
      const end = to ?? Number(last ?? 0n);
      const start = from ?? Number(selectFirstDay.get() ?? 0n);
      const resolutionSeconds = resolutionFor(start, end, Number(first ?? 0n));
      const series = selectBots.all({ bot: bot ?? null }).map(({ id, currency, mode, simulated }) => {
        const steps = selectSteps.all(id, resolutionSeconds, start, end);
        const points = steps.map(([at, valueE8]) => ({ at: Number(at), valueE8 }));
        return { bot: id, currency, mode, simulated: simulated === 1n, points: thinned(points, CURVE_POINTS) };
      });
      return { resolutionSeconds, series };
    },
    spark: (bot) => selectSpark.all({ bot, step: BigInt(DAY / SPARK_STEPS) }).map(([, equityE8]) => equityE8),
  };
}

/** Minutes are kept for fourteen days only: a span that begins before the first of them is told in hours or days. */
function resolutionFor(start: number, end: number, firstMinute: number): 60 | 3600 | 86400 {
  const steps = (seconds: number): number => (end - start) / (seconds * 1000);
  if (steps(60) <= CURVE_POINTS && start >= firstMinute - DAY) return 60;
  return steps(3600) <= CURVE_POINTS ? 3600 : 86400;
}
