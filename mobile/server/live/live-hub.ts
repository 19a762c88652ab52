import type { ServerResponse } from 'node:http';
import type { LedgerEvent } from '../../../db/views/events.ts';
import type { Views } from '../../../db/views/open-views.ts';
import type { Home, Message, Positions, SystemStatus } from '../../contract/index.ts';
import type { Session } from '../auth/sessions.ts';
import { presentPrices } from '../present/prices.ts';
import { burstGate } from './burst-gate.ts';
import { encode } from './encode.ts';
import { messageOf } from './event-message.ts';
import type { StreamSet } from './stream-set.ts';

/** What the hub tells of: the ledger while there is one, and what is shown of it. */
export interface LiveSource {
  /** The ledger; another object after it was opened anew, null while there is none. */
  readonly ledger: () => Views | null;
  readonly status: (seq: number) => SystemStatus;
  readonly home: (seq: number) => Home;
  readonly positions: () => Positions;
}

/** How often it looks for a commit, and how often it tells what merely moved. */
export const LIVE_PACE = { lookEveryMs: 50, stateEveryMs: 500, pricedEveryMs: 1000, statusEveryMs: 2000 } as const;
/** A phone that missed more than this begins anew with a snapshot. */
export const LONGEST_RESUME = 500;
const PAGE = 500;

/**
 * Follows the ledger while a phone listens and tells all phones the same bytes. An event is told at once and in order;
 * figures at most twice a second. Whatever a phone has been told up to is in the `id:` it resumes from, so that an event
 * is neither lost nor told twice; only a burst of trades is told as one snapshot instead.
 */
export class LiveHub {
  readonly #source: LiveSource;
  readonly #streams: StreamSet;
  readonly #now: () => number;
  readonly #onFault: (error: unknown) => void;
  readonly #gate = burstGate();
  #timer: NodeJS.Timeout | null = null;
  #ledger: Views | null = null;
  #version = -1;
  #revision = 0;
  /** Every event up to this one has been read. */
  #read = 0;
  /** Trades were held back: the next thing told is a snapshot. */
  #swamped = false;
  #moved = false;
  #stateAt = 0;
  #pricedAt = 0;
  #statusAt = 0;
  #statusKey = '';

  /** `now` never goes back; `onFault` hears of a look that failed, after which the next is tried. */
  constructor(source: LiveSource, streams: StreamSet, now: () => number, onFault: (error: unknown) => void) {
    this.#source = source;
    this.#streams = streams;
    this.#now = now;
    this.#onFault = onFault;
  }

  /** The last event that was read. */
  get seq(): number {
    return this.#read;
  }

