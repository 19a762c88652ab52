import { dayIn } from '../day.ts';
import type { Reader } from '../open.ts';

/** What "now" and "today" mean to a reader: market time, and its day in an account's zone. */
export interface MarketClock {
  /** Market time of the newest step; null until the market was heard. */
  readonly now: () => number | null;
  /** Today in a zone, YYYYMMDD; of the wall time given while the market was not heard. */
  readonly today: (zone: string, otherwise: number) => number;
}

/** The newest of what a step writes; the heartbeat alone would lag by up to a second. */
export function marketClock(db: Reader): MarketClock {
  const newest = db
    .prepare<[], bigint | null>(
      `SELECT max(at) FROM (
         SELECT max(at) AS at FROM prices UNION ALL SELECT nullif(at, 0) FROM feed UNION ALL SELECT market_at FROM heartbeat)`,
    )
    .pluck();

  // At midnight the newest price knows its day: a bar that closes then belongs to the day it ran in, one that opens then begins the next.
  const newestPrice = db.prepare<[], [bigint, bigint]>('SELECT at, day FROM prices ORDER BY revision DESC LIMIT 1').raw();

  const now = (): number | null => {
    const at = newest.get();
    return at === undefined || at === null ? null : Number(at);
  };
  return {
    now,
    today: (zone, otherwise) => {
      const [at, day] = newestPrice.get() ?? [null, null];
      const known = now();
      const before = known === null ? null : dayIn(zone, known - 1);
      return day !== null && Number(at) === known && Number(day) === before ? before : dayIn(zone, known ?? otherwise);
    },
  };
}
