import type { InstrumentId } from './ids.ts';
import type { Money, Price, Quantity, Scale } from './money.ts';

/** What is traded, and the grain it is traded in. Prices and quantities are scaled by decimals, never counted in ticks: a venue may change its tick. */
export interface Instrument extends Scale {
  readonly id: InstrumentId;
  readonly exchange: string;
  readonly symbol: string;
  readonly base: string;
  /** The currency of its prices, notionals, fees and profits. */
  readonly quote: string;
  /** Smallest step of a price, in scaled price units, above 0. */
  readonly tick: Price;
  /** Smallest step of a quantity, in scaled quantity units, above 0. */
  readonly lot: Quantity;
  readonly minQuantity: Quantity;
  readonly maxQuantity: Quantity | null;
  readonly minNotional: Money;
  readonly calendar: CalendarId;
  readonly fees: FeeSchedule;
}

export type CalendarId = '24x7' | 'NSE';

/** How a fill is charged: a flat rate by liquidity, or a named dated schedule of an exchange. */
export type FeeSchedule =
  | { readonly kind: 'flat'; readonly makerPpm: number; readonly takerPpm: number }
  | { readonly kind: 'schedule'; readonly name: 'nse-delivery' | 'nse-intraday' };
