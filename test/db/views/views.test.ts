import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../../db/ledger.ts';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import type { RoundTripKey } from '../../../db/views/round-trips.ts';
import { HISTORY_START, ledgerWithNames, temporaryFolder } from '../fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let folder: ReturnType<typeof temporaryFolder>;
let ledger: LedgerWriter;
let views: Views;
beforeEach(() => {
  folder = temporaryFolder();
  ledger = ledgerWithNames(join(folder.path, 'trades.db'));
  views = openViews(join(folder.path, 'trades.db'));
});
afterEach(() => {
  views.close();
  ledger.close();
  folder.remove();
});

describe('events', () => {
  it('are told from where the follower left off, a few at a time', () => {
    expect([views.events.firstSeq(), views.events.lastSeq()]).toEqual([0, 0]);
    for (const at of [1, 2, 3, 4])
      ledger.recordEvent({ at, recordedAt: at + 10, type: 'trade_executed', bot: 'alpha', body: `{"id":${at}}` });

    expect(views.events.eventsAfter(1, 2)).toEqual([
      { seq: 2, at: 2, recordedAt: 12, type: 'trade_executed', bot: 'alpha', body: '{"id":2}' },
      { seq: 3, at: 3, recordedAt: 13, type: 'trade_executed', bot: 'alpha', body: '{"id":3}' },
    ]);
    expect(views.events.eventsAfter(4, 10)).toEqual([]);
    expect([views.events.firstSeq(), views.events.lastSeq()]).toEqual([1, 4]);
  });

  it('tell only prices that have changed', () => {
    const price = { at: 5, wallAt: 6, day: 20220101 };
    ledger.recordPrice({ ...price, instrument: 'NSE:INFY', price: 100n });
    ledger.recordPrice({ ...price, instrument: 'BINANCE:BTCUSDT', price: 200n });
    const revision = views.events.pricesAfter(0).at(-1)?.revision ?? 0;
    ledger.recordPrice({ ...price, instrument: 'NSE:INFY', price: 101n });

    expect(views.events.pricesAfter(revision)).toMatchObject([
      { instrument: 'NSE:INFY', symbol: 'INFY', price: 101n, dayOpen: 100n, heardAt: 6, priceDecimals: 2 },
    ]);
  });

  it('notice a commit by one number, and nothing where nothing happened', () => {
    const before = views.events.dataVersion();
    expect(views.events.dataVersion()).toBe(before);

    ledger.putMeta('a', 'b');

    expect(views.events.dataVersion()).not.toBe(before);
  });
});

describe('atOnce', () => {
  it('answers from one state of the ledger, whatever is committed meanwhile', () => {
    const seen = views.atOnce(() => {
      const first = views.events.lastSeq();
      ledger.recordEvent({ at: 1, recordedAt: 1, type: 'alert', bot: null, body: '{}' });
      return [first, views.events.lastSeq()];
    });

    expect(seen).toEqual([0, 0]);
    expect(views.events.lastSeq()).toBe(1);
  });
});

describe('health', () => {
  it('tells a trader that never was from one that beats', () => {
    expect(views.health.heartbeat()).toBeNull();
    expect(views.health.feed()).toBeNull();

    ledger.beat({
      run: 1,
      pid: 42,
      startedAt: 1,
      at: 2,
      marketAt: null,
      cycle: 3,
      state: 'PAUSED',
      reason: 'asked to',
      feedHeardAt: null,
      loopLagMs: 0.5,
    });
    ledger.recordFeed({ kind: 'simulated', label: 'seed 7', fingerprint: 'x', simulated: true, speed: 60, faults: 0, firstFaults: '[]' });

    expect(views.health.heartbeat()).toEqual({
      run: 1,
      pid: 42,
      startedAt: 1,
      at: 2,
      marketAt: null,
      cycle: 3,
      state: 'PAUSED',
      reason: 'asked to',
      feedHeardAt: null,
      loopLagMs: 0.5,
    });
    expect(views.health.feed()).toMatchObject({ kind: 'simulated', simulated: true, speed: 60, place: 0 });
  });

  it('shows runs, latches that hold, and what is open', () => {
    const latch = { scope: 'account' as const, key: 'paper', rule: 'daily-loss', reason: '−5 %', since: 1, untilDay: 20220101 };
    ledger.endRun(1, 9, 'stopped');
    ledger.recordLatch(latch);
    ledger.recordLatch({ ...latch, rule: 'other' });
    ledger.liftLatch({ ...latch, rule: 'other' }, 2);
    ledger.recordAlert({ key: 'a', severity: 'warn', bot: null, title: '', body: '', at: 1 });

    expect(views.health.runs(5)).toMatchObject([{ id: 1, endedAt: 9, endReason: 'stopped' }]);
    expect(views.health.latches()).toEqual([latch]);
    expect([views.health.openOrders(), views.health.openAlerts()]).toEqual([0, 1]);
    expect(views.health.bytes()).toBeGreaterThan(50_000);
  });
});

describe('alerts', () => {
  it('stand with the open ones first', () => {
    const alert = { severity: 'warn' as const, bot: null, title: 't', body: 'b' };
    ledger.recordAlert({ ...alert, key: 'old', at: 1 });
    ledger.recordAlert({ ...alert, key: 'gone', at: 2 });
    ledger.resolveAlert('gone', 3);
    ledger.recordAlert({ ...alert, key: 'new', at: 4 });

    expect(views.alerts.latest(10).map((one) => one.key)).toEqual(['new', 'old', 'gone']);
    expect(views.alerts.latest(2).map((one) => one.key)).toEqual(['new', 'old']);
    expect(views.alerts.one(2)).toMatchObject({ key: 'gone', resolvedAt: 3, count: 1 });
  });
});

