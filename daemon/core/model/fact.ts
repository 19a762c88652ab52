import type { Decision } from './decision.ts';
import type { Trade } from './fill.ts';
import type { AccountId, BotId, InstrumentId } from './ids.ts';
import type { Day, Instant } from './instant.ts';
import type { Money, Price } from './money.ts';
import type { Order, OrderStatus } from './order.ts';
import type { LotClosure, Position } from './position.ts';
import type { RoundTrip } from './round-trip.ts';

/** What became true in a step; the ledger writes all facts of a step in one transaction. */
export type Fact =
  | { readonly kind: 'order'; readonly at: Instant; readonly order: Order; readonly from: OrderStatus | null; readonly event: string }
  | { readonly kind: 'trade'; readonly trade: Trade; readonly tripNumber: number; readonly closures: readonly LotClosure[] }
  | { readonly kind: 'position'; readonly at: Instant; readonly position: Position; readonly levels: Levels; readonly tripNumber: number | null }
  | { readonly kind: 'round-trip'; readonly roundTrip: RoundTrip }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'equity'; readonly equity: EquityPoint }
  | { readonly kind: 'price'; readonly at: Instant; readonly day: Day; readonly instrument: InstrumentId; readonly price: Price }
  | { readonly kind: 'latch'; readonly latch: Latch }
  | { readonly kind: 'bot-state'; readonly at: Instant; readonly bot: BotId; readonly state: BotRunState; readonly reason: string }
  | { readonly kind: 'alert'; readonly at: Instant; readonly alert: Alert };

/** Where a position would be closed, for the stop–entry–target bar. */
export interface Levels {
  readonly stop: Price | null;
  readonly target: Price | null;
}

/** A bot's worth at an instant: `equity = capital + realised − fees + unrealised`. */
export interface EquityPoint {
  readonly bot: BotId;
  readonly account: AccountId;
  readonly at: Instant;
  readonly day: Day;
  readonly equity: Money;
  readonly unrealised: Money;
  readonly realised: Money;
  readonly fees: Money;
}

/** A rule that has closed the door and keeps it closed over restarts: set with `until`, lifted with `liftedAt`. */
export interface Latch {
  readonly scope: 'account' | 'bot' | 'instrument';
  readonly key: AccountId | BotId | InstrumentId;
  readonly rule: string;
  readonly reason: string;
  readonly since: Instant;
  /** The last day it holds; null: until a person lifts it. */
  readonly untilDay: Day | null;
  readonly liftedAt: Instant | null;
}

/** How a bot stands: warming its indicators, trading, or kept from entries by a latch or its own fault. */
export type BotRunState = 'WARMING' | 'RUNNING' | 'HALTED' | 'STOPPING';

export interface Alert {
  /** Stable name, so that the same trouble is one alert: `daily-loss:paper`. */
  readonly key: string;
  readonly severity: 'info' | 'warn' | 'error' | 'critical';
  readonly bot: BotId | null;
  readonly title: string;
  readonly body: string;
}
