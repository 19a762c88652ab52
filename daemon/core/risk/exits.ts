import type { Levels } from '../model/fact.ts';
import { type Price, absolute, averagePrice, multiplyDivide, price, quantity } from '../model/money.ts';
import { isClosed } from '../model/order.ts';
import { type Intent, onTick } from '../engine/intent.ts';
import type { Cell } from '../engine/state.ts';

export const STOP_SLOT = 'risk-stop';
export const TAKE_SLOT = 'risk-take';

/** The protective orders that a bot's limits put under a position, whatever its strategy does. */
export function protectiveIntents(cell: Cell): readonly Intent[] {
  const { position } = cell;
  if (position.quantity === 0n) return [];
  const long = position.quantity > 0n;
  const size = quantity(absolute(position.quantity));
  const side = long ? 'SELL' : 'BUY';
  const stop = stopLevel(cell);
  const target = takeLevel(cell);
  const intents: Intent[] = [];
  if (stop !== null) {
    intents.push({ slot: STOP_SLOT, side, type: 'stop', reduceOnly: true, quantity: size, limit: null, trigger: stop.level, reason: stop.reason });
  }
  if (target !== null) {
    intents.push({ slot: TAKE_SLOT, side, type: 'limit', reduceOnly: true, quantity: size, limit: target.level, trigger: null, reason: target.reason });
  }
  return intents;
}

interface Level {
  readonly level: Price;
  readonly reason: string;
}

/** The nearer of stop-loss and trailing stop. */
function stopLevel(cell: Cell): Level | null {
  const { stopLossPct, trailingStopPct } = cell.bot.limits;
  const long = cell.position.quantity > 0n;
  const fixed = stopLossPct === null ? null : { level: away(cell, entryOf(cell), stopLossPct), reason: `stop-loss −${stopLossPct}%` };
  if (trailingStopPct === null || cell.best === null) return fixed;
  const trailing = { level: away(cell, cell.best, trailingStopPct), reason: `trailing stop −${trailingStopPct}% from the best price` };
  if (fixed === null) return trailing;
  return trailing.level > fixed.level === long ? trailing : fixed;
}

function takeLevel(cell: Cell): Level | null {
  const { takeProfitPct } = cell.bot.limits;
  if (takeProfitPct === null) return null;
  return { level: away(cell, entryOf(cell), -takeProfitPct), reason: `take-profit +${takeProfitPct}%` };
}

/** The price that many percent against the position, rounded to the tick on the far side of it. */
function away(cell: Cell, from: Price, percent: number): Price {
  const long = cell.position.quantity > 0n;
  const millionths = BigInt(Math.round(percent * 10_000)) * (long ? -1n : 1n);
  const level = multiplyDivide(from, 1_000_000n + millionths, 1_000_000n);
  return onTick(level, cell.instrument.tick, percent < 0 === long);
}

export const entryOf = (cell: Cell): Price => averagePrice(cell.position.cost, cell.position.quantity, cell.instrument);

/**
 * The last line: has the position lost so much that it is closed at market, whatever the strategy promised and whether or
 * not a stop is resting? Returns the reason, or null.
 */
export function catastrophe(cell: Cell): string | null {
  const { catastrophicStopPct } = cell.bot.limits;
  const { position, price: mark } = cell;
  if (catastrophicStopPct === null || position.quantity === 0n || mark === null) return null;
  const line = away(cell, entryOf(cell), catastrophicStopPct);
  const breached = position.quantity > 0n ? mark <= line : mark >= line;
  return breached ? `catastrophic stop −${catastrophicStopPct}%` : null;
}

/** Moves the best price since entry; returns whether it moved. */
export function trackBest(cell: Cell, seen: Price): boolean {
  if (cell.position.quantity === 0n) return false;
  const better = cell.best === null || (cell.position.quantity > 0n ? seen > cell.best : seen < cell.best);
  if (better) cell.best = price(seen);
  return better;
}

/** Where the working orders would close the position: the nearest stop and the nearest target. */
export function levelsOf(cell: Cell): Levels {
  const long = cell.position.quantity > 0n;
  let stop: Price | null = null;
  let target: Price | null = null;
  for (const order of cell.orders.values()) {
    if (!order.reduceOnly || isClosed(order.status) || order.status === 'PENDING_CANCEL') continue;
    if (order.trigger !== null && (stop === null || order.trigger > stop === long)) stop = order.trigger;
    if (order.limit !== null && (target === null || order.limit < target === long)) target = order.limit;
  }
  return { stop, target };
}
