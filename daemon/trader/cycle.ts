import { openOrders } from '../core/engine/orders.ts';
import { takeChanges } from '../core/engine/snapshot.ts';
import type { EngineState } from '../core/engine/state.ts';
import { step } from '../core/engine/step.ts';
import type { Effect } from '../core/model/effect.ts';
import type { EngineEvent, VenueEvent } from '../core/model/event.ts';
import type { Fact } from '../core/model/fact.ts';
import type { AccountId } from '../core/model/ids.ts';
import type { FeedItem } from '../ports/market-feed.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Venue } from '../ports/venue.ts';

/** Where the orders of each account go. */
export type Venues = ReadonlyMap<AccountId, Venue>;

/** The trading cycle over an engine, its ledger and its venues. */
export interface Cycles {
  /** Takes over the ledger's open orders at the venues and settles what they say at once. */
  open(): Promise<void>;
  /** Takes one market event through to quiescence. */
  market(item: FeedItem): void;
  /** Takes an event of our own (`stopping`, `resumed`). */
  own(event: EngineEvent): void;
  /** Writes warm-up bars that were gathered. */
  flush(): void;
  /** Number of cycles committed in this life. */
  count(): number;
}

export interface CycleOptions {
  /**
   * Commits the first price of a bar, where it brings nothing about, together with the next event: at full speed half of
   * all commits would tell a price that is overtaken at once. A crash in between loses nothing, the feed tells it again.
   */
  readonly holdOpens?: boolean;
  /** Hears what has become true, once it is on disk. */
  readonly tell?: (facts: readonly Fact[]) => void;
}

/** Warm-up bars decide nothing, so they are committed in batches. */
const WARMUP_BATCH = 500;

/**
 * The order of things that makes a crash harmless: everything a market event brings about (the fills it causes, then the
 * bar itself) is stepped first, committed in one transaction together with the feed's place, and only then are orders
 * sent. What the venue answers comes back as events and is committed the same way. A crash before the commit leaves
 * nothing, and the feed tells the event again; a crash after it leaves orders that the venues take over by their ids.
 */
export function cycles(state: EngineState, ledger: Ledger, venues: Venues, options: CycleOptions = {}): Cycles {
  const { holdOpens = false, tell = () => undefined } = options;
  const inbox: VenueEvent[] = [];
  let facts: Fact[] = [];
  let effects: Effect[] = [];
  let count = 0;
  /** The feed's place after what has been stepped but not yet committed. */
  let place: number | null = null;
  let warmed = 0;

  const advance = (events: readonly EngineEvent[]): void => {
    for (const event of events) {
      const stepped = step(state, event);
      facts.push(...stepped.facts);
      effects.push(...stepped.effects);
    }
  };
  const commit = (): void => {
    const [told, due, reached] = [facts, effects, place];
    [facts, effects, place, warmed] = [[], [], null, 0];
    ledger.commit({ at: state.at, facts: told, state: takeChanges(state), place: reached });
    count += 1;
    tell(told);
    for (const effect of due) perform(effect, state, venues);
  };
  const settle = (): void => {
    while (inbox.length > 0) {
      advance(inbox.splice(0));
      commit();
    }
  };
  const flush = (): void => {
    if (place !== null) commit();
  };

  return {
    async open() {
      for (const [account, venue] of venues) {
        const working = state.cells.filter((cell) => cell.bot.account === account).flatMap(openOrders);
        await venue.open((event) => inbox.push(event), working);
        // A cancel that was committed may never have left.
        for (const order of working) if (order.status === 'PENDING_CANCEL') venue.cancel(order.clientId);
      }
      settle();
      advance([{ kind: 'resumed', at: state.at }]);
      commit();
      settle();
    },
    market(item) {
      if (item.warmup) {
        if (item.event.kind === 'candle-closed') advance([{ ...item.event, history: true }]);
        place = item.place;
        warmed += 1;
        if (warmed >= WARMUP_BATCH) commit();
        return;
      }
      for (const venue of venues.values()) venue.hear(item.event);
      const quiet = inbox.length === 0;
      advance([...inbox.splice(0), item.event]);
      place = item.place;
      if (holdOpens && quiet && item.event.kind === 'candle-opened' && effects.length === 0) return;
      commit();
      settle();
    },
    own(event) {
      advance([event]);
      commit();
      settle();
    },
    flush,
    count: () => count,
  };
}

function perform(effect: Effect, state: EngineState, venues: Venues): void {
  switch (effect.kind) {
    case 'submit':
      return venueOf(effect.order.account, venues).place(effect.order);
    case 'cancel': {
      const cell = state.cells.find((each) => each.orders.has(effect.clientId));
      if (cell !== undefined) venueOf(cell.bot.account, venues).cancel(effect.clientId);
    }
  }
}

function venueOf(account: AccountId, venues: Venues): Venue {
  const venue = venues.get(account);
  if (venue === undefined) throw new Error(`account ${account} has no venue`);
  return venue;
}
