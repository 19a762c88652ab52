import type { Reader } from '../open.ts';

/** An order as it stands. */
export interface OrderStanding {
  readonly id: string;
  readonly slot: string;
  readonly side: 'BUY' | 'SELL';
  readonly type: 'market' | 'limit' | 'stop';
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly quantity: bigint;
  readonly filled: bigint;
  readonly limitPrice: bigint | null;
  readonly triggerPrice: bigint | null;
  readonly status: string;
  readonly reason: string;
  readonly outcome: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A parcel that is still open. */
export interface LotStanding {
  readonly number: number;
  readonly openedAt: number;
  /** Signed. */
  readonly quantity: bigint;
  readonly price: bigint;
}

export interface OrdersView {
  /** What was ordered from a round trip's entry order on until its close, or until now, newest first. */
  readonly ofRoundTrip: (id: number, limit: number) => readonly OrderStanding[];
  /** Oldest first. */
  readonly lots: (bot: string, instrument: string) => readonly LotStanding[];
}

/** Read model of the orders and lots behind a position. */
export function ordersView(db: Reader): OrdersView {
  const selectOfTrip = db.prepare<[{ id: number; limit: number }], OrderRaw>(`
    SELECT o.client_id AS id, o.slot, o.side, o.type, i.price_decimals AS priceDecimals, i.quantity_decimals AS quantityDecimals,
           o.quantity, o.filled, o.limit_price AS limitPrice, o.trigger_price AS triggerPrice, o.status, o.reason, o.outcome,
           o.created_at AS createdAt, o.updated_at AS updatedAt
    FROM round_trips r CROSS JOIN orders o INDEXED BY orders_of_instrument ON o.bot = r.bot AND o.instrument = r.instrument
    CROSS JOIN instruments i ON i.id = o.instrument
    WHERE r.id = @id AND o.created_at <= coalesce(r.closed_at, ${Number.MAX_SAFE_INTEGER}) AND o.created_at >= coalesce((${ENTRY_ORDER}), r.opened_at)
    ORDER BY o.created_at DESC, o.client_id DESC LIMIT @limit`);
  const selectLots = db.prepare<[string, string], LotRaw>(
    'SELECT number, opened_at AS openedAt, quantity, price FROM lots WHERE bot = ? AND instrument = ? ORDER BY number',
  );

  return {
    ofRoundTrip: (id, limit) =>
      selectOfTrip.all({ id, limit }).map((raw) => ({
        ...raw,
        priceDecimals: Number(raw.priceDecimals),
        quantityDecimals: Number(raw.quantityDecimals),
        createdAt: Number(raw.createdAt),
        updatedAt: Number(raw.updatedAt),
      })),
    lots: (bot, instrument) =>
      selectLots.all(bot, instrument).map((raw) => ({ ...raw, number: Number(raw.number), openedAt: Number(raw.openedAt) })),
  };
}

/** The entry order was made before its first fill began the trip. */
const ENTRY_ORDER = `
  SELECT min(e.created_at) FROM trades t CROSS JOIN orders e ON e.client_id = t.client_id WHERE t.round_trip = r.id`;

interface OrderRaw extends Omit<OrderStanding, 'priceDecimals' | 'quantityDecimals' | 'createdAt' | 'updatedAt'> {
  readonly priceDecimals: bigint;
  readonly quantityDecimals: bigint;
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
}
interface LotRaw extends Omit<LotStanding, 'number' | 'openedAt'> {
  readonly number: bigint;
  readonly openedAt: bigint;
}
