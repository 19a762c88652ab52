import { dayStart, EARLIEST_START_MS, LATEST_END_MS, utcDay } from '../day.ts';
import type { Mode } from './accounts.ts';

/** Which executions are asked for; all conditions hold together. Days are YYYYMMDD in the account's zone and include both ends. */
export interface TradeFilter {
  readonly fromDay?: number;
  readonly toDay?: number;
  /** Instants, UTC milliseconds: from this one on. */
  readonly from?: number;
  /** Up to, and without, this one. */
  readonly to?: number;
  /** An instrument's id, or its symbol on any exchange. */
  readonly symbol?: string;
  readonly side?: 'BUY' | 'SELL';
  readonly source?: 'BOT' | 'MANUAL';
  readonly bot?: string;
  readonly mode?: Mode;
}

/** The place of a trade in the order of lists: by time, then id. */
export interface TradeKey {
  readonly at: number;
  readonly id: number;
}

/** Before every trade there can be. */
export const NEWEST: TradeKey = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/** Instants between which every trade of a filter lies, from the first, up to and without the second. */
export function instantBounds(filter: TradeFilter): { readonly from: number; readonly to: number } {
  return {
    from: Math.max(filter.from ?? 0, filter.fromDay === undefined ? 0 : dayStart(filter.fromDay) + EARLIEST_START_MS),
    to: Math.min(filter.to ?? NEWEST.at, filter.toDay === undefined ? NEWEST.at : dayStart(filter.toDay) + LATEST_END_MS),
  };
}

/** The days that lie in a filter whole, whatever their zone: first to last; none where the first is after the last. */
export function wholeDays(filter: TradeFilter): { readonly first: number; readonly last: number } {
  const first = filter.from === undefined ? 0 : utcDay(filter.from - EARLIEST_START_MS + DAY - 1);
  const last = filter.to === undefined ? 99_991_231 : utcDay(filter.to - LATEST_END_MS);
  return { first: Math.max(first, filter.fromDay ?? 0), last: Math.min(last, filter.toDay ?? 99_991_231) };
}
const DAY = 86_400_000;

/** True where the filter speaks of no time at all. */
export function isTimeless(filter: TradeFilter): boolean {
  return filter.from === undefined && filter.to === undefined && filter.fromDay === undefined && filter.toDay === undefined;
}
