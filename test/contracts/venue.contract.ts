import { describe, expect, it } from 'vitest';
import type { VenueEvent } from '../../daemon/core/model/event.ts';
import { clientOrderIdOf } from '../../daemon/core/model/ids.ts';
import type { Approved, Order } from '../../daemon/core/model/order.ts';
import type { Venue } from '../../daemon/ports/venue.ts';

/** A venue to be tried, an order that rests there without filling, and a way to hear what it says. */
export interface VenueUnderTest {
  readonly venue: Venue;
  readonly order: Approved<Order>;
  /** Resolves once the venue has said all it has to say for now. */
  settled(): Promise<void>;
}

/** What every venue must do, whatever its market does. */
export function venueContract(name: string, make: () => VenueUnderTest): void {
  const opened = async (working: readonly Order[] = []) => {
    const under = make();
    const said: VenueEvent[] = [];
    await under.venue.open((event) => said.push(event), working);
    await under.settled();
    return { ...under, said };
  };

  describe(`${name} as a venue`, () => {
    it('accepts an order it is given', async () => {
      const { venue, order, said, settled } = await opened();

      venue.place(order);
      await settled();

      expect(said).toMatchObject([{ kind: 'order-accepted', clientId: order.clientId }]);
    });

    it('places an order once that it is given twice', async () => {
      const { venue, order, said, settled } = await opened();

      venue.place(order);
      venue.place(order);
      await settled();

      expect(said.filter((event) => event.kind === 'order-accepted')).toHaveLength(1);
    });

    it('cancels a resting order', async () => {
      const { venue, order, said, settled } = await opened();

      venue.place(order);
      venue.cancel(order.clientId);
      await settled();

      expect(said.map((event) => event.kind)).toEqual(['order-accepted', 'order-canceled']);
    });

    it('does not take a cancelled order again', async () => {
      const { venue, order, said, settled } = await opened();

      venue.place(order);
      venue.cancel(order.clientId);
      venue.place(order);
      await settled();

      expect(said.map((event) => event.kind)).toEqual(['order-accepted', 'order-canceled']);
    });

    it('refuses to cancel what it never had', async () => {
      const { venue, said, settled } = await opened();

      venue.cancel(clientOrderIdOf('k0000000000000000000'));
      await settled();

      expect(said.map((event) => event.kind)).toEqual(['cancel-rejected']);
    });

    it('accepts an order of the ledger that may never have left', async () => {
      const { order } = make();
      const { said } = await opened([{ ...order, status: 'INTENDED' }]);

      expect(said).toMatchObject([{ kind: 'order-accepted', clientId: order.clientId }]);
    });

    it('keeps an order of the ledger that rests already, without a word, and does not place it again', async () => {
      const { order } = make();
      const { venue, said, settled } = await opened([{ ...order, status: 'ACCEPTED' }]);

      venue.place(order);
      await settled();
      expect(said).toEqual([]);

      venue.cancel(order.clientId);
      await settled();
      expect(said).toMatchObject([{ kind: 'order-canceled', clientId: order.clientId }]);
    });
  });
}
