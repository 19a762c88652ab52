import type { AccountId, BotId, InstrumentId } from '../model/ids.ts';
import type { Instrument } from '../model/instrument.ts';
import type { DayReader } from '../model/instant.ts';
import type { Money } from '../model/money.ts';
import type { RiskLimits } from '../risk/limits.ts';
import type { ParamValues, Strategy } from '../strategy/strategy.ts';

export interface AccountConfig {
  readonly id: AccountId;
  readonly currency: string;
  readonly capital: Money;
  /** Reads the trading day of a market instant in the account's zone. */
  readonly days: DayReader;
}

export interface BotConfig {
  readonly id: BotId;
  /** Three characters, part of every order id; fixed when the ledger first meets the bot. */
  readonly code: string;
  readonly account: AccountId;
  readonly instruments: readonly InstrumentId[];
  readonly timeframeMs: number;
  readonly capital: Money;
  readonly strategy: Strategy;
  readonly params: ParamValues;
  readonly limits: RiskLimits;
  /** Bars to see before the strategy is asked; null: until its slowest indicator has settled. */
  readonly warmupBars: number | null;
}

/** All that does not change while the engine runs. */
export interface EngineConfig {
  /** Ties order ids to this installation; empty where no venue outlives the ledger. */
  readonly salt: string;
  readonly accounts: ReadonlyMap<AccountId, AccountConfig>;
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly bots: readonly BotConfig[];
}
