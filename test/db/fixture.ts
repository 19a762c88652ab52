import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openLedgerWriter, type LedgerWriter } from '../../db/ledger.ts';
import type { AccountRow, BotRow, InstrumentRow, OrderRow, TradeRow } from '../../db/rows.ts';

/** A folder that ends with the test. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'bot-daemon-db-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** 2022-01-01T00:00:00Z, when the synthetic history begins. */
export const HISTORY_START = Date.UTC(2022, 0, 1);
/** How many days the synthetic history spans, however many trades it has. */
export const HISTORY_DAYS = 1390;

export const ACCOUNTS: readonly AccountRow[] = [account('paper', 'paper', 'Asia/Kolkata'), account('real', 'live', 'UTC')];

/** Every way of scaling: decimals of 0 and of 8, sums of decimals below and above those of money. */
export const INSTRUMENTS: readonly InstrumentRow[] = [
  instrument('BINANCE:BTCUSDT', 2, 5),
  instrument('BINANCE:ETHUSDT', 2, 4),
  instrument('BINANCE:SHIBUSDT', 8, 0),
  instrument('NSE:INFY', 2, 0),
  instrument('BITFLYER:BTCJPY', 0, 8),
];

export const BOTS: readonly BotRow[] = [bot('alpha', 'paper'), bot('beta', 'paper'), bot('gamma', 'real')];

/** Opens a fresh ledger that knows the accounts, instruments and bots above and has one run. */
export function ledgerWithNames(path: string): LedgerWriter {
  const ledger = openLedgerWriter(path);
  ledger.transaction(() => {
    ACCOUNTS.forEach(ledger.recordAccount);
    INSTRUMENTS.forEach(ledger.recordInstrument);
    BOTS.forEach((row) => ledger.recordBot(row));
    ledger.startRun({ pid: 1, version: '0.0.0', startedAt: HISTORY_START });
  });
  return ledger;
}

/** An order that any number of small trades may belong to. */
export function order(over: Partial<OrderRow> = {}): OrderRow {
  return {
    clientId: 'k0010000000100000000',
    venueId: null,
    bot: 'alpha',
    account: 'paper',
    instrument: 'BINANCE:BTCUSDT',
    run: 1,
    slot: 'entry',
    side: 'BUY',
    type: 'market',
    reduceOnly: false,
    quantity: 1_000_000_000n,
    limitPrice: null,
    triggerPrice: null,
    arrivalPrice: 5_000_000n,
    filled: 0n,
    filledNotionalE8: 0n,
    status: 'ACCEPTED',
    source: 'BOT',
    reason: 'RSI 28.4 ≤ 35',
    outcome: null,
    createdAt: HISTORY_START,
    updatedAt: HISTORY_START,
    closedAt: null,
    ...over,
  };
}

/** One execution; give each its own `venueFillId`. */
export function trade(over: Partial<TradeRow> = {}): TradeRow {
  return {
    at: HISTORY_START,
    recordedAt: HISTORY_START,
    day: 20220101,
    account: 'paper',
    bot: 'alpha',
    instrument: 'BINANCE:BTCUSDT',
    clientId: 'k0010000000100000000',
    venueFillId: 'f1',
    side: 'BUY',
    quantity: 100n,
    price: 5_000_000n,
    notionalE8: 5_000_000_000n,
    feeE8: 5_000_000n,
    feeParts: '{}',
    liquidity: 'taker',
    source: 'BOT',
    reason: 'RSI 28.4 ≤ 35',
    grossE8: 0n,
    positionAfter: 100n,
    roundTrip: null,
    ...over,
  };
}

/**
 * Writes a ledger with a synthetic history of any length, evenly over the days: five instruments, three bots on two accounts, some
 * trades by hand, about half of the results negative. Made inside SQLite, so that a million take seconds; the sums are recounted.
 */
