import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CandleFile } from '../../../../daemon/adapters/feed-replay/candle-file.ts';
import { DAY, HOUR, MINUTE } from '../../../../daemon/core/model/instant.ts';
import { pull } from '../../../contracts/market-feed.contract.ts';
import { instrument, replay } from './replay-fixtures.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = resolve(root, process.env['SHARED_DATA'] ?? '../shared/data', 'candles');
const absent = existsSync(folder) ? '' : ` (skipped: no real candles at ${folder}; name the folder above it in SHARED_DATA)`;

const coin = instrument('COIN', { priceDecimals: 2, quantityDecimals: 5 });
const share = instrument('SHARE', { priceDecimals: 2, quantityDecimals: 0 });
const file = (path: string, timeframeMs: number, of = share): CandleFile => ({ instrument: of, timeframeMs, path: join(folder, path) });
const BTC = file('crypto/BTCUSDT_binance-spot_1h_2017-08_2022-10.csv.gz', HOUR, coin);
const YESBANK = file('india/YESBANK_nse_1m_2019-07-09_11.csv', MINUTE);
const RELIANCE = file('india/RELIANCE_nse_5m_2025-08_2025-12.csv.gz', 5 * MINUTE);
const NIFTY = file('india/NIFTY50_nse-index_1m_2021.csv.gz', MINUTE);

describe.skipIf(absent !== '')(`replayFeed on real candles${absent}`, () => {
  it.each([
    ['BTC, hourly', BTC, 45_024],
    ['YESBANK, by the minute', YESBANK, 1_130],
    ['RELIANCE, five minutes', RELIANCE, 5_112],
    ['the NIFTY index with prints outside of its session', NIFTY, 93_116],
  ])('plays every row of %s', async (_what, one, count) => {
    const feed = replay([one]);
    await feed.open(0);

    expect(await pull(feed)).toHaveLength(2 * count);
    expect(feed.faults()).toEqual({ count: 0, first: [] });
  });

  it('counts the 43 rows of SPY that are finer than a cent, and plays the others', async () => {
    const feed = replay([file('us/SPY_us_1d_1998_2021.csv.gz', DAY)]);
    await feed.open(0);

    expect(await pull(feed)).toHaveLength(2 * (5_849 - 43));
    expect(feed.faults().count).toBe(43);
    expect(feed.faults().first[0]).toMatchObject({ where: 'SPY_us_1d_1998_2021.csv.gz:3944', reason: 'low: more than 2 decimals' });
  });

  it('goes on after every thousandth place as if it had never stopped', async () => {
    const files = [RELIANCE, YESBANK];
    const whole = replay(files);
    await whole.open(0);
    const all = await pull(whole);
    expect(all).toHaveLength(2 * (5_112 + 1_130));

    for (let place = 0; place <= all.length; place += 1_000) {
      const feed = replay(files);
      await feed.open(place);
      expect(await pull(feed)).toEqual(all.slice(place));
    }
  });

  it('plays files of different markets in one order of time', async () => {
    const feed = replay([BTC, NIFTY]);
    await feed.open(0);
    let last = 0;
    let back = 0;
    for (const { event } of await pull(feed)) {
      if (event.at < last) back += 1;
      last = event.at;
    }

    expect(back).toBe(0);
  });
});
