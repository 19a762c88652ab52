import { type Candle, closeOf } from '../../core/model/candle.ts';
import type { MarketEvent } from '../../core/model/event.ts';
import type { Instrument } from '../../core/model/instrument.ts';
import { DAY, type Instant } from '../../core/model/instant.ts';
import type { Price } from '../../core/model/money.ts';
import { drawDay } from './day-bars.ts';
import { type DayPlan, type DayState, firstDay, planDay } from './day-walk.ts';
import { type DayHours, hoursOn } from './market-hours.ts';

/** What of the settings decides the prices. */
export interface MarketSettings {
  readonly instruments: readonly SimulatedInstrument[];
  /** Divides a day. */
  readonly timeframeMs: number;
  readonly seed: number;
  /** Market time of the first live bar; the bars before it are history. */
  readonly startAt: Instant;
  /** How many bars of each instrument come before the start, for indicators to warm up on. */
  readonly historyBars: number;
}

/** An instrument to invent prices for, and the price they wander around. */
export interface SimulatedInstrument {
  readonly instrument: Instrument;
  readonly startPrice: Price;
}

/** A UTC day of the invented market. Counting its events costs nothing; only drawing them makes prices. */
export interface MarketDay {
  readonly events: number;
  draw(): readonly MarketEvent[];
}

/** One instrument's part of a day: so many bars of history, passed over or told, then live ones. */
interface Part {
  readonly instrument: Instrument;
  readonly plan: DayPlan;
  readonly name: string;
  readonly hours: DayHours;
  /** Bars of this day before the start, and how many of them are told. */
  readonly before: number;
  readonly told: number;
}

/**
 * The market day by day, for ever. A day is drawn from (seed, instrument, day) and from where the day before ended, and
 * that a day's plan tells without its bars: so any place of the feed is found by planning days, a thousandth of the work.
 */
export function* marketDays(settings: MarketSettings): Generator<MarketDay> {
  const walks = settings.instruments.map((one) => instrumentDays(one, settings));
  for (let day = Math.min(...walks.map(({ from }) => from)); ; day += 1) {
    const parts = walks.map((walk) => walk.part(day)).filter((part) => part !== null);
    yield {
      events: parts.reduce((sum, { hours, before, told }) => sum + told + 2 * (hours.bars - before), 0),
      draw: () => inOrder(parts.map((part) => drawPart(part, settings.timeframeMs))),
    };
  }
}

function instrumentDays({ instrument, startPrice }: SimulatedInstrument, { timeframeMs, seed, startAt, historyBars }: MarketSettings) {
  const hours = (day: number): DayHours | null => hoursOn(instrument.calendar, day, timeframeMs);
  const told = historyDays(startAt, historyBars, timeframeMs, hours);
  const from = Math.min(...told.keys(), Math.floor(startAt / DAY));
  const home = Number(startPrice);
  let state: DayState = firstDay(home);
  return {
    from,
    /** The instrument's part of a day; days must be asked for in order. */
    part(day: number): Part | null {
      const open = day < from ? null : hours(day);
      if (open === null) return null;
      const name = `${seed}|${instrument.id}|${day}`;
      const plan = planDay(state, home, name);
      state = plan.after;
      return {
        instrument,
        plan,
        name: `${name}|bars`,
        hours: open,
        before: barsBefore(startAt, open, timeframeMs),
        told: told.get(day) ?? 0,
      };
    },
  };
}

/** How many of the bars wanted before the start fall on each day, going back from it. */
function historyDays(
  startAt: Instant,
  wanted: number,
  timeframeMs: number,
  hours: (day: number) => DayHours | null,
): ReadonlyMap<number, number> {
  const told = new Map<number, number>();
  let rest = wanted;
  for (let day = Math.floor(startAt / DAY); rest > 0; day -= 1) {
    const open = hours(day);
    const bars = open === null ? 0 : Math.min(rest, barsBefore(startAt, open, timeframeMs));
    if (bars > 0) told.set(day, bars);
    rest -= bars;
  }
  return told;
}

function barsBefore(startAt: Instant, { opensAt, bars }: DayHours, timeframeMs: number): number {
  return Math.min(bars, Math.max(0, Math.ceil((startAt - opensAt) / timeframeMs)));
}

function drawPart({ instrument, plan, name, hours, before, told }: Part, timeframeMs: number): readonly MarketEvent[] {
  const candles = drawDay(instrument, plan, name, hours.opensAt, hours.bars, timeframeMs);
  const events: MarketEvent[] = [];
  for (const candle of candles.slice(before - told, before)) events.push({ ...closed(instrument, candle), history: true });
  for (const [index, candle] of candles.entries()) {
    if (index >= before) events.push(opened(instrument, candle, candles[index - 1]), closed(instrument, candle));
  }
  return events;
}

/** The volume of the day before stays unknown to the first bar of a day: a day is drawn without the one before it. */
function opened(instrument: Instrument, { openAt, timeframeMs, open }: Candle, previous: Candle | undefined): MarketEvent {
  const event = { kind: 'candle-opened', at: openAt, instrument: instrument.id, timeframeMs, price: open } as const;
  return previous === undefined ? event : { ...event, previousVolume: previous.volume };
}

function closed(instrument: Instrument, candle: Candle) {
  return { kind: 'candle-closed', at: closeOf(candle), instrument: instrument.id, candle } as const;
}

/** By time; at the same time bars close before others open; then by the order of the instruments (the sort is stable). */
function inOrder(parts: readonly (readonly MarketEvent[])[]): readonly MarketEvent[] {
  const rank = (event: MarketEvent): number => (event.kind === 'candle-closed' ? 0 : 1);
  return parts.flat().sort((a, b) => a.at - b.at || rank(a) - rank(b));
}