export function writeHistory(path: string, trades: number): void {
  ledgerWithNames(path).close();
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'trades' AND sql IS NOT NULL`,
    )
    .all();
  db.transaction(() => {
    for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
    db.exec(ORDERS);
    db.prepare(HISTORY).run({ trades, step: Math.max(1, Math.floor((HISTORY_DAYS * 86_400_000) / trades)) });
    for (const { sql } of indexes) db.exec(sql);
    db.exec(DAYS);
    db.exec(MONTHS);
    db.exec(TOTALS);
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** One order for each bot and instrument, large enough for all its fills. */
const ORDERS = `
  INSERT INTO orders(client_id, bot, account, instrument, run, slot, side, type, reduce_only, quantity, arrival_price, filled,
                     filled_notional_e8, status, source, reason, created_at, updated_at)
  SELECT printf('k%03d%016d', b.number, i.rowid_), b.id, b.account, i.id, 1, 'entry', 'BUY', 'limit', 0, 1000000000000000, 1, 0, 0,
         'ACCEPTED', 'BOT', 'synthetic', ${HISTORY_START}, ${HISTORY_START}
  FROM bots b, (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rowid_ FROM instruments) i`;

/** A trade is a function of its number alone: a multiplicative hash (Knuth, TAOCP 3, 6.4) stands in for chance. */
const HISTORY = `
  WITH RECURSIVE
    numbers(n) AS (VALUES(1) UNION ALL SELECT n + 1 FROM numbers WHERE n < @trades),
    chance AS (SELECT n, (n * 2654435761) % 4294967296 AS h, ${HISTORY_START} + n * @step + (n * 7919) % 1000 AS at FROM numbers),
    named AS MATERIALIZED (SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, price_decimals AS pd, quantity_decimals AS qd FROM instruments),
    owned AS MATERIALIZED (SELECT b.number - 1 AS place, b.number, b.id, b.account, a.mode, a.simulated FROM bots b JOIN accounts a ON a.id = b.account)
  INSERT INTO trades(id, at, recorded_at, day, account, bot, instrument, mode, simulated, client_id, venue_fill_id, side, quantity, price,
                     notional_e8, fee_e8, fee_parts, liquidity, source, reason, gross_e8, position_after, round_trip)
  SELECT n, at, at + 5, CAST(strftime('%Y%m%d', at / 1000 + iif(account = 'paper', 19800, 0), 'unixepoch') AS INTEGER), account, owned.id,
         named.id, mode, simulated, printf('k%03d%016d', number, named.place), 'f' || n, iif(n % 2, 'BUY', 'SELL'), 1 + h % 1000,
         10000 + h % 90000, (1 + h % 1000) * (10000 + h % 90000) * CAST(pow(10, 8 - pd - qd) AS INTEGER), h % 100000000, '{}',
         iif(h % 3, 'taker', 'maker'), iif(h % 17 = 0, 'MANUAL', 'BOT'), 'RSI ' || (h % 100) || '.' || (h % 10) || ' ≤ 35, at the bar',
         iif(n % 2, 0, (h % 2000000000) - 1000000000), iif(n % 2, 1 + h % 1000, 0), NULL
  FROM chance JOIN named ON named.place = (h / 16) % 5 JOIN owned ON owned.place = (h / 256) % 3 ORDER BY n`;

const DAYS = `
  INSERT INTO trade_days SELECT day, account, bot, instrument, side, source, count(*), sum(notional_e8), sum(gross_e8), sum(fee_e8)
  FROM trades GROUP BY 1, 2, 3, 4, 5, 6`;

const MONTHS = `
  INSERT INTO trade_months SELECT day / 100, account, bot, instrument, side, source, sum(trades), sum(notional_e8), sum(gross_e8), sum(fees_e8)
  FROM trade_days GROUP BY 1, 2, 3, 4, 5, 6`;

const TOTALS = `
  INSERT INTO trade_totals
  SELECT account, bot, instrument, side, source, sum(trades),
         sum(notional_e8 / 100000000) + sum(notional_e8 % 100000000) / 100000000, sum(notional_e8 % 100000000) % 100000000,
         sum(gross_e8), sum(fees_e8)
  FROM trade_days GROUP BY 1, 2, 3, 4, 5`;

function account(id: string, mode: 'paper' | 'live', timeZone: string): AccountRow {
  return {
    id,
    venue: 'paper',
    mode,
    simulated: false,
    currency: 'USDT',
    capitalE8: 10_000_000_000_000n,
    timeZone,
    updatedAt: HISTORY_START,
  };
}

function instrument(id: string, priceDecimals: number, quantityDecimals: number): InstrumentRow {
  const [exchange = '', symbol = ''] = id.split(':');
  return {
    id,
    exchange,
    symbol,
    base: symbol.slice(0, 3),
    quote: 'USDT',
    priceDecimals,
    quantityDecimals,
    tick: 1n,
    lot: 1n,
    calendar: '24x7',
    updatedAt: HISTORY_START,
  };
}

function bot(id: string, of: string): BotRow {
  return {
    id,
    name: `Bot ${id}`,
    strategy: 'rsi-mean-reversion',
    strategyVersion: 1,
    codeHash: 'c0de',
    account: of,
    timeframeMs: 3_600_000,
    capitalE8: 5_000_000_000_000n,
    instruments: INSTRUMENTS.map((one) => one.id),
    params: '{"period":14}',
    state: 'RUNNING',
    reason: '',
    updatedAt: HISTORY_START,
  };
}
