/**
 * Rows as the writer takes them. Times are UTC milliseconds of market time unless named `wall…` or `recorded…`; days are YYYYMMDD in
 * the account's zone; `…E8` is money in 1e-8 of its currency; prices and quantities are scaled by their instrument's decimals.
 */

export interface AccountRow {
  readonly id: string;
  readonly venue: string;
  readonly mode: 'paper' | 'live';
  /** Its prices come from a generator. */
  readonly simulated: boolean;
  readonly currency: string;
  readonly capitalE8: bigint;
  /** IANA zone its days are reckoned in. */
  readonly timeZone: string;
  /** Wall time. */
  readonly updatedAt: number;
}

export interface InstrumentRow {
  readonly id: string;
  readonly exchange: string;
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly tick: bigint;
  readonly lot: bigint;
  readonly calendar: string;
  /** Wall time. */
  readonly updatedAt: number;
}

/** A bot of the settings. Its number is the ledger's to give. */
export interface BotRow {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly strategyVersion: number;
  readonly codeHash: string;
  readonly account: string;
  readonly timeframeMs: number;
  readonly capitalE8: bigint;
  readonly instruments: readonly string[];
  /** JSON object. */
  readonly params: string;
  readonly state: BotState;
  readonly reason: string;
  /** Wall time. */
  readonly updatedAt: number;
}
export type BotState = 'WARMING' | 'RUNNING' | 'HALTED' | 'STOPPING';

export interface RunRow {
  readonly pid: number;
  readonly version: string;
  /** Wall time. */
  readonly startedAt: number;
}

export interface OrderRow {
  readonly clientId: string;
  readonly venueId: string | null;
  readonly bot: string;
  readonly account: string;
  readonly instrument: string;
  /** The run that made it; later writes keep the first. */
  readonly run: number;
  readonly slot: string;
  readonly side: 'BUY' | 'SELL';
  readonly type: 'market' | 'limit' | 'stop';
  readonly reduceOnly: boolean;
  readonly quantity: bigint;
  readonly limitPrice: bigint | null;
  readonly triggerPrice: bigint | null;
  readonly arrivalPrice: bigint;
  readonly filled: bigint;
  readonly filledNotionalE8: bigint;
  readonly status: string;
  readonly source: 'BOT' | 'MANUAL';
  readonly reason: string;
  readonly outcome: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Null while it may still fill. */
  readonly closedAt: number | null;
}

/** What moved an order from one status to the next. */
export interface OrderEventRow {
  readonly at: number;
  readonly event: string;
  /** Null at its birth. */
  readonly fromStatus: string | null;
}

/** One execution. Mode and `simulated` are the account's and not the caller's to say. */
export interface TradeRow {
  readonly at: number;
  /** Wall time. */
  readonly recordedAt: number;
  readonly day: number;
  readonly account: string;
  readonly bot: string;
  readonly instrument: string;
  readonly clientId: string;
  readonly venueFillId: string;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: bigint;
  readonly price: bigint;
  readonly notionalE8: bigint;
  readonly feeE8: bigint;
  /** JSON object: name → decimal string. */
  readonly feeParts: string;
  readonly liquidity: 'maker' | 'taker';
  readonly source: 'BOT' | 'MANUAL';
  readonly reason: string;
  readonly grossE8: bigint;
  readonly positionAfter: bigint;
  /** Id of its round trip, as `recordRoundTrip` gave it. */
  readonly roundTrip: number | null;
}

export interface RoundTripRow {
  /** Within its bot and instrument, from 1. */
  readonly number: number;
  readonly account: string;
  readonly bot: string;
  readonly instrument: string;
  readonly direction: 'long' | 'short';
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly closedDay: number | null;
  readonly peakQuantity: bigint;
  readonly entryNotionalE8: bigint;
  readonly exitNotionalE8: bigint;
  readonly grossE8: bigint;
  readonly feesE8: bigint;
  readonly adverseE8: bigint;
  readonly favourableE8: bigint;
  readonly entryReason: string;
  readonly exitReason: string | null;
}

