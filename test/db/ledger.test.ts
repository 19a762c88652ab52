import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../db/ledger.ts';
import { DatabaseRefusal } from '../../db/refusal.ts';
import type { RoundTripRow } from '../../db/rows.ts';
import { ACCOUNTS, BOTS, HISTORY_START, ledgerWithNames, order, temporaryFolder, trade } from './fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: LedgerWriter;
let reader: Database.Database;
beforeEach(() => {
  folder = temporaryFolder();
  ledger = ledgerWithNames(join(folder.path, 'trades.db'));
  reader = new Database(join(folder.path, 'trades.db'), { readonly: true });
});
afterEach(() => {
  reader.close();
  ledger.close();
  folder.remove();
});

const rows = (sql: string, ...parameters: unknown[]): unknown[] => reader.prepare(sql).all(...parameters);
const value = (sql: string): unknown => reader.prepare(sql).pluck().get();
const placed = { at: HISTORY_START, event: 'placed', fromStatus: null };

describe('transaction', () => {
  it('writes all of it or nothing', () => {
    expect(() =>
      ledger.transaction(() => {
        ledger.recordOrder(order(), placed);
        ledger.recordTrade(trade());
        throw new Error('the power went');
      }),
    ).toThrow('the power went');

    expect(value('SELECT count(*) FROM orders')).toBe(0);
    expect(value('SELECT count(*) FROM order_events')).toBe(0);
    expect(value('SELECT count(*) FROM trades')).toBe(0);
    expect(value('SELECT count(*) FROM trade_days')).toBe(0);
  });

  it('tells a full disk in words', () => {
    expect(() =>
      ledger.transaction(() => {
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      }),
    ).toThrow(DatabaseRefusal);
  });
});

describe('recordTrade', () => {
  beforeEach(() => {
    ledger.recordOrder(order(), placed);
  });

  it('books a fill told twice once, also in the sums', () => {
    const booked = ledger.recordTrade(trade());
    const again = ledger.recordTrade(trade());

    expect(booked.isNew).toBe(true);
    expect(again).toEqual({ id: booked.id, isNew: false });
    expect(value('SELECT count(*) FROM trades')).toBe(1);
    for (const table of ['trade_days', 'trade_months', 'trade_totals'])
      expect(rows(`SELECT trades, fees_e8 FROM ${table}`)).toEqual([{ trades: 1, fees_e8: 5_000_000 }]);
  });

  it('takes another account or instrument with the same fill id for another fill', () => {
    ledger.recordTrade(trade());

    expect(ledger.recordTrade(trade({ instrument: 'NSE:INFY' })).isNew).toBe(true);
    expect(ledger.recordTrade(trade({ account: 'real', bot: 'gamma' })).isNew).toBe(true);
  });

  it('takes the mode from the account, so that no paper fill can be live', () => {
    ledger.recordTrade(trade());
    ledger.recordTrade({ ...trade({ account: 'real', bot: 'gamma' }), ...{ mode: 'paper', simulated: 1 } });

    expect(rows('SELECT account, mode, simulated FROM trades ORDER BY id')).toEqual([
      { account: 'paper', mode: 'paper', simulated: 0 },
      { account: 'real', mode: 'live', simulated: 0 },
    ]);
  });

  it('refuses an account, a bot or an order it does not know', () => {
    expect(() => ledger.recordTrade(trade({ account: 'nobody' }))).toThrow(/unknown account nobody/);
    expect(() => ledger.recordTrade(trade({ bot: 'nobody' }))).toThrow(/FOREIGN KEY/);
    expect(() => ledger.recordTrade(trade({ clientId: 'nothing' }))).toThrow(/FOREIGN KEY/);
    expect(value('SELECT count(*) FROM trade_days')).toBe(0);
  });

  it('keeps counting where turnover passes what 64 bits hold', () => {
    const most = 9_000_000_000_000_000_000n;
    for (const fill of ['f1', 'f2', 'f3'])
      ledger.recordTrade(trade({ venueFillId: fill, notionalE8: most, day: 20220101 + 100 * Number(fill[1]) }));

    expect(rows('SELECT notional_units, notional_e8 FROM trade_totals')).toEqual([{ notional_units: 270_000_000_000, notional_e8: 0 }]);
  });
});

describe('strict tables', () => {
  it('refuse a fraction where money is counted', () => {
    const db = new Database(join(folder.path, 'trades.db'));

    expect(() => db.prepare(`UPDATE accounts SET capital_e8 = 0.5`).run()).toThrow(
      /cannot store REAL value in INTEGER column accounts\.capital_e8/,
    );
    db.close();
  });
});

