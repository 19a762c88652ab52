import type { Decimal, Iso, Mode, Side, Source } from './decimal.ts';
import type { TradeItem } from './trades.ts';

export interface PositionItem {
  /** The open round trip's number: stable while the position is open, and its page afterwards. */
  readonly id: number;
  readonly bot: string;
  readonly botName: string;
  readonly account: string;
  readonly mode: Mode;
  readonly simulated: boolean;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly currency: string;
  readonly direction: 'long' | 'short';
  /** Absolute quantity. */
  readonly quantity: Decimal;
  readonly entry: Decimal;
  readonly current: Decimal | null;
  /** Market time and wall time of the current price. */
  readonly currentAt: Iso | null;
  readonly currentHeardAt: Iso | null;
  readonly cost: Decimal;
  readonly value: Decimal | null;
  /** Open result before exit fees. */
  readonly profit: Decimal | null;
  readonly profitPercent: number | null;
  readonly stop: Decimal | null;
  readonly target: Decimal | null;
  readonly source: Source;
  readonly openedAt: Iso;
}

export interface Positions {
  readonly items: readonly PositionItem[];
  readonly totals: readonly { readonly currency: string; readonly mode: Mode; readonly simulated: boolean; readonly positions: number; readonly cost: Decimal; readonly value: Decimal; readonly profit: Decimal; readonly profitPercent: number | null }[];
}

export interface PositionPage {
  /** Null once the round trip is closed. */
  readonly position: PositionItem | null;
  readonly entryReason: string;
  readonly closedAt: Iso | null;
  readonly net: Decimal;
  readonly currency: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly lots: readonly { readonly number: number; readonly openedAt: Iso; readonly quantity: Decimal; readonly price: Decimal }[];
  readonly orders: readonly OrderItem[];
  readonly trades: readonly TradeItem[];
}

export interface OrderItem {
  readonly id: string;
  readonly slot: string;
  readonly side: Side;
  readonly type: 'market' | 'limit' | 'stop';
  readonly quantity: Decimal;
  readonly filled: Decimal;
  readonly limit: Decimal | null;
  readonly trigger: Decimal | null;
  readonly status: string;
  readonly reason: string;
  readonly outcome: string | null;
  readonly createdAt: Iso;
  readonly updatedAt: Iso;
}
