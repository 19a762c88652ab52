import { openOrders } from '../core/engine/orders.ts';
import { takeChanges } from '../core/engine/snapshot.ts';
import type { EngineState } from '../core/engine/state.ts';
import { step } from '../core/engine/step.ts';
import type { Effect } from '../core/model/effect.ts';
import type { EngineEvent, VenueEvent } from '../core/model/event.ts';
import type { Fact } from '../core/model/fact.ts';
import type { AccountId } from '../core/model/ids.ts';
import type { Instant } from '../core/model/instant.ts';
import type { FeedItem } from '../ports/market-feed.ts';
import type { Cycle, Ledger } from '../ports/ledger.ts';
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
  /**
   * The market stood still since the last life, because the feed goes on at its place: what the stop had cancelled is asked
   * for again at once. Otherwise that waits for the first event, whose time tells how stale it has become.
   */
  readonly stoodStill?: boolean;
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
  const { holdOpens = false, stoodStill = true, tell = () => undefined } = options;
  const inbox: VenueEvent[] = [];
  const draft = draftOver(state);
  let count = 0;
  let resumed = false;

  const commit = (): void => {
    const { cycle, effects } = draft.take();
    ledger.commit(cycle);
    count += 1;
    tell(cycle.facts);
    for (const effect of effects) perform(effect, state, venues);
  };
  const settle = (): void => {
    while (inbox.length > 0) {
      draft.advance(inbox.splice(0));
      commit();
    }
  };
  const takeAll = (events: readonly EngineEvent[]): void => {
    draft.advance(events);
    commit();
    settle();
  };

  const resume = (at: Instant): void => {
    resumed = true;
    takeAll([{ kind: 'resumed', at }]);
  };

  return {
    async open() {
      await takeOver(state, venues, (event) => inbox.push(event));
      settle();
      if (stoodStill) resume(state.at);
    },
    market(item) {
      if (item.warmup) {
        draft.warm(item);
        if (draft.warmed() >= WARMUP_BATCH) commit();
        return;
      }
      if (!resumed) resume(item.event.at);
      for (const venue of venues.values()) venue.hear(item.event);
      const quiet = inbox.length === 0;
      draft.advance([...inbox.splice(0), item.event], item.place);
      if (holdOpens && quiet && item.event.kind === 'candle-opened' && !draft.hasEffects()) return;
      commit();
      settle();
    },
    own: (event) => {
      takeAll([event]);
    },
    flush: () => {
      if (draft.hasPlace()) commit();
    },
    count: () => count,
  };
}

/** What has been stepped but not yet committed. */
interface Draft {
  advance(events: readonly EngineEvent[], place?: number): void;
  warm(item: FeedItem): void;
  warmed(): number;
  hasEffects(): boolean;
  hasPlace(): boolean;
  take(): { readonly cycle: Cycle; readonly effects: readonly Effect[] };
}

function draftOver(state: EngineState): Draft {
  let facts: Fact[] = [];
  let effects: Effect[] = [];
  let place: number | null = null;
  let warmed = 0;
  const advance = (events: readonly EngineEvent[], reached?: number): void => {
    for (const event of events) {
      const stepped = step(state, event);
      facts.push(...stepped.facts);
      effects.push(...stepped.effects);
    }
    place = reached ?? place;
  };
  return {
    advance,
    warm({ event, place: reached }) {
      advance(event.kind === 'candle-closed' ? [{ ...event, history: true }] : [], reached);
      warmed += 1;
    },
    warmed: () => warmed,
    hasEffects: () => effects.length > 0,
    hasPlace: () => place !== null,
    take() {
      const taken = { cycle: { at: state.at, facts, state: takeChanges(state), place }, effects };
      [facts, effects, place, warmed] = [[], [], null, 0];
      return taken;
    },
  };
}

/** Hands every venue the orders that the ledger holds open on its account. */
async function takeOver(state: EngineState, venues: Venues, sink: (event: VenueEvent) => void): Promise<void> {
  for (const [account, venue] of venues) {
    const working = state.cells.filter((cell) => cell.bot.account === account).flatMap(openOrders);
    await venue.open(sink, working);
    // A cancel that was committed may never have left.
    for (const order of working) if (order.status === 'PENDING_CANCEL') venue.cancel(order.clientId);
  }
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