describe('recordOrder', () => {
  it('keeps what an order is, moves how it stands, and remembers each move', () => {
    ledger.recordOrder(order(), placed);
    ledger.recordOrder(
      order({ status: 'FILLED', filled: 5n, filledNotionalE8: 7n, venueId: 'v1', reason: 'another', closedAt: 9, updatedAt: 9 }),
      { at: 9, event: 'filled', fromStatus: 'ACCEPTED' },
    );

    expect(rows('SELECT venue_id, status, filled, reason, closed_at FROM orders')).toEqual([
      { venue_id: 'v1', status: 'FILLED', filled: 5, reason: 'RSI 28.4 ≤ 35', closed_at: 9 },
    ]);
    expect(rows('SELECT event, from_status, to_status FROM order_events ORDER BY id')).toEqual([
      { event: 'placed', from_status: null, to_status: 'ACCEPTED' },
      { event: 'filled', from_status: 'ACCEPTED', to_status: 'FILLED' },
    ]);
  });
});

describe('recordRoundTrip', () => {
  const open: RoundTripRow = {
    number: 1,
    account: 'paper',
    bot: 'alpha',
    instrument: 'NSE:INFY',
    direction: 'long',
    openedAt: 1,
    closedAt: null,
    closedDay: null,
    peakQuantity: 10n,
    entryNotionalE8: 100n,
    exitNotionalE8: 0n,
    grossE8: 0n,
    feesE8: 1n,
    adverseE8: 0n,
    favourableE8: 0n,
    entryReason: 'in',
    exitReason: null,
  };
  const closed: RoundTripRow = {
    ...open,
    closedAt: 2,
    closedDay: 20220102,
    exitNotionalE8: 90n,
    grossE8: -10n,
    feesE8: 2n,
    exitReason: 'stop',
  };

  it('keeps its id from opening to close', () => {
    const id = ledger.recordRoundTrip(open);

    expect(ledger.recordRoundTrip(closed)).toBe(id);
    expect(ledger.roundTripId('alpha', 'NSE:INFY', 1)).toBe(id);
    expect(ledger.roundTripId('alpha', 'NSE:INFY', 2)).toBeNull();
    expect(rows('SELECT net_e8, exit_reason FROM round_trips')).toEqual([{ net_e8: -12, exit_reason: 'stop' }]);
  });

  it('counts in its day once, however often it is told', () => {
    const id = ledger.recordRoundTrip(open);
    ledger.recordRoundTrip(closed);
    expect(ledger.recordRoundTrip({ ...closed, grossE8: 5000n })).toBe(id);
    ledger.recordRoundTrip({ ...closed, number: 2, grossE8: 9n });
    ledger.recordRoundTrip({ ...closed, number: 3, grossE8: 2n });

    expect(rows('SELECT * FROM round_trip_days')).toEqual([
      { day: 20220102, account: 'paper', bot: 'alpha', closed: 3, wins: 1, losses: 1, won_e8: 7, lost_e8: 12 },
    ]);
    expect(value('SELECT gross_e8 FROM round_trips WHERE number = 1')).toBe(-10);
  });
});

describe('recordBot', () => {
  it('numbers bots at first sight, for ever', () => {
    const [alpha] = BOTS;
    if (alpha === undefined) throw new Error('no bots');

    expect(ledger.recordBot({ ...alpha, id: 'delta' })).toBe(4);
    expect(ledger.recordBot({ ...alpha, name: 'renamed' })).toBe(1);
    ledger.keepBots(['delta']);
    expect(ledger.recordBot({ ...alpha, id: 'epsilon' })).toBe(5);
    expect(rows('SELECT id FROM bots WHERE active ORDER BY number')).toEqual([{ id: 'delta' }, { id: 'epsilon' }]);
  });

  it('refuses to carry a bot and its positions to another account', () => {
    const [alpha] = BOTS;
    if (alpha === undefined) throw new Error('no bots');

    expect(() => ledger.recordBot({ ...alpha, account: 'real' })).toThrow(expect.objectContaining({ code: 'ledger.bot-moved' }));
    expect(value(`SELECT account FROM bots WHERE id = 'alpha'`)).toBe('paper');
  });
});

