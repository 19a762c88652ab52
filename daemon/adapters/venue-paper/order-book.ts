import type { ClientOrderId, InstrumentId } from '../../core/model/ids.ts';
import type { Order } from '../../core/model/order.ts';

/** How an order left the book. */
export type OrderEnd = 'filled' | 'canceled' | 'rejected';

/** The orders that rest at the venue, by instrument and by client id, and how the last thousands of others ended. */
export interface OrderBook<O extends Order> {
  rest(order: O): void;
  remove(order: O, end: OrderEnd): void;
  /** Notes the end of an order that never rested. */
  forget(clientId: ClientOrderId, end: OrderEnd): void;
  resting(clientId: ClientOrderId): O | undefined;
  ended(clientId: ClientOrderId): OrderEnd | undefined;
  knows(clientId: ClientOrderId): boolean;
  on(instrument: InstrumentId): readonly O[];
}

/** How many ended orders are remembered, so that a repeated request is known for one; a bound on memory, not a promise. */
const REMEMBERED = 10_000;

export function orderBook<O extends Order>(): OrderBook<O> {
  const byId = new Map<ClientOrderId, O>();
  const byInstrument = new Map<InstrumentId, O[]>();
  const ends = new Map<ClientOrderId, OrderEnd>();

  const forget = (clientId: ClientOrderId, end: OrderEnd): void => {
    ends.set(clientId, end);
    if (ends.size <= REMEMBERED) return;
    for (const oldest of ends.keys()) {
      ends.delete(oldest);
      return;
    }
  };

  return {
    rest(order) {
      byId.set(order.clientId, order);
      const queue = byInstrument.get(order.instrument);
      if (queue === undefined) byInstrument.set(order.instrument, [order]);
      else queue.push(order);
    },
    remove(order, end) {
      byId.delete(order.clientId);
      const queue = byInstrument.get(order.instrument) ?? [];
      const place = queue.indexOf(order);
      if (place >= 0) queue.splice(place, 1);
      forget(order.clientId, end);
    },
    forget,
    resting: (clientId) => byId.get(clientId),
    ended: (clientId) => ends.get(clientId),
    knows: (clientId) => byId.has(clientId) || ends.has(clientId),
    on: (instrument) => byInstrument.get(instrument) ?? [],
  };
}
