import { type CandleRow, openMarket } from '../../../db/market.ts';
import type { Candle } from '../../core/model/candle.ts';
import type { InstrumentId } from '../../core/model/ids.ts';
import type { CandleArchive } from '../../ports/candle-archive.ts';
import type { Log } from '../../ports/log.ts';

/** Bars taken before they are written without being asked to. */
const BATCH = 500;

/** The archive over `market.db`. Throws `DatabaseRefusal` where the file cannot be opened. */
export function sqliteArchive(path: string, log: Log): CandleArchive {
  const market = openMarket(path);
  let waiting = new Map<string, { readonly instrument: InstrumentId; readonly timeframeMs: number; readonly rows: CandleRow[] }>();
  let count = 0;

  const quietly = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'candles could not be kept for charts');
    }
  };
  const flush = (): void => {
    const due = waiting;
    waiting = new Map();
    count = 0;
    for (const { rows, ...series } of due.values()) {
      quietly(() => {
        market.recordCandles(series, rows);
      });
    }
  };
  return {
    add(instrument, candle) {
      const { timeframeMs } = candle;
      const key = `${instrument}|${timeframeMs}`;
      const series = waiting.get(key) ?? { instrument, timeframeMs, rows: [] };
      series.rows.push(rowOf(candle));
      waiting.set(key, series);
      count += 1;
      if (count >= BATCH) flush();
    },
    flush,
    prune: () => {
      quietly(market.prune);
    },
    close: () => {
      flush();
      quietly(market.close);
    },
  };
}

const rowOf = ({ openAt, open, high, low, close, volume }: Candle): CandleRow => ({ openAt, open, high, low, close, volume });
