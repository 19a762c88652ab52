import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayIn } from '../../../db/day.ts';
import type { TradeRow } from '../../../db/rows.ts';
import type { TradeFilter, TradeKey } from '../../../db/views/trade-filter.ts';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import { MOST_TRADES, type TradeRecord } from '../../../db/views/trades.ts';
import { ACCOUNTS, BOTS, HISTORY_START, INSTRUMENTS, ledgerWithNames, order, temporaryFolder, trade } from '../fixture.ts';

const DAY = 86_400_000;
const folder = temporaryFolder();
const path = join(folder.path, 'trades.db');
let views: Views;
let booked: readonly TradeRow[];

beforeAll(() => {
  const ledger = ledgerWithNames(path);
  // The same symbol on a second exchange: a filter by symbol has to meet both.
  ledger.recordInstrument({
    id: 'OKX:BTCUSDT',
    exchange: 'OKX',
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    priceDecimals: 1,
    quantityDecimals: 3,
    tick: 1n,
    lot: 1n,
    calendar: '24x7',
    updatedAt: 1,
  });
  ledger.recordOrder(order(), { at: 1, event: 'placed', fromStatus: null });
  booked = fc
    .sample(fc.array(anyTrade, { minLength: 700, maxLength: 700 }), { numRuns: 1, seed: 20221101 })
    .flat()
    .map((row, index) => ({ ...row, venueFillId: `f${index}` }));
  for (const row of booked) ledger.recordTrade(row);
  for (const row of booked.slice(0, 200)) ledger.recordTrade(row);
  ledger.close();
  views = openViews(path);
});
afterAll(() => {
  views.close();
  folder.remove();
});

/** Executions over five months; many share an instant, some lie at the very ends of a day. */
const anyTrade = fc
  .record({
    bot: fc.constantFrom(...BOTS),
    instrument: fc.constantFrom(...INSTRUMENTS.map((one) => one.id), 'OKX:BTCUSDT'),
    at: fc.oneof(
      fc.integer({ min: 0, max: 150 * DAY }),
      fc.integer({ min: 0, max: 150 }).map((day) => day * DAY),
      fc.integer({ min: 1, max: 150 }).map((day) => day * DAY - 1),
      fc.constantFrom(7 * DAY, 40 * DAY + 5),
    ),
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    source: fc.constantFrom('BOT' as const, 'BOT' as const, 'BOT' as const, 'MANUAL' as const),
    notionalE8: fc.bigInt({ min: 1n, max: 9_000_000_000_000_000n }),
    feeE8: fc.bigInt({ min: -500n, max: 100_000_000n }),
    grossE8: fc.bigInt({ min: -5_000_000_000n, max: 5_000_000_000n }),
  })
  .map(({ bot, at, ...rest }) => {
    const zone = ACCOUNTS.find((account) => account.id === bot.account)?.timeZone ?? 'UTC';
    const instant = HISTORY_START + at;
    return trade({ ...rest, at: instant, day: dayIn(zone, instant), bot: bot.id, account: bot.account });
  });

const anyDay = fc.integer({ min: -3, max: 155 }).map((day) => dayIn('UTC', HISTORY_START + day * DAY));
const anyInstant = fc
  .oneof(fc.integer({ min: -DAY, max: 155 * DAY }), fc.constantFrom(7 * DAY, 40 * DAY + 5, 31 * DAY))
  .map((at) => HISTORY_START + at);
const anyCondition = fc.record({
  fromDay: anyDay,
  toDay: anyDay,
  from: anyInstant,
  to: anyInstant,
  symbol: fc.constantFrom('BTCUSDT', 'NSE:INFY', 'OKX:BTCUSDT', 'INFY', 'NOSUCH'),
  side: fc.constantFrom('BUY' as const, 'SELL' as const),
  source: fc.constantFrom('BOT' as const, 'MANUAL' as const),
  bot: fc.constantFrom('alpha', 'beta', 'gamma', 'nobody'),
  mode: fc.constantFrom('paper' as const, 'live' as const),
});
const CONDITIONS = ['fromDay', 'toDay', 'from', 'to', 'symbol', 'side', 'source', 'bot', 'mode'] as const;
/** A few conditions at a time: most filters of many let nothing through and prove little. */
const anyFilter = fc
  .tuple(anyCondition, fc.subarray([...CONDITIONS], { maxLength: 3 }))
  .map(([all, kept]): TradeFilter => Object.fromEntries(kept.map((key) => [key, all[key]])));

/** The same question asked of the rows themselves, one by one. */
function expected(filter: TradeFilter): readonly TradeRow[] {
  const modeOf = (row: TradeRow): string => (row.account === 'paper' ? 'paper' : 'live');
  return booked.filter(
    (row) =>
      row.day >= (filter.fromDay ?? 0) &&
      row.day <= (filter.toDay ?? Infinity) &&
      row.at >= (filter.from ?? 0) &&
      row.at < (filter.to ?? Infinity) &&
      (filter.symbol === undefined || row.instrument === filter.symbol || row.instrument.endsWith(`:${filter.symbol}`)) &&
      (filter.side === undefined || row.side === filter.side) &&
      (filter.source === undefined || row.source === filter.source) &&
      (filter.bot === undefined || row.bot === filter.bot) &&
      (filter.mode === undefined || modeOf(row) === filter.mode),
  );
}

const sumsOf = (rows: readonly TradeRow[]) => ({
  trades: rows.length,
  notionalE8: rows.reduce((sum, row) => sum + row.notionalE8, 0n),
  grossE8: rows.reduce((sum, row) => sum + row.grossE8, 0n),
  feesE8: rows.reduce((sum, row) => sum + row.feeE8, 0n),
});

