import { describe, expect, it } from 'vitest';
import { type SimulatedSettings, simulatedFeed } from '../../../../daemon/adapters/feed-simulated/simulated-feed.ts';
import { sessionAt } from '../../../../daemon/core/market/calendar.ts';
import type { Candle } from '../../../../daemon/core/model/candle.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { DAY, HOUR, MINUTE, instant } from '../../../../daemon/core/model/instant.ts';
import { price, quantity } from '../../../../daemon/core/model/money.ts';
import { EXIT, Refusal } from '../../../../daemon/ports/refusal.ts';
import { marketFeedContract, pull } from '../../../contracts/market-feed.contract.ts';
import { COIN } from '../../core/market/market-fixtures.ts';
import { simulatedClock } from '../clock/simulated-clock.ts';

const START = instant(Date.UTC(2026, 0, 5, 3, 45));
const coin = { instrument: { ...COIN, id: instrumentId('SIM:COIN'), tick: price(1n), quantityDecimals: 5 }, startPrice: price(6_000_000n) };
const share = { instrument: { ...COIN, id: instrumentId('SIM:SHARE'), tick: price(10n), lot: quantity(3n) }, startPrice: price(140_000n) };
const indian = { ...share, instrument: { ...share.instrument, calendar: 'NSE' as const } };

function make(given: Partial<SimulatedSettings> = {}) {
  const clock = simulatedClock();
  const feed = simulatedFeed({
    ...{ instruments: [coin, share], timeframeMs: MINUTE, seed: 7, startAt: START, historyBars: 20 },
    ...{ speed: Number.POSITIVE_INFINITY, clock },
    ...given,
  });
  return { feed, clock };
}

async function opened(given: Partial<SimulatedSettings> = {}, place = 0) {
  const { feed } = make(given);
  await feed.open(place);
  return feed;
}

async function candles(count: number, given: Partial<SimulatedSettings> = {}): Promise<readonly Candle[]> {
  const feed = await opened({ instruments: [coin], historyBars: 0, ...given });
  return (await pull(feed, 2 * count)).flatMap(({ event }) => (event.kind === 'candle-closed' ? [event.candle] : []));
}

marketFeedContract('a simulated feed', () => make().feed);
marketFeedContract('a simulated feed of days', () => make({ timeframeMs: DAY }).feed);
marketFeedContract('a simulated feed of Indian hours', () => make({ instruments: [coin, indian], timeframeMs: HOUR }).feed);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const returnsOf = (bars: readonly Candle[]): readonly number[] => bars.map(({ open, close }) => Number(close) / Number(open) - 1);

function autocorrelation(values: readonly number[], lag: number): number {
  const centre = mean(values);
  const spread = mean(values.map((value) => (value - centre) ** 2));
  return mean(values.slice(lag).map((value, index) => (value - centre) * ((values[index] ?? centre) - centre))) / spread;
}