describe('settings', () => {
  it('are the newest in force, with what they were before', () => {
    expect(views.settings.current()).toBeNull();
    ledger.putSettings({ at: 1, hash: 'a', body: '{"v":1}' });
    ledger.putSettings({ at: 2, hash: 'b', body: '{"v":2}' });

    expect(views.settings.current()).toMatchObject({ at: 2, body: '{"v":2}' });
    expect(views.settings.history(10).map((one) => one.hash)).toEqual(['b', 'a']);
  });
});

describe('decisions', () => {
  it('are shown newest first, of one bot or of all, page by page', () => {
    for (const [index, bot] of ['alpha', 'beta', 'alpha', 'alpha'].entries()) {
      ledger.recordDecision({
        at: index,
        bot,
        instrument: 'NSE:INFY',
        close: 5n,
        outcome: 'wait',
        reason: 'RSI 41.2 > 35',
        inputs: '{"rsi":41.2}',
        rules: '[]',
        orders: '[]',
      });
    }

    expect(views.decisions.page({}, null, 2).map((one) => one.id)).toEqual([4, 3]);
    expect(views.decisions.page({ bot: 'alpha' }, 4, 10).map((one) => one.id)).toEqual([3, 1]);
    expect(views.decisions.page({ instrument: 'NOSUCH' }, null, 10)).toEqual([]);
    expect(views.decisions.page({}, null, 1)).toMatchObject([{ symbol: 'INFY', priceDecimals: 2, close: 5n, inputs: '{"rsi":41.2}' }]);
  });
});

describe('round trips', () => {
  const trip = {
    account: 'paper',
    bot: 'alpha',
    instrument: 'NSE:INFY',
    direction: 'long' as const,
    openedAt: 1,
    peakQuantity: 1n,
    entryNotionalE8: 1n,
    exitNotionalE8: 1n,
    feesE8: 1n,
    adverseE8: 0n,
    favourableE8: 0n,
    entryReason: 'in',
    exitReason: 'out',
  };

  it('show each closed one once, newest first, though many close at one instant', () => {
    for (let number = 1; number <= 25; number += 1) {
      ledger.recordRoundTrip({
        ...trip,
        bot: number % 2 === 0 ? 'alpha' : 'beta',
        number,
        closedAt: 100 + Math.floor(number / 5),
        closedDay: 20220101,
        grossE8: BigInt(number - 10),
      });
    }
    ledger.recordRoundTrip({ ...trip, number: 99, closedAt: null, closedDay: null, grossE8: 0n, exitReason: null });

    for (const [filter, count] of [
      [{}, 25],
      [{ bot: 'alpha' }, 12],
    ] as const) {
      const ids: number[] = [];
      let after: RoundTripKey | null = null;
      do {
        const page = views.roundTrips.page(filter, after, 4);
        ids.push(...page.items.map((one) => one.id));
        after = page.next;
      } while (after !== null);
      expect(ids).toHaveLength(count);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    }
    expect(views.roundTrips.totals({})).toEqual([
      { currency: 'USDT', mode: 'paper', simulated: false, closed: 25, wins: 14, losses: 10, wonE8: 105n, lostE8: 55n },
    ]);
    expect(views.roundTrips.one(26)).toMatchObject({ number: 99, closedAt: null });
  });
});

describe('equity', () => {
  const step = (at: number, equityE8: bigint) => ({
    bot: 'alpha',
    at: HISTORY_START + at,
    day: Number(new Date(HISTORY_START + at).toISOString().slice(0, 10).replaceAll('-', '')),
    equityE8,
    unrealisedE8: 0n,
    realisedE8: 0n,
    feesE8: 0n,
  });

  it('is told as finely as fits, and keeps its peaks where it is thinned', () => {
    ledger.transaction(() => {
      for (let minute = 0; minute < 3000; minute += 1)
        ledger.recordEquity(step(minute * MINUTE, minute === 1777 ? 9999n : BigInt(minute % 50)));
    });

    const recent = views.equity.curve({ from: HISTORY_START + 2700 * MINUTE, bot: 'alpha' });
    expect(recent.resolutionSeconds).toBe(60);
    expect(recent.series.find((one) => one.bot === 'alpha')?.points).toHaveLength(300);

    const whole = views.equity.curve({});
    expect(whole.resolutionSeconds).toBe(3600);
    expect(whole.series.find((one) => one.bot === 'alpha')?.points).toHaveLength(50);
    expect(whole.series.map((one) => one.bot)).toEqual(['alpha', 'beta', 'gamma']);
  });

  it('draws a spark of the last day in forty steps at most', () => {
    ledger.transaction(() => {
      for (let minute = 0; minute < 2880; minute += 5) ledger.recordEquity(step(minute * MINUTE, BigInt(minute)));
    });
    const spark = views.equity.spark('alpha');

    expect(spark).toHaveLength(40);
    expect(spark.at(-1)).toBe(2875n);
    expect(spark[0]).toBeGreaterThan(1435n);
    expect(views.equity.spark('beta')).toEqual([]);
  });

  it('goes back over years in days', () => {
    ledger.transaction(() => {
      for (let day = 0; day < 300; day += 1) ledger.recordEquity(step(day * DAY, BigInt(day)));
    });

    const { resolutionSeconds, series } = views.equity.curve({ bot: 'alpha' });
    expect(resolutionSeconds).toBe(86_400);
    expect(series).toHaveLength(1);
    expect(series[0]?.points.map((point) => point.valueE8)).toEqual(Array.from({ length: 300 }, (_, day) => BigInt(day)));
  });
});
