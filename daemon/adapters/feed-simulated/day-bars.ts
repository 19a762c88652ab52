import type { Candle } from '../../core/model/candle.ts';
import type { Instrument } from '../../core/model/instrument.ts';
import { type Instant, later } from '../../core/model/instant.ts';
import { type Quantity, pow10, price, quantity } from '../../core/model/money.ts';
import { type Chance, chance } from './chance.ts';
import type { DayPlan } from './day-walk.ts';

/** Steps of the price within a bar: enough to give it a high and a low of its own. */
const STEPS = 6;
/** Share of a step's noise that is undone again within about half an hour of one-minute bars: prices overshoot. */
const OVERSHOOT = 0.75;
const RETURN_PER_STEP = 1 / 90;
/** How long a calm or a wild spell lasts: the part of it that is left after a bar. */
const SPELL_MEMORY = 0.97;
/** Holds a step down by what spells add on average, so that bars are about as wild as their day. */
const CALM = 0.6;
/** Quote currency that changes hands on a usual day. */
const DAILY_TURNOVER = 2_000_000_000;

/**
 * Draws a day's bars between the day's opening and closing price: a walk with calm and wild spells, wilder at both ends of
 * the day, that overshoots and comes back, tilted so that it ends where the day ends. Prices lie on the tick.
 */
export function drawDay(
  instrument: Instrument,
  plan: DayPlan,
  name: string,
  opensAt: Instant,
  bars: number,
  timeframeMs: number,
): readonly Candle[] {
  const luck = chance(name);
  const { path, activity } = walk(plan, luck, bars);
  const tick = Number(instrument.tick);
  const onTick = (share: number): number => Math.max(1, Math.round((plan.opens * (1 + share)) / tick)) * tick;
  const candles: Candle[] = [];
  for (let bar = 0; bar < bars; bar += 1) {
    const points = path.slice(bar * STEPS, (bar + 1) * STEPS + 1).map(onTick);
    candles.push({
      openAt: later(opensAt, bar * timeframeMs),
      timeframeMs,
      open: price(BigInt(points[0] ?? 0)),
      high: price(BigInt(Math.max(...points))),
      low: price(BigInt(Math.min(...points))),
      close: price(BigInt(points[STEPS] ?? 0)),
      volume: volumeOf(instrument, plan, (activity[bar] ?? 0) / bars),
    });
  }
  return candles;
}

/** The day's path as shares of its opening price, one point a step, and how lively each bar was (1 on average). */
function walk(plan: DayPlan, luck: Chance, bars: number): { readonly path: readonly number[]; readonly activity: readonly number[] } {
  const change = plan.closes / plan.opens - 1;
  const perStep = (CALM * plan.volatility) / Math.sqrt(bars * STEPS);
  const raw = [0];
  const weights = [0];
  const activity: number[] = [];
  let spell = luck.normal() * SPELL_SPREAD;
  let trend = 0;
  let overshoot = 0;
  let weight = 0;
  for (let bar = 0; bar < bars; bar += 1) {
    spell = SPELL_MEMORY * spell + luck.normal() * SPELL_SPREAD * SPELL_NOISE;
    const heat = (1 + spell * spell) * shapeAt((bar + 0.5) / bars) * (luck.uniform() < 0.01 ? 3 : 1);
    for (let step = 0; step < STEPS; step += 1) {
      const noise = luck.normal() * perStep * heat;
      trend += noise * (1 - OVERSHOOT);
      overshoot += noise * OVERSHOOT - overshoot * RETURN_PER_STEP;
      weight += heat * heat;
      raw.push(trend + overshoot);
      weights.push(weight);
    }
    activity.push(heat * (0.4 + 1.2 * luck.uniform()));
  }
  const tilt = change - (raw[raw.length - 1] ?? 0);
  return { path: raw.map((point, step) => Math.max(-0.6, point + (tilt * (weights[step] ?? 0)) / weight)), activity };
}

const SPELL_SPREAD = 0.8;
const SPELL_NOISE = Math.sqrt(1 - SPELL_MEMORY * SPELL_MEMORY);

/** The U of a trading day: twice as lively at its ends as in its middle, 1 on average or close to it. */
function shapeAt(part: number): number {
  const fromMiddle = 2 * part - 1;
  return 0.75 + 0.75 * fromMiddle * fromMiddle;
}

function volumeOf(instrument: Instrument, plan: DayPlan, share: number): Quantity {
  const scale = Number(pow10(instrument.quantityDecimals));
  const shown = plan.opens / Number(pow10(instrument.priceDecimals));
  const lot = Number(instrument.lot);
  const lots = Math.floor(((DAILY_TURNOVER * share) / shown) * (scale / lot));
  return quantity(BigInt(Math.max(1, Math.min(lots, Number.MAX_SAFE_INTEGER / lot))) * instrument.lot);
}
