import type { Reader } from '../open.ts';
import type { Book, Mode } from './accounts.ts';
import type { TradeFilter, TradeKey } from './trade-filter.ts';
import { type DayTotal, type TradeTotal, tradeSums } from './trade-sums.ts';
import { AFTER_KEY, LIMIT, startKey, type Walk, walksOf } from './trade-walk.ts';

/** One execution. */
export interface TradeRecord extends Book {
  readonly id: number;
  readonly at: number;
  /** YYYYMMDD in the account's zone. */
  readonly day: number;
  readonly account: string;
  readonly bot: string;
  readonly botName: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: bigint;
  readonly price: bigint;
  readonly notionalE8: bigint;
  readonly feeE8: bigint;
  readonly source: 'BOT' | 'MANUAL';
  readonly reason: string;
  readonly grossE8: bigint;
  /** Signed. */
  readonly positionAfter: bigint;
  /** False where it only opened or added. */
  readonly closes: boolean;
  /** Client id of its order. */
  readonly order: string;
  readonly roundTrip: number | null;
  /** Net of its whole round trip, where this execution closed it. */
  readonly roundTripNetE8: bigint | null;
}

export interface TradesView {
  /** Executions after a key (null: from the newest), newest first; `next` is null at the end. A limit over 500 is cut to it. */
  readonly page: (
    filter: TradeFilter,
    after: TradeKey | null,
    limit: number,
  ) => { readonly items: readonly TradeRecord[]; readonly next: TradeKey | null };
  readonly one: (id: number) => TradeRecord | null;
  readonly ofRoundTrip: (roundTrip: number, limit: number) => readonly TradeRecord[];
  /** Sums of a whole filter, one entry a book. */
  readonly summary: (filter: TradeFilter) => readonly TradeTotal[];
  /** Sums of some days under a filter. */
  readonly days: (filter: TradeFilter, days: readonly number[]) => readonly DayTotal[];
  /** Number of all executions. */
  readonly total: () => number;
  /** Instruments that were ever traded, by symbol. */
  readonly symbols: () => readonly TradedInstrument[];
}

export interface TradedInstrument {
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
}

/** The longest page. */
export const MOST_TRADES = 500;

/** Read model of the executions. No page, first or last, reads more of the history than it shows. */
export function tradesView(db: Reader): TradesView {
  const walks = walksOf(db);
  const selectOne = db.prepare<[number], TradeRaw>(`${SELECT} FROM trades t ${JOINS} WHERE t.id = ?`);
  const selectTrip = db.prepare<[number, number], TradeRaw>(`
    ${SELECT} FROM trades t INDEXED BY trades_of_round_trip ${JOINS} WHERE t.round_trip = ? ORDER BY t.id DESC LIMIT ?`);
  const selectSymbols = db.prepare<[], TradedInstrument>(`
    SELECT id AS instrument, symbol, exchange FROM instruments
    WHERE id IN (SELECT instrument FROM trade_totals) ORDER BY symbol, exchange`);
  const pages = new Map<string, ReturnType<typeof prepareWalk>>();
  const walkPage = (walk: Walk, key: TradeKey, limit: number): readonly TradeRaw[] => {
    const sql = walk.index + walk.where;
    const page = pages.get(sql) ?? prepareWalk(db, walk);
    pages.set(sql, page);
    return page.all({ ...walk.parameters, ...key, limit });
  };

  return {
    page: (filter, after, limit) => {
      const wanted = Math.min(limit, MOST_TRADES);
      const key = startKey(filter, after);
      const found = walks(filter).flatMap((walk) => walkPage(walk, key, wanted + 1));
      const items = found.sort(newestFirst).slice(0, wanted).map(recordOf);
      const last = items.at(-1);
      return { items, next: found.length > wanted && last !== undefined ? { at: last.at, id: last.id } : null };
    },
    one: (id) => {
      const raw = selectOne.get(id);
      return raw === undefined ? null : recordOf(raw);
    },
    ofRoundTrip: (roundTrip, limit) => selectTrip.all(roundTrip, limit).map(recordOf),
    symbols: () => selectSymbols.all(),
    ...tradeSums(db),
  };
}

function prepareWalk(db: Reader, walk: Walk) {
  return db.prepare<[Readonly<Record<string, string | number>>], TradeRaw>(`
    ${SELECT} FROM trades t INDEXED BY ${walk.index} ${JOINS}
    WHERE ${AFTER_KEY}${walk.where} ORDER BY t.at DESC, t.id DESC ${LIMIT}`);
}

const newestFirst = (a: TradeRaw, b: TradeRaw): number => (a.at === b.at ? Number(b.id - a.id) : Number(b.at - a.at));

function recordOf(raw: TradeRaw): TradeRecord {
  const before = raw.side === 'BUY' ? raw.positionAfter - raw.quantity : raw.positionAfter + raw.quantity;
  const closes = raw.side === 'BUY' ? before < 0n : before > 0n;
  // One that turns a position around closes the trip it names, and opens the next.
  const leavesNothing = before > 0n ? raw.positionAfter <= 0n : raw.positionAfter >= 0n;
  return {
    ...raw,
    id: Number(raw.id),
    at: Number(raw.at),
    day: Number(raw.day),
    simulated: raw.simulated === 1n,
    priceDecimals: Number(raw.priceDecimals),
    quantityDecimals: Number(raw.quantityDecimals),
    closes,
    roundTrip: raw.roundTrip === null ? null : Number(raw.roundTrip),
    roundTripNetE8: closes && leavesNothing ? raw.roundTripNetE8 : null,
  };
}

const SELECT = `
  SELECT t.id, t.at, t.day, t.account, t.mode, t.simulated, a.currency, t.bot, b.name AS botName, t.instrument, i.symbol, i.exchange,
         i.price_decimals AS priceDecimals, i.quantity_decimals AS quantityDecimals, t.side, t.quantity, t.price,
         t.notional_e8 AS notionalE8, t.fee_e8 AS feeE8, t.source, t.reason, t.gross_e8 AS grossE8,
         t.position_after AS positionAfter, t.client_id AS "order", t.round_trip AS roundTrip,
         CASE WHEN r.closed_at IS NULL THEN NULL ELSE r.net_e8 END AS roundTripNetE8`;

/** CROSS keeps trades the outer loop, so that the order of its index is the order of the rows. */
const JOINS = `
  CROSS JOIN accounts a ON a.id = t.account CROSS JOIN bots b ON b.id = t.bot CROSS JOIN instruments i ON i.id = t.instrument
  LEFT JOIN round_trips r ON r.id = t.round_trip`;

interface TradeRaw extends Omit<
  TradeRecord,
  'id' | 'at' | 'day' | 'simulated' | 'priceDecimals' | 'quantityDecimals' | 'closes' | 'roundTrip'
> {
  readonly id: bigint;
  readonly at: bigint;
  readonly day: bigint;
  readonly mode: Mode;
  readonly simulated: bigint;
  readonly priceDecimals: bigint;
  readonly quantityDecimals: bigint;
  readonly roundTrip: bigint | null;
}
