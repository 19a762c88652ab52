import { type Candle, closeOf } from '../model/candle.ts';
import type { MarketEvent } from '../model/event.ts';
import type { Liquidity } from '../model/fill.ts';
import type { Instrument } from '../model/instrument.ts';
import { type Instant, later } from '../model/instant.ts';
import { type Price, type Quantity, floorTo, larger, quantity, smaller } from '../model/money.ts';
import type { Order } from '../model/order.ts';
import { type Costs, marketPrice, stopPrice } from './slippage.ts';

/** How the market treats our orders where bars are all that is known of it. */
export interface FillSettings extends Costs {
  /** Most of a bar's volume that one order may take, above 0 and at most 1. */
  readonly maxShare: number;
}

/** What of an order the model looks at. */
export type WorkingOrder = Pick<
  Order,
  'clientId' | 'bot' | 'instrument' | 'side' | 'type' | 'reduceOnly' | 'quantity' | 'limit' | 'trigger' | 'createdAt' | 'filled'
>;

/** One execution the model decides on; what it costs is the fee schedule's to say. */
export interface ModelFill<O extends WorkingOrder> {
  readonly order: O;
  readonly at: Instant;
  readonly quantity: Quantity;
  readonly price: Price;
  readonly liquidity: Liquidity;
}

/**
 * The fills that a market event brings to the working orders of its instrument, in the order they happen. Bars hide the
 * path of the price, so whatever they leave open is decided against us:
 *
 * - An order lives from its `createdAt`: a bar that began before tells it nothing.
 * - Market orders fill at the next bar's open, worse by half the spread and the slippage.
 * - A limit order fills only once the price has gone through it by a tick, at its limit; at the open, where the bar
 *   opens through it, and never better than that.
 * - A stop fills at its trigger less slippage; at the open less slippage, where the bar opens through it.
 * - Where a stop and a target lie within one bar, the stop is taken to have come first, and one event fills at most one
 *   reduce-only order of a bot: a second one would close what the first has closed already.
 * - An order takes at most `maxShare` of a bar's volume, but at least a lot; the rest waits. At the open the volume
 *   known is that of the bar before; where none is known, nothing is held back.
 *
 * The same event and the same orders give the same fills: nothing else is remembered.
 */
export function fillsOn<O extends WorkingOrder>(
  event: MarketEvent,
  orders: readonly O[],
  instrument: Instrument,
  settings: FillSettings,
): readonly ModelFill<O>[] {
  if (event.kind === 'candle-closed' && event.history === true) return [];
  const fills: ModelFill<O>[] = [];
  const reduced = new Set<string>();
  for (const order of orders.filter((each) => isAlive(each, event)).sort(byTurn)) {
    if (order.reduceOnly && reduced.has(order.bot)) continue;
    const hit = hitBy(event, order, instrument, settings);
    if (hit === null) continue;
    if (order.reduceOnly) reduced.add(order.bot);
    fills.push({ order, ...hit });
  }
  return fills;
}

function isAlive(order: WorkingOrder, event: MarketEvent): boolean {
  const begunAt = event.kind === 'candle-opened' ? event.at : event.candle.openAt;
  return order.instrument === event.instrument && order.createdAt <= begunAt && order.filled < order.quantity;
}

function hitBy(event: MarketEvent, order: WorkingOrder, instrument: Instrument, settings: FillSettings) {
  if (event.kind === 'candle-opened') {
    const hit = atOpen(order, event.price, instrument, settings);
    return hit && { ...hit, at: event.at, quantity: takeable(order, event.previousVolume ?? null, instrument, settings.maxShare) };
  }
  const hit = withinBar(order, event.candle, instrument, settings);
  // When within the bar it was, a bar does not tell: the last instant inside it is never too early.
  const at = later(closeOf(event.candle), -1);
  return hit && { ...hit, at, quantity: takeable(order, event.candle.volume, instrument, settings.maxShare) };
}

interface Hit {
  readonly price: Price;
  readonly liquidity: Liquidity;
}

function atOpen(order: WorkingOrder, open: Price, instrument: Instrument, costs: Costs): Hit | null {
  if (isMarket(order)) return { price: marketPrice(open, order.side, instrument, costs), liquidity: 'taker' };
  if (order.type === 'limit') {
    // What is marketable as the bar begins pays as a taker: it found the liquidity, it did not bring it.
    return isThrough(order, open, instrument) ? { price: open, liquidity: 'taker' } : null;
  }
  return isTriggered(order, open) ? { price: stopPrice(open, order.side, instrument, costs), liquidity: 'taker' } : null;
}

function withinBar(order: WorkingOrder, candle: Candle, instrument: Instrument, costs: Costs): Hit | null {
  if (isMarket(order)) return null;
  // What the open decides had its turn there, and its rest waits for the next open. Only an order that came in answer to
  // a fill at that very open has had none: it finds the price beyond it already, and gets what the open would have given.
  const begun = atOpen(order, candle.open, instrument, costs);
  if (begun !== null) return order.filled === 0n ? begun : null;
  const buys = order.side === 'BUY';
  if (order.type === 'limit' && order.limit !== null) {
    return isThrough(order, buys ? candle.low : candle.high, instrument) ? { price: order.limit, liquidity: 'maker' } : null;
  }
  if (order.trigger === null || !isTriggered(order, buys ? candle.high : candle.low)) return null;
  return { price: stopPrice(order.trigger, order.side, instrument, costs), liquidity: 'taker' };
}

/** A stop that has begun to fill was triggered: what is left of it is a market order. */
function isMarket(order: WorkingOrder): boolean {
  return order.type === 'market' || (order.type === 'stop' && order.filled > 0n);
}

/** Whether a price lies beyond the limit by a tick or more: touching it fills those who stood there before us. */
function isThrough(order: WorkingOrder, at: Price, instrument: Instrument): boolean {
  if (order.limit === null) return false;
  return order.side === 'BUY' ? at <= order.limit - instrument.tick : at >= order.limit + instrument.tick;
}

function isTriggered(order: WorkingOrder, at: Price): boolean {
  if (order.trigger === null) return false;
  return order.side === 'BUY' ? at >= order.trigger : at <= order.trigger;
}

function takeable(order: WorkingOrder, volume: Quantity | null, instrument: Instrument, maxShare: number): Quantity {
  const rest = quantity(order.quantity - order.filled);
  if (volume === null || volume <= 0n) return rest;
  const share = (volume * BigInt(Math.round(maxShare * 1_000_000))) / 1_000_000n;
  return smaller(rest, quantity(larger(floorTo(share, instrument.lot), instrument.lot)));
}

const TURN = { market: 0, stop: 1, limit: 2 } as const;

function byTurn(a: WorkingOrder, b: WorkingOrder): number {
  return TURN[a.type] - TURN[b.type] || a.createdAt - b.createdAt || (a.clientId < b.clientId ? -1 : 1);
}
