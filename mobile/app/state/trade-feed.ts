import type { TradeItem } from '../../contract/index.ts';

/** The trades that the stream told, in the order of its telling. */
export interface TradeFeed {
  /** How many were ever told: a reader remembers it and later asks for what came since. */
  readonly told: number;
  /** The last of them, newest first. */
  readonly newest: readonly TradeItem[];
}

/** A feed that has told nothing. */
export const NO_TRADES: TradeFeed = { told: 0, newest: [] };

const KEPT = 500;

/** The feed with more told, oldest first. Many messages may come before a page is drawn once: none takes another's place. */
export function withTold(feed: TradeFeed, trades: readonly TradeItem[]): TradeFeed {
  return { told: feed.told + trades.length, newest: [...trades.toReversed(), ...feed.newest].slice(0, KEPT) };
}

/** What was told since `told`, oldest first; null when that can no longer be said: more was told than is kept, or the feed began anew. */
export function toldSince(feed: TradeFeed, told: number): readonly TradeItem[] | null {
  const count = feed.told - told;
  return count < 0 || count > feed.newest.length ? null : feed.newest.slice(0, count).toReversed();
}
