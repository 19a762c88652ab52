import type { Decimal, Iso, Mode } from './decimal.ts';

export interface BotCard {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly account: string;
  readonly mode: Mode;
  readonly simulated: boolean;
  readonly currency: string;
  readonly instruments: readonly string[];
  readonly timeframe: string;
  readonly state: 'WARMING' | 'RUNNING' | 'HALTED' | 'STOPPING' | 'OFF';
  readonly reason: string;
  readonly openPositions: number;
  /** Realised today minus fees, plus the change of the open result. */
  readonly todayNet: Decimal;
  /** Realised minus fees plus open result, over the bot's life. */
  readonly totalNet: Decimal;
  readonly capital: Decimal;
  readonly equity: Decimal;
  /** Equity of the last day in even steps, oldest first, at most 40: for a spark, as decimals. */
  readonly spark: readonly Decimal[];
  readonly updatedAt: Iso | null;
}

export interface BotPage extends BotCard {
  readonly params: Readonly<Record<string, number | boolean | string | null>>;
  readonly decisions: readonly DecisionItem[];
}

export interface DecisionItem {
  readonly id: number;
  readonly at: Iso;
  readonly bot: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly close: Decimal;
  readonly outcome: 'buy' | 'sell' | 'wait' | 'hold' | 'refused' | 'warming' | 'halted';
  readonly reason: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly rules: readonly { readonly rule: string; readonly verdict: 'passed' | 'shrunk' | 'refused'; readonly text: string | null }[];
}

export interface Decisions {
  readonly items: readonly DecisionItem[];
  readonly next: string | null;
}
