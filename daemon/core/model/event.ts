import type { Candle } from './candle.ts';
import type { Fee, Liquidity } from './fill.ts';
import type { ClientOrderId, InstrumentId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Price, Quantity } from './money.ts';

/** A bar has begun: the first price of it is known, nothing else. Market orders of a bar feed fill here. */
export interface CandleOpened {
  readonly kind: 'candle-opened';
  readonly at: Instant;
  readonly instrument: InstrumentId;
  readonly timeframeMs: number;
  readonly price: Price;
  /** Volume of the bar before it, where the feed knows one: all that an open can tell of how much may be traded. */
  readonly previousVolume?: Quantity;
}

/** A bar is whole. `at` is when it is learnt: its close on a good feed, later on a late one. */
export interface CandleClosed {
  readonly kind: 'candle-closed';
  readonly at: Instant;
  readonly instrument: InstrumentId;
  readonly candle: Candle;
  /** True for bars of the past that only warm indicators up: no decision is taken on them. */
  readonly history?: true;
}

export type MarketEvent = CandleOpened | CandleClosed;

/** What a venue says about one of our orders. */
export type VenueEvent =
  | { readonly kind: 'order-submitted'; readonly at: Instant; readonly clientId: ClientOrderId }
  | { readonly kind: 'order-accepted'; readonly at: Instant; readonly clientId: ClientOrderId; readonly venueId: string }
  | { readonly kind: 'order-rejected'; readonly at: Instant; readonly clientId: ClientOrderId; readonly code: string; readonly reason: string }
  | { readonly kind: 'order-triggered'; readonly at: Instant; readonly clientId: ClientOrderId }
  | {
      readonly kind: 'order-filled';
      readonly at: Instant;
      readonly clientId: ClientOrderId;
      readonly venueFillId: string;
      readonly quantity: Quantity;
      readonly price: Price;
      readonly fee: Fee;
      readonly liquidity: Liquidity;
    }
  | { readonly kind: 'order-canceled'; readonly at: Instant; readonly clientId: ClientOrderId; readonly reason: string }
  | { readonly kind: 'order-expired'; readonly at: Instant; readonly clientId: ClientOrderId; readonly reason: string }
  | { readonly kind: 'cancel-rejected'; readonly at: Instant; readonly clientId: ClientOrderId; readonly reason: string };

/** The process is asked to stop: no new entries, entry orders are cancelled, protective ones stay. */
export interface Stopping {
  readonly kind: 'stopping';
  readonly at: Instant;
}

/** A new life begins at the market instant the last one stopped at: entries that its stop had cancelled are asked for again, if they are still fresh. */
export interface Resumed {
  readonly kind: 'resumed';
  readonly at: Instant;
}

export type EngineEvent = MarketEvent | VenueEvent | Stopping | Resumed;
