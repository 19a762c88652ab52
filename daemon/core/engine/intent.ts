import type { OrderType, Side } from '../model/order.ts';
import { type Price, type Quantity, absolute, floorTo, price, quantity, toNumber } from '../model/money.ts';
import type { Wanted } from '../strategy/strategy.ts';
import type { Cell } from './state.ts';

/** What is asked for, quantised to the instrument, before the risk gate has seen it. */
export interface Intent {
  readonly slot: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly reduceOnly: boolean;
  readonly quantity: Quantity;
  readonly limit: Price | null;
  readonly trigger: Price | null;
  readonly reason: string;
}

/** The slot of orders that move the position to a strategy's target at market. */
export const TARGET_SLOT = 'target';
/** The slot of the kernel's own exit at market; no strategy ever touches it. */
export const EXIT_SLOT = 'risk-exit';

/** Cuts a strategy's plain number to a whole number of lots, downwards; a float's last-digit error does not cost a lot. */
export function toLots(amount: number, cell: Cell): Quantity {
  if (!Number.isFinite(amount)) return quantity(0n);
  const { lot, quantityDecimals } = cell.instrument;
  const lots = amount / toNumber(lot, quantityDecimals);
  const nearest = Math.round(lots);
  const whole = Math.abs(lots - nearest) < 1e-6 ? nearest : Math.trunc(lots);
  return quantity(BigInt(whole) * lot);
}

/** Turns a wanted order into an intent: a buy limit is cut down to the tick, a sell limit up, stops away from the market. */
export function intentOf(slot: string, wanted: Wanted, cell: Cell): Intent {
  const up = (wanted.type === 'limit') === (wanted.side === 'SELL');
  const level = toTick(wanted.price, cell, up);
  const asked = toLots(wanted.quantity, cell);
  const held = quantity(absolute(cell.position.quantity));
  return {
    slot,
    side: wanted.side,
    type: wanted.type,
    reduceOnly: wanted.reduceOnly,
    // A strategy names its holding as a plain number; a reduce-only order within a lot of it, or beyond it, means all of it.
    quantity: wanted.reduceOnly && asked >= held - cell.instrument.lot ? held : asked,
    limit: wanted.type === 'limit' ? level : null,
    trigger: wanted.type === 'stop' ? level : null,
    reason: wanted.reason,
  };
}

/** A plain number as a price on the tick, rounded up or down; never below one tick. */
export function toTick(value: number, cell: Cell, up: boolean): Price {
  const { tick, priceDecimals } = cell.instrument;
  const ticks = value / toNumber(tick, priceDecimals);
  const nearest = Math.round(ticks);
  const whole = Math.abs(ticks - nearest) < 1e-6 ? nearest : up ? Math.ceil(ticks) : Math.floor(ticks);
  return price(BigInt(Math.max(1, whole)) * tick);
}

/** A scaled price cut to the tick, rounded up or down; never below one tick. */
export function onTick(value: bigint, tick: Price, up: boolean): Price {
  const floor = floorTo(value, tick);
  const cut = up && floor !== value ? floor + tick : floor;
  return price(cut < tick ? tick : cut);
}
