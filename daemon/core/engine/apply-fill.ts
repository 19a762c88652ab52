import { type Instant } from '../model/instant.ts';
import {
  type Money,
  type Price,
  type Quantity,
  type Scale,
  ZERO_MONEY,
  absolute,
  money,
  multiplyDivide,
  notional,
  quantity,
  smaller,
} from '../model/money.ts';
import type { Side } from '../model/order.ts';
import type { Lot, LotClosure, Position } from '../model/position.ts';

/** One execution as the fold over fills needs it. */
export interface FillInput {
  readonly at: Instant;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly price: Price;
  readonly fee: Money;
}

export interface Applied {
  readonly position: Position;
  readonly notional: Money;
  /** Profit against the average cost of what was closed, before fees. */
  readonly gross: Money;
  /** How much of the fill closed the old position; the rest opened or added. */
  readonly closed: Quantity;
  readonly closedNotional: Money;
  readonly closures: readonly LotClosure[];
}

/**
 * Folds one fill into a position by average cost, as brokers and exchanges show it, with first-in-first-out lots beside
 * it for tax files. The cost total is the state: rounding happens once, where a part of it is taken out, and closing all
 * takes all of it. `cash + market value = start + gross − fees + unrealised` holds to the last unit, through flips too,
 * because every figure is made of the same rounded notionals.
 */
export function applyFill(position: Position, fill: FillInput, scale: Scale): Applied {
  const signed = fill.side === 'BUY' ? fill.quantity : quantity(-fill.quantity);
  const held = position.quantity;
  const opposite = held !== 0n && held > 0n !== signed > 0n;
  const closed = opposite ? smaller(quantity(absolute(held)), fill.quantity) : quantity(0n);
  const total = notional(fill.price, fill.quantity, scale);
  const closedNotional = closed === fill.quantity ? total : notional(fill.price, closed, scale);
  const closedCost = closeCost(position, closed);
  const gross = money(held > 0n ? closedNotional - closedCost : closedCost - closedNotional);
  const after = quantity(held + signed);
  const { lots, closures, nextLot } = matchLots(position, fill, closed, scale);
  return {
    notional: total,
    gross: closed === 0n ? ZERO_MONEY : gross,
    closed,
    closedNotional,
    closures,
    position: {
      ...position,
      quantity: after,
      cost: money(position.cost - closedCost + (total - closedNotional)),
      realised: money(position.realised + (closed === 0n ? 0n : gross)),
      fees: money(position.fees + fill.fee),
      openedAt: after === 0n ? null : held === 0n || held > 0n !== after > 0n ? fill.at : position.openedAt,
      lots,
      nextLot,
    },
  };
}

function closeCost(position: Position, closed: Quantity): Money {
  const size = absolute(position.quantity);
  if (closed === 0n) return ZERO_MONEY;
  return closed === size ? position.cost : money(multiplyDivide(position.cost, closed, size));
}

function matchLots(position: Position, fill: FillInput, closed: Quantity, scale: Scale): { lots: readonly Lot[]; closures: LotClosure[]; nextLot: number } {
  const closures: LotClosure[] = [];
  const lots: Lot[] = [];
  const long = position.quantity > 0n;
  let rest: bigint = closed;
  for (const lot of position.lots) {
    const size = absolute(lot.quantity);
    const taken = smaller(size, rest);
    rest -= taken;
    if (taken > 0n) closures.push(closure(lot, quantity(taken), fill, long, scale));
    if (taken < size) lots.push({ ...lot, quantity: quantity(long ? size - taken : taken - size) });
  }
  const opened = fill.quantity - closed;
  if (opened === 0n) return { lots, closures, nextLot: position.nextLot };
  lots.push({ number: position.nextLot, openedAt: fill.at, quantity: quantity(fill.side === 'BUY' ? opened : -opened), price: fill.price });
  return { lots, closures, nextLot: position.nextLot + 1 };
}

function closure(lot: Lot, taken: Quantity, fill: FillInput, long: boolean, scale: Scale): LotClosure {
  const paid = notional(lot.price, taken, scale);
  const got = notional(fill.price, taken, scale);
  return {
    lot: lot.number,
    openedAt: lot.openedAt,
    closedAt: fill.at,
    quantity: taken,
    openPrice: lot.price,
    closePrice: fill.price,
    gross: money(long ? got - paid : paid - got),
  };
}

/** The open result of a position at a price: market value against open cost, before exit fees. */
export function unrealised(position: Pick<Position, 'quantity' | 'cost'>, mark: Price | null, scale: Scale): Money {
  if (position.quantity === 0n || mark === null) return ZERO_MONEY;
  const value = notional(mark, quantity(absolute(position.quantity)), scale);
  return money(position.quantity > 0n ? value - position.cost : position.cost - value);
}
