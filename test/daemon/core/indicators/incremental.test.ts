import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atr } from '../../../../daemon/core/indicators/atr.ts';
import { bollinger } from '../../../../daemon/core/indicators/bollinger.ts';
import { ema } from '../../../../daemon/core/indicators/ema.ts';
import type { Indicator, Reading } from '../../../../daemon/core/indicators/indicator.ts';
import { macd } from '../../../../daemon/core/indicators/macd.ts';
import { rsi } from '../../../../daemon/core/indicators/rsi.ts';
import { sma } from '../../../../daemon/core/indicators/sma.ts';
import type { Bar } from '../../../../daemon/core/strategy/strategy.ts';
import { barOf, barsOf, line, readings, walk } from './bars.ts';

const ALL: readonly Indicator<unknown, Reading>[] = [sma(1), sma(7), ema(5), rsi(4), atr(3), macd(3, 6, 4), bollinger(5, 2)];

const anyBar: fc.Arbitrary<Bar> = fc
  .tuple(
    fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
    fc.double({ min: 0, max: 0.2, noNaN: true }),
    fc.double({ min: 0, max: 0.2, noNaN: true }),
  )
  .map(([close, above, below]) => barOf(close * (1 + above), close * (1 - below), close));

/** What no market sends and a broken feed might. */
const broken = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -Number.MAX_VALUE);

describe.each(ALL.map((indicator) => ({ name: indicator.name, indicator })))('$name', ({ indicator }) => {
  it('comes back from JSON in the middle of a series bit for bit', () => {
    fc.assert(
      fc.property(fc.array(anyBar, { maxLength: 60 }), fc.array(anyBar, { maxLength: 60 }), (before, after) => {
        const kept = indicator.start();
        for (const bar of before) indicator.push(kept, bar);
        const restored: unknown = JSON.parse(JSON.stringify(kept));

        expect(restored).toStrictEqual(kept);
        for (const bar of after) {
          indicator.push(kept, bar);
          indicator.push(restored, bar);
          expect(indicator.read(restored)).toStrictEqual(indicator.read(kept));
        }
      }),
    );
  });

  it('passes over a bar that is no number, as if it had not come', () => {
    fc.assert(
      fc.property(fc.array(anyBar, { minLength: 1, maxLength: 40 }), broken, fc.nat(), (bars, value, place) => {
        const at = place % bars.length;
        const bad: Bar = { at: bars[0]?.at ?? barOf(1, 1, 1).at, open: value, high: value, low: value, close: value, volume: value };
        const dirty = [...bars.slice(0, at), bad, ...bars.slice(at)];

        expect(readings(indicator, dirty).at(-1)).toStrictEqual(readings(indicator, bars).at(-1));
      }),
    );
  });

  it('reads finite values only', () => {
    fc.assert(
      fc.property(fc.array(anyBar, { maxLength: 60 }), (bars) => {
        for (const reading of readings(indicator, bars)) {
          if (reading !== null) expect(Object.values(reading).every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });

  it('has its first reading on the bar it announces', () => {
    const first = readings(indicator, walk(indicator.warmup + 5, 3)).findIndex((reading) => reading !== null);

    expect(first + 1).toBe(indicator.warmup);
  });

  it('has forgotten how it began after the bars it asks to settle', () => {
    const common = walk(indicator.settle, 11);
    const fresh = readings(indicator, common).at(-1);
    const seasoned = readings(indicator, [...walk(50, 2), ...common]).at(-1);

    expect(Object.keys(fresh ?? {})).not.toHaveLength(0);
    for (const [name, value] of Object.entries(fresh ?? {})) {
      expect(Math.abs(value - (seasoned?.[name] ?? Number.NaN)), name).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
    }
  });
});

describe('a long run', () => {
  const bars = barsOf(walk(1_000_000, 5).map((bar) => bar.close * 317.13));

  it.each([20, 200])('leaves SMA and Bollinger %i as exact as a fresh window after a million bars', (n) => {
    const window = bars.slice(-n).map((bar) => bar.close);
    const mean = window.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    const bands = last(bollinger(n, 2), bars);

    expect(Math.abs((last(sma(n), bars)?.v ?? Number.NaN) / mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs((bands?.v ?? Number.NaN) / mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs(((bands?.upper ?? Number.NaN) - mean) / (2 * deviation) - 1)).toBeLessThan(1e-9);
  });

  it('forgets a value of another size as soon as it has left the window', () => {
    const after = [...barsOf([1e15, 1e15]), ...barsOf(Array.from({ length: 10 }, () => 0.1))];

    expect(line(sma(5), after).at(-1)).toBeCloseTo(0.1, 15);
    expect(last(bollinger(5, 2), after)).toEqual({ v: 0.1, upper: 0.1, lower: 0.1 });
  });
});

function last<State, R extends Reading>(indicator: Indicator<State, R>, bars: readonly Bar[]): R | null {
  const state = indicator.start();
  for (const bar of bars) indicator.push(state, bar);
  return indicator.read(state);
}

describe('an indicator', () => {
  it('reads what it is told to read', () => {
    const bars = [barOf(12, 8, 9), barOf(14, 10, 11)];

    expect(
      line(
        sma(2, (bar) => bar.high),
        bars,
      ),
    ).toEqual([13]);
    expect(
      line(
        ema(2, (bar) => bar.low),
        bars,
      ),
    ).toEqual([9]);
  });

  it('refuses a period that is no whole number in reach', () => {
    for (const make of [sma, ema, rsi, atr]) for (const n of [0, 1.5, -3, Number.NaN, 100_001]) expect(() => make(n)).toThrow(RangeError);
    expect(() => rsi(1)).toThrow('from 2 to 100000');
    expect(() => bollinger(1, 2)).toThrow(RangeError);
    expect(() => bollinger(20, 0)).toThrow(RangeError);
    expect(() => macd(26, 12, 9)).toThrow('fast period must be below the slow');
  });

  it('is named as a chart names it', () => {
    expect([sma(20), ema(12), rsi(14), atr(14), macd(12, 26, 9), bollinger(20, 2)].map((indicator) => indicator.name)).toEqual([
      'SMA 20',
      'EMA 12',
      'RSI 14',
      'ATR 14',
      'MACD 12 26 9',
      'BB 20 2',
    ]);
  });

  it('asks for as many bars to settle as the averages it is built of', () => {
    expect([sma(20).settle, bollinger(20, 2).settle, ema(20).settle, rsi(14).settle, atr(14).settle]).toEqual([20, 20, 159, 208, 208]);
  });
});
