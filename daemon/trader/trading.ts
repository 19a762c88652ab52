import type { EngineState } from '../core/engine/state.ts';
import { openOrders } from '../core/engine/orders.ts';
import type { Order } from '../core/model/order.ts';
import type { CandleArchive } from '../ports/candle-archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { FeedItem, MarketFeed } from '../ports/market-feed.ts';
import type { Instant } from '../core/model/instant.ts';
import { EXIT, Refusal } from '../ports/refusal.ts';
import { type Cycles, type Venues, cycles } from './cycle.ts';
import { factLogger } from './log-facts.ts';

export interface TradingParts {
  readonly state: EngineState;
  readonly feed: MarketFeed;
  readonly venues: Venues;
  readonly ledger: Ledger;
  readonly archive: CandleArchive;
  readonly clock: Clock;
  readonly log: Log;
  /** Market time the ledger has already traded to on another feed; events up to it are passed over. Null on the same feed. */
  readonly skipUntil: Instant | null;
}

/** What the outside may see of a trading life. */
export interface Trading {
  /** Trades until the signal aborts (`stopped`) or a finite feed is over (`ended`). Errors of the ledger come through. */
  run(signal: AbortSignal): Promise<'stopped' | 'ended'>;
  /** Cancels entry orders, keeps protective ones, and tells what is left open after it. */
  stop(): Promise<Left>;
  cycle(): number;
  /** Wall time of the last market event of this life. */
  heardAt(): number | null;
}

export interface Left {
  readonly protective: readonly Order[];
  /** Entry orders whose end is not proved. */
  readonly unproved: readonly Order[];
}

/** How long a stop waits for the next prices of a replay to fill entries that are on their way. */
const DRAIN_MS = 1_500;

export function trading(parts: TradingParts): Trading {
  const { state, feed, clock, log } = parts;
  const cycle: Cycles = cycles(state, parts.ledger, parts.venues, {
    holdOpens: feed.description.speed === Infinity,
    stoodStill: parts.skipUntil === null,
    tell: factLogger(log),
  });
  let heardAt: number | null = null;
  let opened = false;

  const take = (item: FeedItem): void => {
    heardAt = clock.now();
    cycle.market(item);
    if (item.event.kind === 'candle-closed') parts.archive.add(item.event.instrument, item.event.candle);
  };

  return {
    async run(signal) {
      await cycle.open();
      opened = true;
      const first = await firstItem(parts, signal);
      if (first !== null) take(first);
      for (let item = first; item !== null && !signal.aborted; ) {
        item = await feed.next(signal);
        if (item !== null) take(item);
      }
      cycle.flush();
      return signal.aborted ? 'stopped' : 'ended';
    },
    async stop() {
      if (!opened) return { protective: [], unproved: [] };
      await drain(parts, take);
      cycle.own({ kind: 'stopping', at: state.at });
      const left = state.cells.flatMap(openOrders);
      const protective = left.filter((order) => order.reduceOnly);
      const unproved = left.filter((order) => !order.reduceOnly);
      log.info({ keptProtective: protective.length, leftUnproved: unproved.length }, 'trading stopped');
      return { protective, unproved };
    },
    cycle: cycle.count,
    heardAt: () => heardAt,
  };
}

/** The first event to trade on; a feed that has nothing newer than the ledger is refused rather than played silently to its end. */
async function firstItem({ feed, skipUntil }: TradingParts, signal: AbortSignal): Promise<FeedItem | null> {
  if (skipUntil !== null) await feed.pass(skipUntil);
  const item = await feed.next(signal);
  if (item === null && skipUntil !== null && !signal.aborted) throw behind(skipUntil);
  return item;
}

function behind(until: Instant): Refusal {
  const path = 'feed';
  const found = 'a feed whose last price is older than what this data folder has already traded';
  const expected = `prices after ${new Date(until).toISOString()}`;
  const remedy = 'use another data folder (--data DIR, or the setting dataDir) for a new replay';
  return new Refusal('FEED_BEHIND_LEDGER', EXIT.refused, `${found}; ${remedy}`, [{ path, found, expected, remedy }]);
}

/**
 * Before the stop: where the next prices come at once (a replay at speed), entries that are on their way are let
 * arrive, so that stopping and going on gives the very trades of not stopping.
 */
async function drain({ state, feed, clock }: TradingParts, take: (item: FeedItem) => void): Promise<void> {
  const limit = new AbortController();
  const until = clock.monotonic() + DRAIN_MS;
  const timer = clock.sleep(DRAIN_MS, limit.signal).then(() => {
    limit.abort();
  });
  while (hasMarketEntry(state) && clock.monotonic() < until) {
    const item = await feed.next(limit.signal);
    if (item === null) break;
    take(item);
  }
  limit.abort();
  await timer;
}

const hasMarketEntry = (state: EngineState): boolean =>
  state.cells.some((cell) => openOrders(cell).some((order) => order.type === 'market' && !order.reduceOnly));
