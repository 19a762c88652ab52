import type { Decimal, Iso, Side } from './decimal.ts';
import type { Home, SystemStatus } from './home.ts';
import type { Positions } from './positions.ts';
import type { AlertItem, LogLine } from './system.ts';
import type { TradeItem } from './trades.ts';

/**
 * `GET /api/stream` (text/event-stream). Each message has `event:` = `type` and `data:` = the JSON of `Message`. Messages that tell a
 * ledger event carry `id:` = its sequence number; resume with `Last-Event-ID`. A `snapshot` is sent first, and again whenever the
 * gap since the last id is too old or too long to be told one by one.
 */
export type Message =
  | { readonly type: 'snapshot'; readonly seq: number; readonly data: { readonly home: Home; readonly positions: Positions } }
  | { readonly type: 'trade_executed'; readonly seq: number; readonly data: TradeItem }
  | { readonly type: 'position_update'; readonly seq: number; readonly data: { readonly positions: Positions; readonly home: Home } }
  | { readonly type: 'price_update'; readonly seq: number; readonly data: { readonly prices: readonly PriceItem[] } }
  | { readonly type: 'status_change'; readonly seq: number; readonly data: SystemStatus }
  | { readonly type: 'alert'; readonly seq: number; readonly data: AlertItem }
  | { readonly type: 'log'; readonly seq: number; readonly data: { readonly lines: readonly LogLine[] } };

export interface PriceItem {
  readonly instrument: string;
  readonly symbol: string;
  readonly price: Decimal;
  readonly at: Iso;
  readonly heardAt: Iso;
}

export interface TradeToast {
  readonly id: number;
  readonly side: Side;
  readonly symbol: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
}
