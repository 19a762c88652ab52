import { feeFor } from '../../core/market/fees.ts';
import { type FillSettings, type ModelFill, fillsOn } from '../../core/market/fill-model.ts';
import type { MarketEvent, VenueEvent } from '../../core/model/event.ts';
import type { ClientOrderId, InstrumentId } from '../../core/model/ids.ts';
import type { Instrument } from '../../core/model/instrument.ts';
import type { Instant } from '../../core/model/instant.ts';
import { type Money, type Quantity, money, notional, quantity } from '../../core/model/money.ts';
import type { Order } from '../../core/model/order.ts';
import { orderBook } from './order-book.ts';

/** What the paper venue trades, and how hard it makes it. */
export interface PaperSettings extends FillSettings {
  readonly instruments: readonly Instrument[];
  /**
   * Length of the bars that are the market of an instrument, where the feed has several: the finest. The same minutes heard
   * a second time as part of a longer bar would fill orders at prices that are long gone. Left out: every bar is heard.
   */
  readonly finest?: ReadonlyMap<InstrumentId, number>;
}

/** The dealing behind the paper venue: each request, each price, answered by reports. */
export interface Desk {
  knows(clientId: ClientOrderId): boolean;
  /** Accepts a new order, or rejects one that could never fill. */
  accept(order: Order): void;
  /** Takes an order over that was accepted in an earlier life, with what it has filled. */
  adopt(order: Order): void;
  cancel(clientId: ClientOrderId, at: Instant): void;
  hear(event: MarketEvent): void;
}

/** An order as the desk keeps it: ours, with what has filled so far. */
interface Resting extends Order {
  filled: Quantity;
  filledNotional: Money;
}

/** Opens a desk that tells all that happens to `report`. */
export function openDesk(settings: PaperSettings, report: (event: VenueEvent) => void): Desk {
  const instruments = new Map(settings.instruments.map((one) => [one.id, one]));
  const book = orderBook<Resting>();

  const execute = ({ order, at, quantity: size, price, liquidity }: ModelFill<Resting>, instrument: Instrument): void => {
    const worth = notional(price, size, instrument);
    const fee = feeFor(instrument.fees, { side: order.side, liquidity, at, notional: worth, filledBefore: order.filledNotional });
    // Named by what had filled before it: the same name in every life, and never the same name twice.
    const venueFillId = `${order.clientId}-${order.filled}`;
    order.filled = quantity(order.filled + size);
    order.filledNotional = money(order.filledNotional + worth);
    if (order.filled >= order.quantity) book.remove(order, 'filled');
    report({ kind: 'order-filled', at, clientId: order.clientId, venueFillId, quantity: size, price, fee, liquidity });
  };

  return {
    knows: book.knows,
    accept(order) {
      const { clientId, createdAt: at } = order;
      const refusal = faultOf(order, instruments);
      if (refusal === null) book.rest({ ...order });
      else book.forget(clientId, 'rejected');
      report(
        refusal === null
          ? { kind: 'order-accepted', at, clientId, venueId: `paper-${clientId}` }
          : { kind: 'order-rejected', at, clientId, ...refusal },
      );
    },
    adopt(order) {
      book.rest({ ...order });
    },
    cancel(clientId, at) {
      const order = book.resting(clientId);
      const end = book.ended(clientId);
      if (order !== undefined) {
        book.remove(order, 'canceled');
        report({ kind: 'order-canceled', at, clientId, reason: 'asked for' });
      } else if (end !== 'canceled') {
        // Cancelling twice cancels once; what never was here, or has ended otherwise, cannot be cancelled.
        report({ kind: 'cancel-rejected', at, clientId, reason: end === undefined ? 'no such order' : `already ${end}` });
      }
    },
    hear(event) {
      const resting = book.on(event.instrument);
      const instrument = instruments.get(event.instrument);
      if (resting.length === 0 || instrument === undefined) return;
      for (const fill of fillsOn(event, resting, instrument, settings)) {
        // A report may be answered at once by a cancel; what is gone by then does not fill.
        if (book.resting(fill.order.clientId) === fill.order) execute(fill, instrument);
      }
    },
  };
}

function faultOf(
  order: Order,
  instruments: ReadonlyMap<InstrumentId, Instrument>,
): { readonly code: string; readonly reason: string } | null {
  if (!instruments.has(order.instrument)) return { code: 'UNKNOWN_INSTRUMENT', reason: `${order.instrument} is not traded here` };
  if (order.quantity <= 0n) return { code: 'BAD_QUANTITY', reason: 'the quantity is not above 0' };
  const needed = order.type === 'limit' ? order.limit : order.type === 'stop' ? order.trigger : order.arrival;
  if (needed === null) return { code: 'BAD_PRICE', reason: `a ${order.type} order without its price` };
  return null;
}
