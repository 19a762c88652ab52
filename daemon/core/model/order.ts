import type { AccountId, BotId, ClientOrderId, InstrumentId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Money, Price, Quantity } from './money.ts';

export type Side = 'BUY' | 'SELL';
export type OrderType = 'market' | 'limit' | 'stop';
/** Who wanted it: a bot of ours (its strategy or its risk rules), or a person at the venue. */
export type Source = 'BOT' | 'MANUAL';

/** The states of an order; the moves between them are tabled in `engine/order-machine.ts`. */
export type OrderStatus =
  | 'INTENDED'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'TRIGGERED'
  | 'PARTIALLY_FILLED'
  | 'PENDING_UPDATE'
  | 'PENDING_CANCEL'
  | 'FILLED'
  | 'CANCELED'
  | 'EXPIRED'
  | 'REJECTED'
  | 'DENIED';

export interface Order {
  readonly clientId: ClientOrderId;
  readonly bot: BotId;
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  /** What the order is for, by name: `entry`, `stop`, `take`, or a strategy's own word. One working order per slot. */
  readonly slot: string;
  readonly side: Side;
  readonly type: OrderType;
  /** May only shrink a position: clipped to it when it fills, and outside every entry rule. */
  readonly reduceOnly: boolean;
  readonly quantity: Quantity;
  /** What was asked for before the risk gate cut it: asking for as much again is no new wish. */
  readonly asked: Quantity;
  /** Limit price; null for market and stop orders. */
  readonly limit: Price | null;
  /** Trigger price of a stop; null otherwise. */
  readonly trigger: Price | null;
  /** Last price when it was decided, the yardstick of slippage. */
  readonly arrival: Price;
  readonly source: Source;
  /** Why, in the words the phone shows: `RSI 28.4 ≤ 35`. */
  readonly reason: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly status: OrderStatus;
  /** The state to fall back to when a pending cancel or update is refused. */
  readonly resting: OrderStatus;
  readonly venueId: string | null;
  readonly filled: Quantity;
  readonly filledNotional: Money;
  /** Why it ended, where it did not fill: the venue's or the risk gate's code and text. */
  readonly outcome: string | null;
}

declare const approval: unique symbol;
/** What has passed the risk gate; the only thing a venue takes. Made in `risk/gate.ts` alone. */
export type Approved<T> = T & { readonly [approval]: true };

const CLOSED: ReadonlySet<OrderStatus> = new Set(['FILLED', 'CANCELED', 'EXPIRED', 'REJECTED', 'DENIED']);
export const isClosed = (status: OrderStatus): boolean => CLOSED.has(status);
