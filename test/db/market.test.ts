import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CandleRow, MOST_CANDLES, openMarket } from '../../db/market.ts';
import { temporaryFolder } from './fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'market.db');
});
afterEach(() => {
  folder.remove();
});

const series = { instrument: 'NSE:INFY', timeframeMs: 60_000 };
const candle = (openAt: number, close = 5n): CandleRow => ({ openAt, open: 5n, high: 9n, low: 1n, close, volume: 9_007_199_254_740_993n });

describe('market database', () => {
  it('keeps bars by their start, the last told, over a restart, for its owner alone', () => {
    const first = openMarket(path);
    first.recordCandles(series, [candle(1), candle(2), candle(3)]);
    first.recordCandles(series, [candle(3, 7n), candle(4)]);
    first.recordCandles({ ...series, timeframeMs: 1 }, [candle(100)]);
    first.close();
    const market = openMarket(path);

    expect(market.lastCandles(series, 2)).toEqual([candle(3, 7n), candle(4)]);
    expect(market.lastCandles(series, 10)).toHaveLength(4);
    expect(market.lastCandles({ ...series, instrument: 'NOSUCH' }, 10)).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    market.close();
  });

  it('writes a batch whole or not at all', () => {
    const market = openMarket(path);

    expect(() => market.recordCandles(series, [candle(1), candle(1.5)])).toThrow(/cannot store REAL/);

    expect(market.lastCandles(series, 10)).toEqual([]);
    market.close();
  });

  it('keeps the newest of each series', () => {
    const market = openMarket(path);
    market.recordCandles(
      series,
      Array.from({ length: MOST_CANDLES + 5 }, (_, index) => candle(index)),
    );
    market.recordCandles({ ...series, timeframeMs: 1 }, [candle(0)]);

    market.prune();

    expect(market.lastCandles(series, MOST_CANDLES + 5).map((one) => one.openAt)).toEqual(
      Array.from({ length: MOST_CANDLES }, (_, index) => index + 5),
    );
    expect(market.lastCandles({ ...series, timeframeMs: 1 }, 5)).toHaveLength(1);
    market.close();
  });
});
