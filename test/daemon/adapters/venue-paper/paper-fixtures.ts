import { paperVenue } from '../../../../daemon/adapters/venue-paper/venue-paper.ts';
import type { VenueEvent } from '../../../../daemon/core/model/event.ts';
import { accountId, botId, clientOrderIdOf } from '../../../../daemon/core/model/ids.ts';
import { ZERO_MONEY, price, quantity } from '../../../../daemon/core/model/money.ts';
import type { Approved, Order } from '../../../../daemon/core/model/order.ts';
import { COIN, T0 } from '../../core/market/market-fixtures.ts';

export const SETTINGS = { instruments: [COIN], slippagePct: 0.1, spreadPct: 0.2, maxShare: 0.1 };

/** An order as the risk gate lets it through. */
export function approved(given: Partial<Order> = {}): Approved<Order> {
  const order: Order = {
    clientId: clientOrderIdOf('k0010000000100000001'),
    bot: botId('one'),
    account: accountId('paper'),
    instrument: COIN.id,
    slot: 'entry',
    side: 'BUY',
    type: 'limit',
    reduceOnly: false,
    quantity: quantity(100n),
    asked: quantity(100n),
    limit: price(9_900n),
    trigger: null,
    arrival: price(10_000n),
    source: 'BOT',
    reason: 'a test',
    createdAt: T0,
    updatedAt: T0,
    status: 'INTENDED',
    resting: 'INTENDED',
    venueId: null,
    filled: quantity(0n),
    filledNotional: ZERO_MONEY,
    outcome: null,
    ...given,
  };
  return order as Approved<Order>;
}

/** An open paper venue and all it has said. */
export async function openVenue(working: readonly Order[] = []) {
  const venue = paperVenue(SETTINGS);
  const said: VenueEvent[] = [];
  await venue.open((event) => said.push(event), working);
  return { venue, said };
}