  /** Begins a stream: with what was missed after `lastSeq`, or with a snapshot. Throws `stream.too-many`. */
  attach(outgoing: ServerResponse, session: Session, lastSeq: number | null): void {
    if (this.#timer === null) this.#begin();
    else this.look();
    const first = this.#firstWords(lastSeq);
    const stream = this.#streams.add(outgoing, session);
    first.forEach((bytes) => stream.send(bytes));
  }

  /** Looks while anybody listens, rests while nobody does. */
  tend(): void {
    if (this.#streams.size > 0 && this.#timer === null) this.#timer = setInterval(() => this.#tryLook(), LIVE_PACE.lookEveryMs);
    if (this.#streams.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  /** One look at the ledger, and what is due to be told. */
  look(): void {
    if (this.#source.ledger() !== this.#ledger) {
      this.#begin();
      this.#tell(this.#snapshot(), this.#read);
    }
    this.#hear();
    if (this.#now() - this.#stateAt >= LIVE_PACE.stateEveryMs) this.#tellState();
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tryLook(): void {
    try {
      this.look();
    } catch (error) {
      this.#onFault(error);
    }
  }

  /** Takes the ledger as it is now for the beginning. */
  #begin(): void {
    this.#ledger = this.#source.ledger();
    this.#version = -1;
    this.#read = this.#ledger?.events.lastSeq() ?? 0;
    this.#revision = this.#ledger?.events.pricesAfter(0).at(-1)?.revision ?? 0;
    this.#swamped = this.#moved = false;
  }

  /** Reads what was committed since the last time and tells events. The version first: a commit in between is seen next time. */
  #hear(): void {
    const ledger = this.#ledger;
    if (ledger === null) return;
    const version = ledger.events.dataVersion();
    if (version === this.#version) return;
    this.#version = version;
    for (let page = ledger.events.eventsAfter(this.#read, PAGE); page.length > 0; page = ledger.events.eventsAfter(this.#read, PAGE)) {
      for (const event of page) this.#hearEvent(ledger, event);
    }
  }

  #hearEvent(ledger: Views, event: LedgerEvent): void {
    this.#read = event.seq;
    this.#moved = true;
    if (event.type === 'trade_executed' && (this.#swamped || !this.#gate(this.#now()))) {
      this.#swamped = true;
      return;
    }
    const message = messageOf(event, ledger, this.#source.status);
    if (message !== null) this.#tell(message, event.seq);
  }

  #tellState(): void {
    const now = this.#now();
    this.#stateAt = now;
    const prices = this.#ledger?.events.pricesAfter(this.#revision) ?? [];
    this.#revision = prices.at(-1)?.revision ?? this.#revision;
    if (this.#swamped) {
      this.#swamped = false;
      this.#tell(this.#snapshot(), this.#read);
    } else if (this.#moved || (prices.length > 0 && now - this.#pricedAt >= LIVE_PACE.pricedEveryMs)) {
      this.#pricedAt = now;
      this.#tell(this.#figures(), this.#read);
    }
    this.#moved = false;
    if (prices.length > 0) this.#tell({ type: 'price_update', seq: this.#read, data: { prices: presentPrices(prices) } }, null);
    this.#tellStatus(now);
  }

  /** Told when it changed, and every two seconds, so that a phone can tell silence from rest. */
  #tellStatus(now: number): void {
    const status = this.#source.status(this.#read);
    const key = JSON.stringify([status.link, status.state, status.reason, status.crashLoop]);
    if (key === this.#statusKey && now - this.#statusAt < LIVE_PACE.statusEveryMs) return;
    this.#statusKey = key;
    this.#statusAt = now;
    this.#tell({ type: 'status_change', seq: this.#read, data: status }, null);
  }

  /** While trades are held back nobody has been told everything up to any event. */
  #tell(message: Message, told: number | null): void {
    this.#streams.broadcast(encode(message, this.#swamped ? null : told));
  }

  /** Events and figures of one state of the ledger: what is committed meanwhile is told to this phone with the others. */
  #firstWords(lastSeq: number | null): readonly Buffer[] {
    const ledger = this.#ledger;
    if (ledger === null) return [encode(this.#snapshot(), this.#read)];
    return ledger.atOnce(() => {
      this.#version = -1;
      this.#hear();
      // A version read inside may be ahead of what could be read there: the next look asks again.
      this.#version = -1;
      return this.#resume(ledger, lastSeq);
    });
  }

  #resume(ledger: Views, lastSeq: number | null): readonly Buffer[] {
    const missed = lastSeq === null ? null : this.#missed(ledger, lastSeq);
    if (missed === null) return [encode(this.#snapshot(), this.#read)];
    return [...missed.map((message) => encode(message, message.seq)), encode(this.#figures(), this.#read)];
  }

  /** The messages after a sequence number, or null where they cannot be told one by one. */
  #missed(ledger: Views, lastSeq: number): readonly Message[] | null {
    if (lastSeq === this.#read) return [];
    if (lastSeq > this.#read) return null;
    const events = ledger.events.eventsAfter(lastSeq, LONGEST_RESUME + 1).filter((event) => event.seq <= this.#read);
    if (events.length > LONGEST_RESUME || events[0]?.seq !== lastSeq + 1) return null;
    return events.flatMap((event) => messageOf(event, ledger, this.#source.status) ?? []);
  }

  #snapshot(): Message {
    return { type: 'snapshot', seq: this.#read, data: { home: this.#source.home(this.#read), positions: this.#source.positions() } };
  }

  #figures(): Message {
    return { type: 'position_update', seq: this.#read, data: { positions: this.#source.positions(), home: this.#source.home(this.#read) } };
  }
}
