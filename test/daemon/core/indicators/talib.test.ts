import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as talib from 'talib-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { atr } from '../../../../daemon/core/indicators/atr.ts';
import { bollinger } from '../../../../daemon/core/indicators/bollinger.ts';
import { ema } from '../../../../daemon/core/indicators/ema.ts';
import { macd } from '../../../../daemon/core/indicators/macd.ts';
import { rsi } from '../../../../daemon/core/indicators/rsi.ts';
import { sma } from '../../../../daemon/core/indicators/sma.ts';
import type { Bar } from '../../../../daemon/core/strategy/strategy.ts';
import { line, readings } from './bars.ts';
import { noSharedData, realBars } from './shared-data.ts';

const SERIES = [
  { name: 'BTC hours', path: 'candles/crypto/BTCUSDT_binance-spot_1h_2017-08_2022-10.csv.gz' },
  { name: 'RELIANCE days', path: 'candles/india/RELIANCE_nse_1d_2020-10_2025-09.csv' },
  { name: 'EURUSD hours', path: 'candles/fx/EURUSD_1h_2017-04_2018-02.csv.gz' },
];

/** Largest difference relative to the scale of the values, over every value that TA-Lib gives. */
function apart(ours: readonly number[], theirs: readonly number[], scale: number): number {
  return ours.reduce((worst, value, index) => Math.max(worst, Math.abs(value - (theirs[index] ?? Number.NaN)) / scale), 0);
}

describe.skipIf(noSharedData !== '').each(SERIES)(`TA-Lib on $name${noSharedData}`, ({ path }) => {
  let bars: readonly Bar[] = [];
  let inReal: number[] = [];
  let price = 1;

  beforeAll(async () => {
    const wasm = createRequire(import.meta.url)
      .resolve('talib-web')
      .replace(/[^/]+$/, 'talib.wasm');
    await talib.init(`data:application/wasm;base64,${readFileSync(wasm).toString('base64')}`);
    bars = realBars(path, 6_000);
    inReal = bars.map((bar) => bar.close);
    price = Math.max(...inReal);
  });

  it.each([2, 14, 50, 200])('agrees on SMA, EMA and RSI %i to 1e-9', (n) => {
    const moving = line(sma(n), bars);
    const exponential = line(ema(n), bars);
    const strength = line(rsi(n), bars);

    expect([moving.length, exponential.length, strength.length]).toEqual([bars.length - n + 1, bars.length - n + 1, bars.length - n]);
    expect(apart(moving, talib.SMA({ inReal, timePeriod: n }).output, price)).toBeLessThan(1e-9);
    expect(apart(exponential, talib.EMA({ inReal, timePeriod: n }).output, price)).toBeLessThan(1e-9);
    expect(apart(strength, talib.RSI({ inReal, timePeriod: n }).output, 100)).toBeLessThan(1e-9);
  });

  it.each([2, 14, 50])('agrees on ATR %i to 1e-9', (n) => {
    const inputs = { high: bars.map((bar) => bar.high), low: bars.map((bar) => bar.low), close: inReal };
    const ours = line(atr(n), bars);

    expect(ours).toHaveLength(bars.length - n);
    expect(apart(ours, talib.ATR({ ...inputs, timePeriod: n }).output, Math.max(...ours))).toBeLessThan(1e-9);
  });

  it.each([
    [12, 26, 9],
    [3, 10, 16],
    [5, 6, 2],
  ])('agrees on MACD %i %i %i to 1e-9, line, signal and histogram', (fast, slow, signal) => {
    const ours = readings(macd(fast, slow, signal), bars).filter((reading) => reading !== null);
    const theirs = talib.MACD({ inReal, fastPeriod: fast, slowPeriod: slow, signalPeriod: signal });
    const largest = Math.max(...ours.map((reading) => Math.abs(reading.v)));

    expect(ours).toHaveLength(bars.length - slow - signal + 2);
    expect(
      apart(
        ours.map((reading) => reading.v),
        theirs.MACD,
        largest,
      ),
    ).toBeLessThan(1e-9);
    expect(
      apart(
        ours.map((reading) => reading.signal),
        theirs.MACDSignal,
        largest,
      ),
    ).toBeLessThan(1e-9);
    expect(
      apart(
        ours.map((reading) => reading.histogram),
        theirs.MACDHist,
        largest,
      ),
    ).toBeLessThan(1e-9);
  });

  it.each([
    [20, 2],
    [5, 1.5],
  ])('agrees on Bollinger %i %f to 1e-9', (n, k) => {
    const ours = readings(bollinger(n, k), bars).filter((reading) => reading !== null);
    // BBANDS of talib-web 0.1.3 takes the square root of its first n − 1 variances only; its SMA and VAR are what BBANDS is made of.
    const middle = talib.SMA({ inReal, timePeriod: n }).output;
    const width = talib.VAR({ inReal, timePeriod: n, nbDev: 1 }).output.map((variance) => k * Math.sqrt(Math.max(0, variance)));

    expect(ours).toHaveLength(bars.length - n + 1);
    expect(
      apart(
        ours.map((reading) => reading.v),
        middle,
        price,
      ),
    ).toBeLessThan(1e-9);
    expect(
      apart(
        ours.map((reading) => reading.upper),
        middle.map((mean, index) => mean + (width[index] ?? 0)),
        price,
      ),
    ).toBeLessThan(1e-9);
    expect(
      apart(
        ours.map((reading) => reading.lower),
        middle.map((mean, index) => mean - (width[index] ?? 0)),
        price,
      ),
    ).toBeLessThan(1e-9);
  });

  it('is left for a flat series, where it reads RSI 0 and a mean-reversion strategy would buy', () => {
    const flat = bars.slice(0, 40).map((bar) => ({ ...bar, close: 100 }));

    expect(talib.RSI({ inReal: flat.map((bar) => bar.close), timePeriod: 14 }).output[0]).toBe(0);
    expect(new Set(line(rsi(14), flat))).toEqual(new Set([50]));
  });
});