describe('recordAccount', () => {
  it('refuses to turn paper into live, or one currency into another', () => {
    const [paper] = ACCOUNTS;
    if (paper === undefined) throw new Error('no accounts');

    for (const change of [{ mode: 'live' as const }, { currency: 'EUR' }, { simulated: true }]) {
      expect(() => ledger.recordAccount({ ...paper, ...change })).toThrow(expect.objectContaining({ code: 'ledger.account-changed' }));
    }
    ledger.recordAccount({ ...paper, capitalE8: 5n });
    expect(rows(`SELECT mode, currency, capital_e8 FROM accounts WHERE id = 'paper'`)).toEqual([
      { mode: 'paper', currency: 'USDT', capital_e8: 5 },
    ]);
  });
});

describe('lots', () => {
  it('are replaced whole, of their bot and instrument only, and what a trade closed of them is kept', () => {
    const lot = { number: 1, openedAt: 1, quantity: 10n, price: 100n };
    ledger.recordOrder(order(), placed);
    ledger.replaceLots('alpha', 'NSE:INFY', [lot, { ...lot, number: 2 }]);
    ledger.replaceLots('beta', 'NSE:INFY', [lot]);
    ledger.replaceLots('alpha', 'NSE:INFY', [{ ...lot, number: 2, quantity: 4n }]);
    const { id } = ledger.recordTrade(trade({ side: 'SELL' }));
    const closed = { bot: 'alpha', instrument: 'NSE:INFY', openedAt: 1, closedAt: 2, openPrice: 100n, closePrice: 90n };
    ledger.recordLotClosures(id, [
      { ...closed, lot: 1, quantity: 10n, grossE8: -100n },
      { ...closed, lot: 2, quantity: 6n, grossE8: -60n },
    ]);

    expect(rows('SELECT bot, number, quantity FROM lots ORDER BY bot, number')).toEqual([
      { bot: 'alpha', number: 2, quantity: 4 },
      { bot: 'beta', number: 1, quantity: 10 },
    ]);
    expect(rows('SELECT trade, lot, quantity, gross_e8 FROM lot_closures ORDER BY id')).toEqual([
      { trade: id, lot: 1, quantity: 10, gross_e8: -100 },
      { trade: id, lot: 2, quantity: 6, gross_e8: -60 },
    ]);
  });
});

describe('recordEquity', () => {
  it('keeps the last value and the extremes of each minute, hour and day of the account', () => {
    const at = Date.UTC(2022, 0, 1, 19, 0, 30);
    const step = { bot: 'alpha', unrealisedE8: 0n, realisedE8: 0n, feesE8: 0n };
    ledger.recordEquity({ ...step, at, day: 20220102, equityE8: 100n });
    ledger.recordEquity({ ...step, at: at + 20_000, day: 20220102, equityE8: 80n });
    ledger.recordEquity({ ...step, at: at + 25_000, day: 20220102, equityE8: 90n });
    ledger.recordEquity({ ...step, at: at + 60_000, day: 20220102, equityE8: 120n });

    expect(rows('SELECT resolution, at, equity_e8, low_e8, high_e8 FROM equity ORDER BY resolution, at')).toEqual([
      { resolution: 60, at: at - 30_000, equity_e8: 90, low_e8: 80, high_e8: 100 },
      { resolution: 60, at: at + 30_000, equity_e8: 120, low_e8: 120, high_e8: 120 },
      { resolution: 3600, at: at - 30_000, equity_e8: 120, low_e8: 80, high_e8: 120 },
      { resolution: 86400, at: Date.UTC(2022, 0, 2), equity_e8: 120, low_e8: 80, high_e8: 120 },
    ]);
  });
});

describe('recordPrice', () => {
  it('opens a day with the first price of it, and numbers changes over all instruments', () => {
    const price = { instrument: 'NSE:INFY', at: 1, wallAt: 1, day: 20220101 };
    ledger.recordPrice({ ...price, price: 100n });
    ledger.recordPrice({ ...price, price: 110n });
    ledger.recordPrice({ ...price, instrument: 'BINANCE:BTCUSDT', price: 7n });
    expect(rows('SELECT price, day_open, revision FROM prices ORDER BY revision')).toEqual([
      { price: 110, day_open: 100, revision: 2 },
      { price: 7, day_open: 7, revision: 3 },
    ]);

    ledger.recordPrice({ ...price, day: 20220102, price: 90n });
    expect(rows(`SELECT price, day_open, revision FROM prices WHERE instrument = 'NSE:INFY'`)).toEqual([
      { price: 90, day_open: 90, revision: 4 },
    ]);
  });
});
