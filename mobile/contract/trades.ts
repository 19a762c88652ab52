import type { Decimal, Iso, Mode, Side, Source } from './decimal.ts';

/** One execution. */
export interface TradeItem {
  readonly id: number;
  readonly at: Iso;
  /** YYYY-MM-DD in the account's zone. */
  readonly day: string;
  readonly account: string;
  readonly mode: Mode;
  readonly simulated: boolean;
  readonly bot: string;
  readonly botName: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly currency: string;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly notional: Decimal;
  readonly fee: Decimal;
  readonly source: Source;
  readonly reason: string;
  /** Realised by this execution before fees; "0" where it only opened. */
  readonly gross: Decimal;
  /** `gross − fee`. These add up to the day's realised profit. */
  readonly net: Decimal;
  /** False where the execution only opened or added. */
  readonly closes: boolean;
  readonly positionAfter: Decimal;
  readonly order: string;
  readonly roundTrip: number | null;
  /** Net of its whole round trip, entry fees too, where this execution closed it; else null. */
  readonly roundTripNet: Decimal | null;
}

export interface TradeSummary {
  readonly count: number;
  /** One entry per currency, mode and kind of price: never added together. */
  readonly totals: readonly { readonly currency: string; readonly mode: Mode; readonly simulated?: boolean; readonly trades: number; readonly notional: Decimal; readonly gross: Decimal; readonly fees: Decimal; readonly net: Decimal }[];
}

/** Net of one day, for the day heads of the list. */
export interface DayNet {
  readonly day: string;
  readonly totals: readonly { readonly currency: string; readonly mode: Mode; readonly simulated?: boolean; readonly trades: number; readonly net: Decimal }[];
}

export interface Trades {
  readonly items: readonly TradeItem[];
  /** Cursor of the next older page; null at the end. */
  readonly next: string | null;
  /** Of the whole filter; only on the first page (no cursor). */
  readonly summary: TradeSummary | null;
  /** Of all trades, unfiltered; only on the first page. */
  readonly total: number | null;
  /** The days that appear in `items`, under the same filter. */
  readonly days: readonly DayNet[];
  /** What the filters may be set to. */
  readonly symbols: readonly { readonly instrument: string; readonly symbol: string; readonly exchange: string }[];
}

export interface RoundTripItem {
  readonly id: number;
  readonly bot: string;
  readonly botName: string;
  readonly mode: Mode;
  readonly simulated: boolean;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly currency: string;
  readonly direction: 'long' | 'short';
  readonly openedAt: Iso;
  readonly closedAt: Iso | null;
  readonly peakQuantity: Decimal;
  readonly entryNotional: Decimal;
  readonly exitNotional: Decimal;
  readonly gross: Decimal;
  readonly fees: Decimal;
  readonly net: Decimal;
  readonly entryReason: string;
  readonly exitReason: string | null;
}
export interface RoundTrips {
  readonly items: readonly RoundTripItem[];
  readonly next: string | null;
}

export interface EquityCurve {
  readonly resolutionSeconds: number;
  readonly series: readonly { readonly bot: string; readonly currency: string; readonly mode: Mode; readonly simulated: boolean; readonly points: readonly { readonly at: Iso; readonly equity: Decimal }[] }[];
}
