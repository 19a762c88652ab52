import type { AccountId, BotId, InstrumentId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Money, Price, Quantity } from './money.ts';

/** An open parcel in order of purchase, kept beside the average cost for tax files. */
export interface Lot {
  /** Number of the lot within its bot and instrument, from 1. */
  readonly number: number;
  readonly openedAt: Instant;
  /** Signed like the position: negative lots are short. */
  readonly quantity: Quantity;
  readonly price: Price;
}

/** What one bot holds of one instrument. The cost total is the state; the average price is derived, so that a full close leaves exactly nothing. */
export interface Position {
  readonly bot: BotId;
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  /** Signed, net. */
  readonly quantity: Quantity;
  /** Open cost of the whole quantity, never negative, without fees. */
  readonly cost: Money;
  /** Gross profit realised so far, over the life of the bot on this instrument. */
  readonly realised: Money;
  /** Fees paid so far. */
  readonly fees: Money;
  readonly openedAt: Instant | null;
  readonly lots: readonly Lot[];
  /** Number the next lot will get. */
  readonly nextLot: number;
}

/** A piece of a lot that a trade closed, first in first out. */
export interface LotClosure {
  readonly lot: number;
  readonly openedAt: Instant;
  readonly closedAt: Instant;
  /** Positive. */
  readonly quantity: Quantity;
  readonly openPrice: Price;
  readonly closePrice: Price;
  readonly gross: Money;
}
