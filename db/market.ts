import { openPrivate, type PragmaList, type Writer } from './open.ts';
import { migrate, type Migration } from './migrate.ts';
import { refusing } from './refusal.ts';

/** One bar; prices and volume are scaled by the instrument's decimals. */
export interface CandleRow {
  /** Start, UTC milliseconds. */
  readonly openAt: number;
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly volume: bigint;
}

/** Names one series of bars. */
export interface Series {
  readonly instrument: string;
  readonly timeframeMs: number;
}

/** The bars heard so far. They can be fetched again, so a commit does not wait for the disk: a power cut may cost the last of them. */
export interface MarketDatabase {
  /** Writes bars in one transaction; one already known by its start is replaced. */
  readonly recordCandles: (series: Series, candles: readonly CandleRow[]) => void;
  /** The newest bars of a series, oldest first. */
  readonly lastCandles: (series: Series, limit: number) => readonly CandleRow[];
  /** Keeps the newest 20,000 bars of each series. */
  readonly prune: () => void;
  readonly close: () => void;
}

/** Bars kept of each series. */
export const MOST_CANDLES = 20_000;

/** `synchronous` 1 is NORMAL: never a broken file, and no wait at each commit. */
const MARKET_PRAGMAS: PragmaList = [
  ['journal_mode', 'wal'],
  ['synchronous', 1],
  ['busy_timeout', 5000],
  ['journal_size_limit', 67_108_864],
];

/** Opens `market.db`, made where there is none. Throws `DatabaseRefusal`. */
export function openMarket(path: string): MarketDatabase {
  const db = openPrivate(path, MARKET_PRAGMAS);
  try {
    return refusing(path, () => {
      migrate(db, MIGRATIONS);
      return statements(db);
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

function statements(db: Writer): MarketDatabase {
  const upsert = db.prepare(`
    INSERT INTO candles(instrument, timeframe_ms, open_at, o, h, l, c, v)
    VALUES (@instrument, @timeframeMs, @openAt, @open, @high, @low, @close, @volume)
    ON CONFLICT(instrument, timeframe_ms, open_at) DO UPDATE SET
      o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c, v = excluded.v`);
  const selectLast = db
    .prepare<[string, number, number], CandleRaw>(
      `SELECT open_at AS openAt, o AS open, h AS high, l AS low, c AS close, v AS volume FROM candles
       WHERE instrument = ? AND timeframe_ms = ? ORDER BY open_at DESC LIMIT ?`,
    )
    .safeIntegers(true);
  const selectSeries = db.prepare<[], Series>('SELECT DISTINCT instrument, timeframe_ms AS timeframeMs FROM candles');
  const pruneSeries = db.prepare(`
    DELETE FROM candles WHERE instrument = @instrument AND timeframe_ms = @timeframeMs AND open_at < (
      SELECT min(open_at) FROM (
        SELECT open_at FROM candles WHERE instrument = @instrument AND timeframe_ms = @timeframeMs ORDER BY open_at DESC LIMIT ${MOST_CANDLES}))`);
  const record = db.transaction((series: Series, candles: readonly CandleRow[]) => {
    for (const candle of candles) upsert.run({ ...series, ...candle });
  });

  return {
    recordCandles: (series, candles) => refusing(db.name, () => record.immediate(series, candles)),
    lastCandles: ({ instrument, timeframeMs }, limit) =>
      selectLast
        .all(instrument, timeframeMs, limit)
        .map((raw) => ({ ...raw, openAt: Number(raw.openAt) }))
        .reverse(),
    prune: () => {
      for (const series of selectSeries.all()) pruneSeries.run(series);
    },
    close: () => {
      db.close();
    },
  };
}

interface CandleRaw extends Omit<CandleRow, 'openAt'> {
  readonly openAt: bigint;
}

const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    file: 'market.ts',
    sql: `
      CREATE TABLE candles(
        instrument   TEXT NOT NULL,
        timeframe_ms INTEGER NOT NULL,
        open_at      INTEGER NOT NULL,
        o INTEGER NOT NULL, h INTEGER NOT NULL, l INTEGER NOT NULL, c INTEGER NOT NULL, v INTEGER NOT NULL,
        PRIMARY KEY (instrument, timeframe_ms, open_at)
      ) STRICT, WITHOUT ROWID`,
  },
];
