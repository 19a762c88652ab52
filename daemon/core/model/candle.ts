import { type Instant, later } from './instant.ts';
import type { Price, Quantity } from './money.ts';

/** One bar of prices. Known whole only at its close, `openAt + timeframeMs`. */
export interface Candle {
  readonly openAt: Instant;
  readonly timeframeMs: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: Quantity;
}

export const closeOf = (candle: Candle): Instant => later(candle.openAt, candle.timeframeMs);
