import type { BotId, ClientOrderId, InstrumentId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Price } from './money.ts';

export type DecisionOutcome = 'buy' | 'sell' | 'wait' | 'hold' | 'refused' | 'warming' | 'halted';

/** One risk rule's word on an intent. */
export interface RuleVerdict {
  readonly rule: string;
  readonly verdict: 'passed' | 'shrunk' | 'refused';
  readonly text: string | null;
}

/** Why a bar did or did not lead to an order: `10:15 no buy: RSI 41.2 > 35`. */
export interface Decision {
  readonly bot: BotId;
  readonly instrument: InstrumentId;
  readonly at: Instant;
  readonly close: Price;
  /** Indicator values the strategy saw, by name. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outcome: DecisionOutcome;
  readonly reason: string;
  readonly rules: readonly RuleVerdict[];
  readonly orders: readonly ClientOrderId[];
}