describe('the prices of a simulated feed', () => {
  const month = candles(30 * 1_440);

  it('have fatter tails than a bell', async () => {
    const returns = returnsOf(await month);
    const centre = mean(returns);
    const variance = mean(returns.map((value) => (value - centre) ** 2));

    expect(mean(returns.map((value) => (value - centre) ** 4)) / variance ** 2).toBeGreaterThan(5);
  });

  it('are wild and calm in clusters, and hardly foretell their direction', async () => {
    const returns = returnsOf(await month);
    const sizes = returns.map(Math.abs);

    expect(autocorrelation(sizes, 1)).toBeGreaterThan(0.15);
    expect(autocorrelation(sizes, 10)).toBeGreaterThan(0.08);
    for (const lag of [1, 5, 15]) expect(Math.abs(autocorrelation(returns, lag))).toBeLessThan(0.08);
  });

  it('cluster over days too', async () => {
    const days = returnsOf(await candles(3_000, { timeframeMs: DAY })).map(Math.abs);

    expect(autocorrelation(days, 1)).toBeGreaterThan(0.08);
  });

  it('jump between days now and then, and not within them', async () => {
    const bars = await month;
    const jumps = bars.slice(1).map((bar, index) => ({ bar, size: Math.abs(Number(bar.open) / Number(bars[index]?.close) - 1) }));

    const large = jumps.filter(({ size }) => size > 0.002);
    expect(large.length).toBeGreaterThan(0);
    expect(large.length).toBeLessThan(15); // most of the 29 days begin where the day before ended
    for (const { bar } of large) expect(bar.openAt % DAY).toBe(0);
    for (const { bar, size } of jumps) if (bar.openAt % DAY !== 0) expect(size).toBe(0);
  });

  it('and volumes are livelier at both ends of a day than in its middle', async () => {
    const bars = (await month).slice(0, -1);
    const sizeAt = (from: number, to: number) =>
      mean(bars.filter(({ openAt }) => openAt % DAY >= from && openAt % DAY < to).map(({ high, low }) => Number(high - low)));
    const volumeAt = (from: number, to: number) =>
      mean(bars.filter(({ openAt }) => openAt % DAY >= from && openAt % DAY < to).map(({ volume }) => Number(volume)));

    const [ends, middle] = [
      (at: typeof sizeAt) => (at(0, 4 * HOUR) + at(20 * HOUR, DAY)) / 2,
      (at: typeof sizeAt) => at(10 * HOUR, 14 * HOUR),
    ];
    expect(ends(sizeAt)).toBeGreaterThan(1.3 * middle(sizeAt));
    expect(ends(volumeAt)).toBeGreaterThan(1.3 * middle(volumeAt));
  });

  it('stay in the region of the first price for ever', async () => {
    const closes = (await candles(20_000, { timeframeMs: DAY })).map(({ close }) => Number(close));

    expect(Math.min(...closes)).toBeGreaterThan(6_000_000 / 20);
    expect(Math.max(...closes)).toBeLessThan(6_000_000 * 20);
    expect(mean(closes)).toBeGreaterThan(6_000_000 / 3);
    expect(mean(closes)).toBeLessThan(6_000_000 * 3);
  });

  it('begin near the first price, move by a few percent a day, and lie on the tick and the lot', async () => {
    const bars = await candles(1_440, { instruments: [share] });

    expect(Number(bars[0]?.open)).toBeGreaterThan(140_000 * 0.75);
    expect(Number(bars[0]?.open)).toBeLessThan(140_000 * 1.25);
    for (const { open, high, low, close, volume } of bars) {
      for (const value of [open, high, low, close]) expect(value % 10n).toBe(0n);
      expect(volume > 0n && volume % 3n === 0n).toBe(true);
    }
    expect(new Set(bars.map(({ close }) => close)).size).toBeGreaterThan(100);
  });

  it('never fall below a tick, however low they begin', async () => {
    const penny = { instrument: { ...coin.instrument, tick: price(10n) }, startPrice: price(1n) };

    for (const { low } of await candles(3_000, { instruments: [penny] })) expect(low).toBeGreaterThanOrEqual(10n);
  });
});

