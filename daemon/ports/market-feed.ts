import type { MarketEvent } from '../core/model/event.ts';
import type { Instant } from '../core/model/instant.ts';

export type FeedKind = 'replay' | 'simulated' | 'live';

export interface FeedDescription {
  readonly kind: FeedKind;
  /** What the phone calls it: `replay of 2 files`, `simulated, seed 7`. */
  readonly label: string;
  /** Fingerprint of what defines the sequence of events; a stored place is only good for the same fingerprint. */
  readonly fingerprint: string;
  /** Market seconds per wall second; Infinity plays as fast as it is read. */
  readonly speed: number;
}

/** One market event and the place after it: a feed opened at that place goes on with the next event. */
export interface FeedItem {
  readonly event: MarketEvent;
  readonly place: number;
  /** True while the bar only warms indicators up: no decision is taken on it. */
  readonly warmup: boolean;
}

/** Rows or messages that could not be trusted: counted, the first ten named, none traded on. */
export interface FeedFaults {
  readonly count: number;
  readonly first: readonly FeedFault[];
}
export interface FeedFault {
  /** File and line, or the message's kind. */
  readonly where: string;
  readonly found: string;
  readonly reason: string;
}

/** Where prices come from. Pulled one event at a time; events never go back in market time. */
export interface MarketFeed {
  readonly description: FeedDescription;
  /**
   * Makes ready to go on after `place` (0: from the beginning). Throws `Refusal` where nothing can be played: a missing
   * file, a file of nothing but faults.
   */
  open(place: number): Promise<void>;
  /** Passes over every event up to and including a market time, at once and unheard: what was traded on another feed before. */
  pass(until: Instant): Promise<void>;
  /** The next event, at its due time by the feed's speed; null once a finite feed is over or the signal has aborted. */
  next(signal: AbortSignal): Promise<FeedItem | null>;
  faults(): FeedFaults;
  /** Market time of the last event before the end, when that is known beforehand; null for an endless feed. */
  endsAt(): Instant | null;
  close(): Promise<void>;
}
