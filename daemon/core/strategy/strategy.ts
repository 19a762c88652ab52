import type { Bar } from '../indicators/bar.ts';
import type { Indicator, Reading } from '../indicators/indicator.ts';
import type { Side } from '../model/order.ts';
import type { ParamDeclarations, ParamFault, ParamValues, ParamsOf } from './params.ts';

export type { Bar } from '../indicators/bar.ts';
export type { ParamValues } from './params.ts';

/** What the bot holds of the instrument, in plain numbers. */
export interface Holding {
  /** Signed; 0 when flat. */
  readonly quantity: number;
  /** Average entry price; 0 when flat. */
  readonly average: number;
  /** Open result in percent of cost, before fees; 0 when flat. */
  readonly percent: number;
  /** The price at which a sale would leave nothing, the fees of its entry and of the sale counted; 0 when flat. */
  readonly breakEven: number;
}

/** An order a strategy wants to be working now, under a slot of its own. What it no longer wants is cancelled. */
export interface Wanted {
  readonly side: Side;
  readonly type: 'limit' | 'stop';
  /** Quantity of the base; the kernel cuts it to the lot. */
  readonly quantity: number;
  /** Limit or trigger price; the kernel cuts it to the tick (a buy limit down, a sell limit up). */
  readonly price: number;
  readonly reduceOnly: boolean;
  readonly reason: string;
}

export type Memory = Record<string, unknown>;

/** All that a strategy may know, and the words in which it says what it wants. There is no clock, no chance and no await in it. */
export interface StrategyView<Params, Readings> {
  readonly p: Params;
  readonly i: Readings;
  readonly bar: Bar;
  readonly position: Holding;
  /** The bot's capital in the quote currency: what `size` takes its percentage of. */
  readonly capital: number;
  /** The strategy's own JSON, kept in the same transaction as its orders. */
  readonly memory: Memory;
  /** The quantity that a percentage of the capital buys at the bar's close. */
  size(percent: number): number;
  /** Go to this net quantity at market. */
  target(quantity: number, reason: string): void;
  /** Keep this order working under this slot. */
  want(slot: string, order: Wanted): void;
  /** Says why nothing is wanted: `RSI 41.2 > 35`. */
  wait(reason: string): void;
}

export type ReadingsOf<Indicators extends Record<string, Indicator<unknown, Reading>>> = {
  readonly [Name in keyof Indicators]: Indicators[Name] extends Indicator<unknown, infer R> ? R : never;
};

/** A strategy as its author writes it; `strategy()` checks the types and forgets them for the registry. */
export interface StrategyDefinition<D extends ParamDeclarations, I extends Record<string, Indicator<unknown, Reading>>> {
  /** Kebab-case and unique, e.g. `rsi-mean-reversion`. */
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly params: D;
  readonly indicators: (params: ParamsOf<D>) => I;
  /** Contradictions between parameters, or between them and the bot's exits; an empty list when it may run. */
  readonly check?: (params: ParamsOf<D>, exits: ExitLimits) => readonly ParamFault[];
  readonly on: (view: StrategyView<ParamsOf<D>, ReadingsOf<I>>) => void;
}

/** The exit rules that the risk settings put on the bot, for strategies whose promise they could break. Percent; null: off. */
export interface ExitLimits {
  readonly stopLossPct: number | null;
  readonly takeProfitPct: number | null;
  readonly trailingStopPct: number | null;
}

/** A strategy with its types forgotten: what the registry holds and the kernel runs. */
export interface Strategy {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly params: ParamDeclarations;
  readonly indicators: (params: ParamValues) => Readonly<Record<string, Indicator<unknown, Reading>>>;
  readonly check: (params: ParamValues, exits: ExitLimits) => readonly ParamFault[];
  readonly on: (view: StrategyView<ParamValues, Readonly<Record<string, Reading>>>) => void;
}

/** Declares a strategy: checks it against its own types, then forgets them. */
export function strategy<D extends ParamDeclarations, I extends Record<string, Indicator<unknown, Reading>>>(
  definition: StrategyDefinition<D, I>,
): Strategy {
  const { check = () => [] } = definition;
  return { ...definition, check } as unknown as Strategy;
}