function allPages(filter: TradeFilter, limit: number): readonly TradeRecord[] {
  const items: TradeRecord[] = [];
  let after: TradeKey | null = null;
  for (let pages = 0; pages <= booked.length; pages += 1) {
    const page = views.trades.page(filter, after, limit);
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
  }
  throw new Error('the pages have no end');
}

describe('trades page', () => {
  it('shows every execution of any filter once, newest first, whatever the length of the pages', () => {
    fc.assert(
      fc.property(anyFilter, fc.integer({ min: 7, max: 90 }), (filter, limit) => {
        const items = allPages(filter, limit);

        expect(items.map((item) => item.id).sort((a, b) => a - b)).toEqual(idsOf(expected(filter)));
        expect(items).toEqual([...items].sort((a, b) => b.at - a.at || b.id - a.id));
      }),
      {
        numRuns: 100,
        seed: 7,
        examples: [
          [{ to: HISTORY_START + 7 * DAY }, 50],
          [{ from: HISTORY_START + 7 * DAY, source: 'MANUAL' }, 50],
        ],
      },
    );
  });

  it('never hands over more than its most', () => {
    const page = views.trades.page({}, null, 100_000);

    expect(page.items).toHaveLength(MOST_TRADES);
    expect(page.next).not.toBeNull();
  });

  it('tells what closes from what opens by the position, not by the profit', () => {
    const ledger = ledgerWithNames(join(folder.path, 'closing.db'));
    ledger.recordOrder(order(), { at: 1, event: 'placed', fromStatus: null });
    const steps = [
      { side: 'BUY', positionAfter: 100n, closes: false },
      { side: 'BUY', positionAfter: 200n, closes: false },
      { side: 'SELL', positionAfter: 100n, closes: true },
      { side: 'SELL', positionAfter: 0n, closes: true },
      { side: 'SELL', positionAfter: -100n, closes: false },
      { side: 'BUY', positionAfter: 0n, closes: true },
      { side: 'SELL', positionAfter: -100n, closes: false },
    ] as const;
    for (const [index, { side, positionAfter }] of steps.entries())
      ledger.recordTrade(trade({ venueFillId: `f${index}`, side, positionAfter }));
    ledger.close();
    const other = openViews(join(folder.path, 'closing.db'));

    expect(
      other.trades
        .page({}, null, 10)
        .items.map((item) => item.closes)
        .reverse(),
    ).toEqual(steps.map((step) => step.closes));
    other.close();
  });

  it('finds one by its id', () => {
    const [first] = views.trades.page({}, null, 1).items;

    expect(views.trades.one(first?.id ?? 0)).toEqual(first);
    expect(views.trades.one(0)).toBeNull();
  });
});

describe('trades summary', () => {
  it('adds any filter up to what its executions add up to, book by book', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const summary = views.trades.summary(filter);

        for (const [mode, accountId] of [
          ['paper', 'paper'],
          ['live', 'real'],
        ] as const) {
          const rows = expected(filter).filter((row) => row.account === accountId);
          const total = summary.find((one) => one.mode === mode);
          expect(total === undefined ? sumsOf([]) : pick(total)).toEqual(sumsOf(rows));
        }
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('adds each day of any filter up likewise', () => {
    fc.assert(
      fc.property(anyFilter, fc.uniqueArray(anyDay, { maxLength: 6 }), (filter, days) => {
        const rows = expected(filter).filter((row) => days.includes(row.day));
        const totals = views.trades.days(filter, days);

        expect(totals.reduce((sum, total) => sum + total.trades, 0)).toBe(rows.length);
        for (const total of totals) {
          expect(pick(total)).toEqual(
            sumsOf(rows.filter((row) => row.day === total.day && (row.account === 'paper' ? 'paper' : 'live') === total.mode)),
          );
        }
      }),
      { numRuns: 200, seed: 13 },
    );
  });

  it('knows how many there are, and of what', () => {
    expect(views.trades.total()).toBe(booked.length);
    expect(
      views.trades
        .symbols()
        .map((one) => one.instrument)
        .sort(),
    ).toEqual([...new Set(booked.map((row) => row.instrument))].sort());
  });
});

describe('sums kept beside the trades', () => {
  it.each([
    ['trade_days', 'day'],
    ['trade_months', 'day / 100'],
  ])('%s is what a recount of the executions gives', (table, period) => {
    const db = new Database(path, { readonly: true }).defaultSafeIntegers(true);

    const recount = db
      .prepare(
        `
      SELECT ${period} AS period, account, bot, instrument, side, source, count(*) AS trades, sum(notional_e8) AS notional, sum(gross_e8) AS gross, sum(fee_e8) AS fees
      FROM trades GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
      )
      .raw()
      .all();

    expect(db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4, 5, 6`).raw().all()).toEqual(recount);
    db.close();
  });

  it('trade_totals likewise, with the turnover in units and parts', () => {
    const db = new Database(path, { readonly: true }).defaultSafeIntegers(true);

    const recount = db
      .prepare(
        `
      SELECT account, bot, instrument, side, source, count(*), sum(notional_e8) / 100000000, sum(notional_e8) % 100000000, sum(gross_e8), sum(fee_e8)
      FROM trades GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
      )
      .raw()
      .all();

    expect(db.prepare('SELECT * FROM trade_totals ORDER BY 1, 2, 3, 4, 5').raw().all()).toEqual(recount);
    db.close();
  });
});

function idsOf(rows: readonly TradeRow[]): readonly number[] {
  return rows.map((row) => booked.indexOf(row) + 1).sort((a, b) => a - b);
}

function pick({ trades, notionalE8, grossE8, feesE8 }: { trades: number; notionalE8: bigint; grossE8: bigint; feesE8: bigint }) {
  return { trades, notionalE8, grossE8, feesE8 };
}
