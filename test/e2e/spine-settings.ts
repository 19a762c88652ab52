import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { candlesBetween } from './shared-data.ts';

const FROM = Date.UTC(2021, 5, 1);
const TO = Date.UTC(2022, 9, 1);
const SHARES = ['RELIANCE', 'INFY', 'TCS'] as const;

/** Real BTC hours and NSE days of the same sixteen months, one account for each currency. */
export function writeSpineSettings(folder: string, speed: number | 'max'): void {
  const btc = candlesBetween('crypto/BTCUSDT_binance-spot_1h_2017-08_2022-10.csv.gz', FROM, TO, folder);
  const shares = SHARES.map((symbol) => ({ symbol, path: candlesBetween(`india/${symbol}_nse_1d_2020-10_2025-09.csv`, FROM - 250 * 86_400_000, TO, folder) }));
  const settings = {
    name: 'Spine',
    timezone: 'Asia/Kolkata',
    currency: 'INR',
    feed: {
      kind: 'replay',
      speed,
      files: [
        { instrument: 'BINANCE:BTCUSDT', timeframe: '1h', path: btc },
        ...shares.map(({ symbol, path }) => ({ instrument: `NSE:${symbol}`, timeframe: '1d', path })),
      ],
    },
    instruments: [
      { id: 'BINANCE:BTCUSDT', base: 'BTC', quote: 'USDT', priceDecimals: 2, quantityDecimals: 5, tick: '0.01', lot: '0.00001', minNotional: '5', calendar: '24x7', fees: { makerPct: 0.1, takerPct: 0.1 } },
      ...SHARES.map((symbol) => ({ id: `NSE:${symbol}`, base: symbol, quote: 'INR', priceDecimals: 2, quantityDecimals: 0, tick: '0.05', lot: '1', calendar: 'NSE', fees: { schedule: 'nse-delivery' } })),
    ],
    accounts: [
      { id: 'rupees', venue: 'paper', mode: 'paper', capital: '1000000' },
      { id: 'coins', venue: 'paper', mode: 'paper', capital: '100000' },
    ],
    bots: [
      { id: 'rsi-btc', name: 'RSI on Bitcoin', strategy: 'rsi-mean-reversion', account: 'coins', instruments: ['BINANCE:BTCUSDT'], timeframe: '1h', capital: '50000', params: { period: 14, buyBelow: 35, sellAbove: 65, sizePct: 20 } },
      { id: 'ema-btc', name: 'EMA on Bitcoin', strategy: 'ema-cross', account: 'coins', instruments: ['BINANCE:BTCUSDT'], timeframe: '1h', capital: '50000', params: { fast: 12, slow: 26, sizePct: 20 } },
      { id: 'ema-nse', name: 'EMA on shares', strategy: 'ema-cross', account: 'rupees', instruments: SHARES.map((symbol) => `NSE:${symbol}`), timeframe: '1d', capital: '900000', params: { fast: 5, slow: 13, sizePct: 20 }, warmupBars: 60 },
    ],
    risk: { maxOpenPositions: 10, maxPositionPct: 25, dailyLossLimitPct: 5, stopLossPct: 5, takeProfitPct: 10, trailingStopPct: null, catastrophicStopPct: 20 },
    mobile: { host: '127.0.0.1', port: 0 },
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2), { mode: 0o600 });
}