describe('simulatedFeed', () => {
  it('gives other prices for another seed, and other prices to each instrument', async () => {
    const closes = async (given: Partial<SimulatedSettings>) => (await candles(50, given)).map(({ close }) => Number(close));

    expect(await closes({ seed: 8 })).not.toEqual(await closes({ seed: 7 }));
    const twin = { ...coin, instrument: { ...coin.instrument, id: instrumentId('SIM:TWIN') } };
    expect(await closes({ instruments: [twin] })).not.toEqual(await closes({}));
  });

  it('tells its history first, of each instrument so many bars, as bars that only warm up', async () => {
    const feed = await opened({ historyBars: 20 });
    const items = await pull(feed, 60);

    const history = items.filter(({ warmup }) => warmup);
    expect(history).toEqual(items.slice(0, 40));
    for (const { event } of history) expect(event).toMatchObject({ kind: 'candle-closed', history: true });
    expect(history.at(-1)?.event.at).toBe(START);
    expect(history[0]?.event.at).toBe(START - 19 * MINUTE);
    for (const { event } of items.slice(40)) expect(event).not.toHaveProperty('history');
    expect(items[40]?.event).toMatchObject({ kind: 'candle-opened', at: START });
  });

  it('finds its history on earlier days where a day has too little of it', async () => {
    const feed = await opened({ instruments: [indian], historyBars: 800 });
    const items = await pull(feed, 801);

    expect(items.filter(({ warmup }) => warmup)).toHaveLength(800);
    for (const { event } of items) if (event.kind === 'candle-closed') expect(sessionAt('NSE', event.candle.openAt).state).toBe('open');
  });

  it('does not wait through its history, and keeps its pace after it', async () => {
    const { feed, clock } = make({ speed: 60, instruments: [coin], historyBars: 30 });
    await feed.open(0);
    await pull(feed, 33);

    expect(clock.slept).toEqual([1_000]);
  });

  it('loses no event by a stop while it waits', async () => {
    const stop = new AbortController();
    const clock = { ...simulatedClock(), sleep: () => Promise.resolve(stop.abort()) };
    const { feed } = make({ speed: 60, instruments: [coin], historyBars: 0, clock });
    await feed.open(0);

    expect((await feed.next(stop.signal))?.place).toBe(1);
    expect(await feed.next(stop.signal)).toBeNull();
    expect((await pull(feed, 1))[0]?.place).toBe(2);
  });

  it('trades an Indian share in Indian sessions only, and weekdays where the calendar ends', async () => {
    const bars = await candles(75 * 270, { instruments: [indian], timeframeMs: 5 * MINUTE });
    const covered = bars.filter(({ openAt }) => openAt < Date.UTC(2026, 11, 31));

    for (const { openAt } of covered) expect(sessionAt('NSE', openAt).state).toBe('open');
    expect(covered.length).toBeLessThan(bars.length);
    for (const { openAt } of bars.slice(covered.length)) expect([0, 6]).not.toContain(new Date(openAt).getUTCDay());
  });

  it('is found again in the second year by counting days, not by drawing them', async () => {
    const place = 2 * 2 * 1_440 * 500;
    const feed = await opened({ historyBars: 0, startAt: instant(Date.UTC(2026, 0, 5)) }, place);
    const [item] = await pull(feed, 1);

    expect(item).toMatchObject({ place: place + 1, event: { kind: 'candle-opened', at: Date.UTC(2026, 0, 5) + 500 * DAY } });
  });

  it('goes on the same from any place, over the ends of days', async () => {
    const whole = await pull(await opened({ instruments: [coin, indian], timeframeMs: 15 * MINUTE }), 3_000);

    for (let place = 0; place < 2_900; place += 131) {
      const feed = await opened({ instruments: [coin, indian], timeframeMs: 15 * MINUTE }, place);
      expect(await pull(feed, 60)).toEqual(whole.slice(place, place + 60));
    }
  });

  it('has a fingerprint of all that decides its prices, and not of its speed', () => {
    const of = (given: Partial<SimulatedSettings>) => make(given).feed.description.fingerprint;
    const all = [
      of({}),
      of({ seed: 8 }),
      of({ timeframeMs: HOUR }),
      of({ historyBars: 21 }),
      of({ startAt: instant(START + MINUTE) }),
      of({ instruments: [coin] }),
      of({ instruments: [share, coin] }),
      of({ instruments: [{ ...coin, startPrice: price(5n) }, share] }),
    ];

    expect(new Set(all).size).toBe(all.length);
    expect(of({ speed: 1 })).toBe(of({}));
    expect(make().feed.description).toMatchObject({ kind: 'simulated', label: 'simulated, seed 7' });
    expect(make().feed.endsAt()).toBeNull();
  });

  it.each([
    ['bars that do not divide a day', { timeframeMs: 7 * MINUTE }, 'FEED_TIMEFRAME'],
    ['bars longer than a day', { timeframeMs: 2 * DAY }, 'FEED_TIMEFRAME'],
    ['no instruments', { instruments: [] }, 'FEED_NO_INSTRUMENTS'],
  ])('refuses %s', (_what, given, code) => {
    try {
      make(given);
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({ code, exitCode: EXIT.refused });
      return;
    }
    expect.unreachable('nothing was refused');
  });
});
