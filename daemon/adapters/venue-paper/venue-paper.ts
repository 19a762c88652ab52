import { type Instant, instant } from '../../core/model/instant.ts';
import { type Order, isClosed } from '../../core/model/order.ts';
import type { Venue } from '../../ports/venue.ts';
import { type Desk, type PaperSettings, openDesk } from './desk.ts';

/**
 * The venue of paper trading: takes real orders, fills them by the fill model on the market it is told of, and charges
 * the instrument's fees. Whatever it remembers can be read off the orders themselves, so a venue opened anew with the
 * ledger's open orders goes on exactly where the last one stopped.
 */
export function paperVenue(settings: PaperSettings): Venue {
  let desk: Desk | null = null;
  let heardAt = instant(0);

  const opened = (): Desk => {
    if (desk === null) throw new Error('paper venue used before it was opened');
    return desk;
  };

  return {
    name: 'paper',
    open(sink, working) {
      desk = openDesk(settings, sink);
      for (const order of working) heardAt = latest(heardAt, order.updatedAt);
      for (const order of working) takeOver(desk, order, heardAt);
      return Promise.resolve();
    },
    place(order) {
      heardAt = latest(heardAt, order.createdAt);
      if (!opened().knows(order.clientId)) opened().accept(order);
    },
    cancel(clientId) {
      opened().cancel(clientId, heardAt);
    },
    hear(event) {
      heardAt = latest(heardAt, event.at);
      const length = event.kind === 'candle-opened' ? event.timeframeMs : event.candle.timeframeMs;
      if (length === (settings.finest?.get(event.instrument) ?? length)) opened().hear(event);
    },
    close() {
      return Promise.resolve();
    },
  };
}

function takeOver(desk: Desk, order: Order, at: Instant): void {
  if (isClosed(order.status) || desk.knows(order.clientId)) return;
  if (order.status === 'INTENDED' || order.status === 'SUBMITTED') {
    desk.accept(order);
    return;
  }
  desk.adopt(order);
  // The wish to cancel was written down and may have got lost on its way: it is carried out now.
  if (order.status === 'PENDING_CANCEL') desk.cancel(order.clientId, at);
}

function latest(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
