import type { Reader } from '../open.ts';
import { averagePrice, notional } from '../scaled.ts';
import { bookKey, type Book, type Mode } from './accounts.ts';
import { bookOrder, firstCurrency } from './book-order.ts';

/** An open position, marked at the last price of its instrument. */
export interface OpenPosition extends Book {
  /** Id of its open round trip. */
  readonly id: number;
  readonly bot: string;
  readonly botName: string;
  readonly account: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly direction: 'long' | 'short';
  /** Absolute. */
  readonly quantity: bigint;
  /** Average cost of one, half-even at the price decimals. */
  readonly entryPrice: bigint;
  /** Null while the instrument has no price. */
  readonly price: bigint | null;
  readonly priceAt: number | null;
  /** Wall time. */
  readonly priceHeardAt: number | null;
  readonly costE8: bigint;
  readonly valueE8: bigint | null;
  /** Open result before exit fees: value − cost of a long, cost − value of a short. */
  readonly unrealisedE8: bigint | null;
  readonly stopPrice: bigint | null;
  readonly targetPrice: bigint | null;
  /** Who made its first trade. */
  readonly source: 'BOT' | 'MANUAL';
  readonly openedAt: number;
}

/** Sums of one book's open positions; those without a price count with their cost and no result. */
export interface PositionTotal extends Book {
  readonly positions: number;
  readonly costE8: bigint;
  readonly valueE8: bigint;
  readonly unrealisedE8: bigint;
}

export interface PositionsView {
  /** Newest first. */
  readonly open: () => readonly OpenPosition[];
  /** The open position of a round trip; null where it is closed or unknown. */
  readonly ofRoundTrip: (id: number) => OpenPosition | null;
  /** The currency that totals are shown in first; null where the settings name none. */
  readonly firstCurrency: () => string | null;
}

/** Read model of what is held now. */
export function positionsView(db: Reader): PositionsView {
  const selectOpen = db.prepare<[], PositionRaw>(`${SELECT} WHERE p.quantity <> 0 ORDER BY p.opened_at DESC, p.bot, p.instrument`);
  const selectOne = db.prepare<[number], PositionRaw>(
    `${SELECT} JOIN round_trips r ON r.id = ? AND r.bot = p.bot AND r.instrument = p.instrument WHERE p.quantity <> 0 AND p.round_trip = r.id`,
  );

  return {
    open: () => selectOpen.all().map(marked),
    firstCurrency: firstCurrency(db),
    ofRoundTrip: (id) => {
      const raw = selectOne.get(id);
      return raw === undefined ? null : marked(raw);
    },
  };
}

/** Adds positions up by book, in the order of the first screen's figures. */
export function positionTotals(positions: readonly OpenPosition[], first: string | null = null): readonly PositionTotal[] {
  const totals = new Map<string, PositionTotal>();
  for (const position of positions) {
    const { currency, mode, simulated } = position;
    const sum = totals.get(bookKey(position)) ?? { currency, mode, simulated, positions: 0, costE8: 0n, valueE8: 0n, unrealisedE8: 0n };
    totals.set(bookKey(position), {
      ...sum,
      positions: sum.positions + 1,
      costE8: sum.costE8 + position.costE8,
      valueE8: sum.valueE8 + (position.valueE8 ?? position.costE8),
      unrealisedE8: sum.unrealisedE8 + (position.unrealisedE8 ?? 0n),
    });
  }
  return [...totals.values()].sort(bookOrder(first));
}

function marked(raw: PositionRaw): OpenPosition {
  const { quantity: signed, simulated, id, openedAt, priceAt, priceHeardAt, ...rest } = raw;
  const quantity = signed < 0n ? -signed : signed;
  const decimals = { priceDecimals: Number(raw.priceDecimals), quantityDecimals: Number(raw.quantityDecimals) };
  const valueE8 = raw.price === null ? null : notional(raw.price, quantity, decimals);
  return {
    ...rest,
    ...decimals,
    id: Number(id),
    simulated: simulated === 1n,
    direction: signed < 0n ? 'short' : 'long',
    quantity,
    entryPrice: averagePrice(raw.costE8, quantity, decimals),
    priceAt: priceAt === null ? null : Number(priceAt),
    priceHeardAt: priceHeardAt === null ? null : Number(priceHeardAt),
    valueE8,
    unrealisedE8: valueE8 === null ? null : signed < 0n ? raw.costE8 - valueE8 : valueE8 - raw.costE8,
    openedAt: Number(openedAt),
  };
}

const SELECT = `
  SELECT coalesce(p.round_trip, 0) AS id, p.bot, b.name AS botName, p.account, a.mode, a.simulated, a.currency, p.instrument, i.symbol,
         i.exchange, i.price_decimals AS priceDecimals, i.quantity_decimals AS quantityDecimals, p.quantity, p.cost_e8 AS costE8,
         m.price, m.at AS priceAt, m.wall_at AS priceHeardAt, p.stop_price AS stopPrice, p.target_price AS targetPrice,
         coalesce((SELECT t.source FROM trades t WHERE t.round_trip = p.round_trip ORDER BY t.id LIMIT 1), 'BOT') AS source,
         coalesce(p.opened_at, p.updated_at) AS openedAt
  FROM positions p
  JOIN bots b ON b.id = p.bot
  JOIN accounts a ON a.id = p.account
  JOIN instruments i ON i.id = p.instrument
  LEFT JOIN prices m ON m.instrument = p.instrument`;

interface PositionRaw {
  readonly id: bigint;
  readonly bot: string;
  readonly botName: string;
  readonly account: string;
  readonly mode: Mode;
  readonly simulated: bigint;
  readonly currency: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly priceDecimals: bigint;
  readonly quantityDecimals: bigint;
  readonly quantity: bigint;
  readonly costE8: bigint;
  readonly price: bigint | null;
  readonly priceAt: bigint | null;
  readonly priceHeardAt: bigint | null;
  readonly stopPrice: bigint | null;
  readonly targetPrice: bigint | null;
  readonly source: 'BOT' | 'MANUAL';
  readonly openedAt: bigint;
}
