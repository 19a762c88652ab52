import type { Instant } from '../model/instant.ts';

/** A closed bar as a strategy sees it: plain numbers, because a strategy reasons and never books. */
export interface Bar {
  readonly at: Instant;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}