export interface PositionRow {
  readonly bot: string;
  readonly instrument: string;
  readonly account: string;
  /** Signed. */
  readonly quantity: bigint;
  readonly costE8: bigint;
  readonly realisedE8: bigint;
  readonly feesE8: bigint;
  readonly stopPrice: bigint | null;
  readonly targetPrice: bigint | null;
  /** Id of the open round trip; null while flat. */
  readonly roundTrip: number | null;
  readonly openedAt: number | null;
  readonly updatedAt: number;
}

export interface LotRow {
  readonly number: number;
  readonly openedAt: number;
  /** Signed, never 0. */
  readonly quantity: bigint;
  readonly price: bigint;
}

export interface LotClosureRow {
  readonly bot: string;
  readonly instrument: string;
  readonly lot: number;
  readonly openedAt: number;
  readonly closedAt: number;
  readonly quantity: bigint;
  readonly openPrice: bigint;
  readonly closePrice: bigint;
  readonly grossE8: bigint;
}

export interface DecisionRow {
  readonly at: number;
  readonly bot: string;
  readonly instrument: string;
  readonly close: bigint;
  readonly outcome: 'buy' | 'sell' | 'wait' | 'hold' | 'refused' | 'warming' | 'halted';
  readonly reason: string;
  /** JSON object: indicator → number. */
  readonly inputs: string;
  /** JSON array of {rule, verdict, text}. */
  readonly rules: string;
  /** JSON array of client ids. */
  readonly orders: string;
}

/** A bot's worth at an instant; the writer keeps it in steps of a minute, an hour and a day. */
export interface EquityRow {
  readonly bot: string;
  readonly at: number;
  readonly day: number;
  readonly equityE8: bigint;
  readonly unrealisedE8: bigint;
  readonly realisedE8: bigint;
  readonly feesE8: bigint;
}

export interface PriceRow {
  readonly instrument: string;
  readonly at: number;
  /** Wall time at which it was heard. */
  readonly wallAt: number;
  readonly price: bigint;
  readonly day: number;
}

/** Names one latch: at most one of them is active at a time. */
export interface LatchKey {
  readonly scope: 'account' | 'bot' | 'instrument';
  readonly key: string;
  readonly rule: string;
}
export interface LatchRow extends LatchKey {
  readonly reason: string;
  readonly since: number;
  /** The last day it holds; null: until lifted. */
  readonly untilDay: number | null;
}

export interface AlertRow {
  readonly key: string;
  readonly severity: 'info' | 'warn' | 'error' | 'critical';
  readonly bot: string | null;
  readonly title: string;
  readonly body: string;
  readonly at: number;
}

export interface EventRow {
  readonly at: number;
  /** Wall time. */
  readonly recordedAt: number;
  readonly type: string;
  readonly bot: string | null;
  /** JSON. */
  readonly body: string;
}

export interface FeedRow {
  readonly kind: string;
  readonly label: string;
  readonly fingerprint: string;
  readonly simulated: boolean;
  /** Market seconds per second; null: as fast as it is read. */
  readonly speed: number | null;
  readonly faults: number;
  /** JSON array of {where, found, reason}. */
  readonly firstFaults: string;
}
export interface FeedPlace {
  readonly fingerprint: string;
  readonly place: number;
  readonly at: number;
}

export interface BeatRow {
  readonly run: number;
  readonly pid: number;
  /** Wall times. */
  readonly startedAt: number;
  readonly at: number;
  readonly marketAt: number | null;
  readonly cycle: number;
  readonly state: string;
  readonly reason: string | null;
  /** Wall time. */
  readonly feedHeardAt: number | null;
  readonly loopLagMs: number;
}

export interface SettingsRow {
  /** Wall time. */
  readonly at: number;
  readonly hash: string;
  /** JSON. */
  readonly body: string;
}
