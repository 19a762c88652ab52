import type { Side } from '../model/order.ts';
import type { Wanted } from './strategy.ts';

/** An order that has a side and a quantity and waits to be told its price. */
export interface OrderDraft {
  /** Rests at this price or better. */
  limit(price: number, reason: string): Wanted;
  /** Goes to market once the price touches this. */
  stop(price: number, reason: string): Wanted;
  /** The same draft, which may only shrink the position: `sell(2).reduceOnly.limit(110, 'take +10%')`. */
  readonly reduceOnly: OrderDraft;
}

/** Begins an order to buy a quantity of the base: `buy(2).limit(95, 'line 3')`. */
export const buy = (quantity: number): OrderDraft => draft('BUY', quantity, false);

/** Begins an order to sell a quantity of the base. */
export const sell = (quantity: number): OrderDraft => draft('SELL', quantity, false);

function draft(side: Side, quantity: number, reduceOnly: boolean): OrderDraft {
  return {
    limit: (price, reason) => ({ side, type: 'limit', quantity, price, reduceOnly, reason }),
    stop: (price, reason) => ({ side, type: 'stop', quantity, price, reduceOnly, reason }),
    get reduceOnly() {
      return draft(side, quantity, true);
    },
  };
}
