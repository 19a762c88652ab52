import { describe, expect, it } from 'vitest';
import { atr } from '../../../../daemon/core/indicators/atr.ts';
import { bollinger } from '../../../../daemon/core/indicators/bollinger.ts';
import { ema } from '../../../../daemon/core/indicators/ema.ts';
import { macd } from '../../../../daemon/core/indicators/macd.ts';
import { rsi } from '../../../../daemon/core/indicators/rsi.ts';
import { sma } from '../../../../daemon/core/indicators/sma.ts';
import type { Bar } from '../../../../daemon/core/strategy/strategy.ts';
import { barOf, barsOf, line, readings } from './bars.ts';
import { noSharedData, readShared, worksheet } from './shared-data.ts';

/** A column's figures from the first that is not blank; the worksheets write 0 where there is no average yet. */
function figures(rows: readonly Record<string, number>[], name: string): number[] {
  const column = rows.map((row) => row[name] ?? Number.NaN);
  return column.slice(column.findIndex((value) => Number.isFinite(value) && value !== 0));
}

function expectClose(ours: readonly number[], published: readonly number[], decimals: number): void {
  expect(ours).toHaveLength(published.length);
  for (const [index, value] of published.entries()) expect(ours[index], `row ${index}`).toBeCloseTo(value, decimals);
}

/** Both sources count the first bar's range as a true range, TA-Lib does not: a bar before it that gaps nowhere makes them agree. */
const withLender = (bars: readonly Bar[]): Bar[] => bars.slice(0, 1).concat(bars);

const closes = (rows: readonly Record<string, number>[]): Bar[] => barsOf(rows.map((row) => row['Close'] ?? Number.NaN));

describe.skipIf(noSharedData !== '')(`StockCharts worksheets${noSharedData}`, () => {
  it('match RSI 14 to five decimals once its seed is theirs', () => {
    const rows = worksheet('reference/stockcharts/cs-rsi.csv');
    const indicator = rsi(14);
    const state = indicator.start();
    const ours: number[] = [];

    // The sheet's averages begin at 0 with the first close, not with a mean of fourteen changes.
    Object.assign(state, { last: rows[0]?.['Close'], gain: { seen: 14, value: 0 }, loss: { seen: 14, value: 0 } });
    for (const bar of closes(rows.slice(1))) {
      indicator.push(state, bar);
      ours.push(indicator.read(state)?.v ?? Number.NaN);
    }

    const published = figures(rows, 'RSI');
    expectClose(ours.slice(-published.length), published, 5);
  });

  it.each([
    [14, 'cs-atr.csv'],
    [10, 'cs-atr2.csv'],
  ])('match ATR %i of %s to nine decimals', (n, file) => {
    const rows = worksheet(`reference/stockcharts/${file}`);
    const bars = rows.map((row) => barOf(row['High'] ?? Number.NaN, row['Low'] ?? Number.NaN, row['Close'] ?? Number.NaN));

    expectClose(line(atr(n), withLender(bars)), figures(rows, 'ATR'), 9);
  });

  it('match the recursion of MACD 12 26 9 once its seeds are theirs', () => {
    const rows = worksheet('reference/stockcharts/cs-macd.csv');
    const indicator = macd(12, 26, 9);
    const state = indicator.start();
    const [, , third] = rows;

    // The sheet seeds its averages with the first close and its signal in the third row.
    Object.assign(state, { skipped: 14, fast: { seen: 12, value: third?.['short_ema'] }, slow: { seen: 26, value: third?.['long_ema'] } });
    Object.assign(state.signal, { seen: 9, value: third?.['MACD_signal'] });
    for (const [index, bar] of closes(rows).entries()) {
      if (index < 3) continue;
      indicator.push(state, bar);
      const reading = indicator.read(state);
      expect(reading?.v, `row ${index}`).toBeCloseTo(rows[index]?.['MACD_line'] ?? Number.NaN, 6);
      expect(reading?.signal, `row ${index}`).toBeCloseTo(rows[index]?.['MACD_signal'] ?? Number.NaN, 6);
      expect(reading?.histogram, `row ${index}`).toBeCloseTo(rows[index]?.['MACD_diff'] ?? Number.NaN, 6);
    }
  });

  it('match Bollinger 20 2 to five decimals', () => {
    const rows = worksheet('reference/stockcharts/cs-bbands.csv');
    const ours = readings(bollinger(20, 2), closes(rows)).filter((reading) => reading !== null);

    expectClose(
      ours.map((reading) => reading.v),
      figures(rows, 'MiddleBand'),
      5,
    );
    expectClose(
      ours.map((reading) => reading.upper),
      figures(rows, 'HighBand'),
      5,
    );
    expectClose(
      ours.map((reading) => reading.lower),
      figures(rows, 'LowBand'),
      5,
    );
  });
});

/** The vectors of one Tulip test: inputs first, then outputs. */
function vectors(test: string): number[][] {
  const lines = readShared('reference/tulip/untest.txt').split(/\r?\n/);
  const rows = lines.slice(lines.indexOf(test) + 1);
  return rows
    .slice(
      0,
      rows.findIndex((row) => !row.startsWith('{')),
    )
    .map((row) => row.slice(1, -1).split(',').map(Number));
}

describe.skipIf(noSharedData !== '')(`Tulip indicators${noSharedData}`, () => {
  it('match SMA 5, RSI 5 and Bollinger 5 2 to three decimals', () => {
    const [closing = [], average = []] = vectors('sma 5');
    const [, strength = []] = vectors('rsi 5');
    const [, lower = [], middle = [], upper = []] = vectors('bbands 5 2');
    const bands = readings(bollinger(5, 2), barsOf(closing)).filter((reading) => reading !== null);

    expectThousandths(line(sma(5), barsOf(closing)), average);
    expectThousandths(line(rsi(5), barsOf(closing)), strength);
    expectThousandths(
      bands.map((reading) => reading.lower),
      lower,
    );
    expectThousandths(
      bands.map((reading) => reading.v),
      middle,
    );
    expectThousandths(
      bands.map((reading) => reading.upper),
      upper,
    );
  });

  it('match ATR 5 to three decimals', () => {
    const [high = [], low = [], closing = [], published = []] = vectors('atr 5');
    const bars = closing.map((close, index) => barOf(high[index] ?? Number.NaN, low[index] ?? Number.NaN, close));

    expectThousandths(line(atr(5), withLender(bars)), published);
  });

  it('match EMA 5 to three decimals once its seed is the first close', () => {
    const [closing = [], published = []] = vectors('ema 5');
    const indicator = ema(5);
    const state = { seen: 5, value: closing[0] ?? Number.NaN };

    const ours = barsOf(closing).map((bar) => {
      indicator.push(state, bar);
      return state.value;
    });

    expectThousandths(ours, published);
  });
});

/** Equal when written with three decimals, as they are published. */
function expectThousandths(ours: readonly number[], published: readonly number[]): void {
  expect(ours).toHaveLength(published.length);
  for (const [index, value] of published.entries())
    expect(Math.abs((ours[index] ?? Number.NaN) - value), `value ${index}`).toBeLessThan(0.00051);
}
