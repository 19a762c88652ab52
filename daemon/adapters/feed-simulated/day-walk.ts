import { chance } from './chance.ts';

/** Where a price stands between two days: what one day hands to the next, and all it does. */
export interface DayState {
  /** Last price, in scaled units, not yet on the tick. */
  readonly price: number;
  /** Variance of the day to come (GARCH). */
  readonly variance: number;
}

/** A day as it will have been: where it begins and ends and how wild it is. Its bars are drawn between the two. */
export interface DayPlan {
  readonly opens: number;
  readonly closes: number;
  /** Standard deviation of the day's return. */
  readonly volatility: number;
  readonly after: DayState;
}

/** A typical day moves by 2.5 %. */
const USUAL = 0.025;
const CALMEST = 0.006;
const WILDEST = 0.08;
/** GARCH(1,1): Bollerslev (1986), weights as commonly estimated on daily returns of liquid markets. */
const SHOCK_WEIGHT = 0.12;
const MEMORY_WEIGHT = 0.85;
/** How much of its way back to the first price a price goes in a day: it wanders, but for ever in the same region. */
const PULL = 0.01;
const GAP_CHANCE = 0.12;
const JUMP_CHANCE = 0.06;

export function firstDay(price: number): DayState {
  return { price, variance: USUAL * USUAL };
}

/** The plan of a day from where the day before ended. `name` names seed, instrument and day; `home` is the price it is drawn to. */
export function planDay(before: DayState, home: number, name: string): DayPlan {
  const luck = chance(name);
  const volatility = Math.min(WILDEST, Math.max(CALMEST, Math.sqrt(before.variance)));
  const gap = luck.uniform() < GAP_CHANCE ? luck.normal() * 0.6 * volatility : luck.normal() * 0.02 * volatility;
  const opens = before.price * (1 + gap);
  const size = luck.uniform() < JUMP_CHANCE ? 2.2 : 0.9;
  const drawn = luck.normal() * volatility * size + PULL * (home / opens - 1);
  const change = Math.min(0.25, Math.max(-0.25, drawn));
  const total = gap + change;
  const variance = (1 - SHOCK_WEIGHT - MEMORY_WEIGHT) * USUAL * USUAL + SHOCK_WEIGHT * total * total + MEMORY_WEIGHT * before.variance;
  const closes = opens * (1 + change);
  return { opens, closes, volatility, after: { price: closes, variance } };
}
