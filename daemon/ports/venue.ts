import type { MarketEvent, VenueEvent } from '../core/model/event.ts';
import type { ClientOrderId } from '../core/model/ids.ts';
import type { Approved, Order } from '../core/model/order.ts';

/**
 * Where orders go. Every outcome, good or bad, arrives as an event through the sink given to `open`; no method answers by
 * its result. Placing is idempotent by client id: placing twice places once.
 */
export interface Venue {
  readonly name: string;
  /** Begins to report, and takes over the orders that the ledger holds open (an INTENDED one may never have left). */
  open(sink: (event: VenueEvent) => void, working: readonly Order[]): Promise<void>;
  place(order: Approved<Order>): void;
  cancel(clientId: ClientOrderId): void;
  /** A simulated venue lives on the market it is told of, and hears each event before the engine does; a real one has its own and ignores it. */
  hear(event: MarketEvent): void;
  close(): Promise<void>;
}
