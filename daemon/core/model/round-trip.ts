import type { AccountId, BotId, InstrumentId } from './ids.ts';
import type { Day, Instant } from './instant.ts';
import type { Money, Quantity } from './money.ts';

/** Flat → open → flat, with its net profit. Win rate and profit factor count these. */
export interface RoundTrip {
  /** Number within its bot and instrument, from 1. */
  readonly number: number;
  readonly bot: BotId;
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly direction: 'long' | 'short';
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** The day of its close in the account's zone. */
  readonly closedDay: Day | null;
  readonly peakQuantity: Quantity;
  readonly entryNotional: Money;
  readonly exitNotional: Money;
  readonly gross: Money;
  /** Entry and exit fees together: a trip owns what it cost to open. */
  readonly fees: Money;
  /** Worst and best open result seen at bar resolution (adverse ≤ 0 ≤ favourable). */
  readonly adverse: Money;
  readonly favourable: Money;
  readonly entryReason: string;
  readonly exitReason: string | null;
}
