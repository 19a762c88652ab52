import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../../daemon/adapters/venue-paper/venue-paper.ts';
import type { MarketEvent, VenueEvent } from '../../../../daemon/core/model/event.ts';
import { clientOrderIdOf } from '../../../../daemon/core/model/ids.ts';
import { money, notional, price, quantity } from '../../../../daemon/core/model/money.ts';
import { type Approved, type Order, isClosed } from '../../../../daemon/core/model/order.ts';
import { COIN, bar, closedOf, openedOf } from '../../core/market/market-fixtures.ts';
import { SETTINGS, approved } from './paper-fixtures.ts';

/** Orders as a ledger keeps them: changed by what the venue says, and by nothing else. */
function ledger() {
  const orders = new Map<string, Order>();
  const put = (order: Order): void => void orders.set(order.clientId, order);
  return {
    put,
    open: () => [...orders.values()].filter((order) => !isClosed(order.status)),
    book(event: VenueEvent): void {
      const order = orders.get(event.clientId);
      if (order === undefined) return;
      if (event.kind === 'order-accepted') put({ ...order, status: 'ACCEPTED', updatedAt: event.at });
      if (event.kind === 'order-canceled') put({ ...order, status: 'CANCELED', updatedAt: event.at });
      if (event.kind !== 'order-filled') return;
      const filled = quantity(order.filled + event.quantity);
      const filledNotional = money(order.filledNotional + notional(event.price, event.quantity, COIN));
      put({ ...order, filled, filledNotional, updatedAt: event.at, status: filled >= order.quantity ? 'FILLED' : 'PARTIALLY_FILLED' });
    },
  };
}

interface Plan {
  readonly events: readonly MarketEvent[];
  /** Orders that leave after the event of that number. */
  readonly places: readonly { readonly after: number; readonly order: Approved<Order> }[];
  readonly cancels: readonly { readonly after: number; readonly order: number }[];
  /** Events after which the process dies: before (`lost`) or after its orders have reached the venue. */
  readonly deaths: ReadonlyMap<number, 'lost' | 'sent'>;
}

/** Runs a plan as the trader does: orders are written down first, then sent; a new life takes over what is open. */
async function run({ events, places, cancels, deaths }: Plan): Promise<readonly VenueEvent[]> {
  const said: VenueEvent[] = [];
  const kept = ledger();
  const begin = async () => {
    const venue = paperVenue(SETTINGS);
    await venue.open((event) => {
      said.push(event);
      kept.book(event);
    }, kept.open());
    return venue;
  };
  let venue = await begin();
  for (const [index, event] of events.entries()) {
    venue.hear(event);
    const leaving = places
      .filter(({ after }) => after === index)
      .map(({ order }) => ({ ...order, createdAt: event.at, updatedAt: event.at }));
    const doomed = cancels.filter(({ after }) => after === index).map(({ order }) => earlier(places[order], index));
    for (const order of leaving) kept.put(order);
    for (const order of kept.open())
      if (doomed.includes(order.clientId)) kept.put({ ...order, status: 'PENDING_CANCEL', updatedAt: event.at });
    const death = deaths.get(index);
    if (death !== 'lost') {
      for (const order of leaving) venue.place(order);
      for (const order of kept.open()) if (order.status === 'PENDING_CANCEL') venue.cancel(order.clientId);
    }
    if (death !== undefined) venue = await begin();
  }
  return said;
}

const fillsOf = (said: readonly VenueEvent[]) => said.filter((event) => event.kind === 'order-filled');

/** What was said of each order; what is taken over at once may be told of in another order than it was sent in. */
function byOrder(said: readonly VenueEvent[]): ReadonlyMap<string, readonly VenueEvent[]> {
  const orders = new Map<string, VenueEvent[]>();
  for (const event of said) orders.set(event.clientId, [...(orders.get(event.clientId) ?? []), event]);
  return orders;
}

/** An order can be cancelled in a step after the one that made it. */
function earlier(place: Plan['places'][number] | undefined, index: number): string | null {
  return place !== undefined && place.after < index ? place.order.clientId : null;
}

const onTick = fc.integer({ min: 1, max: 30 }).map((ticks) => 10_000 + 5 * ticks);
const market = fc
  .array(fc.tuple(onTick, onTick, onTick, onTick, fc.integer({ min: 0, max: 600 })), { minLength: 6, maxLength: 14 })
  .map((rows) =>
    rows.flatMap(([open, close, a, b, volume], minute) => {
      const candle = bar(minute, [open, Math.max(open, close, a, b), Math.min(open, close, a, b), close], volume);
      return [openedOf(candle, rows[minute - 1]?.[4]), closedOf(candle)];
    }),
  );
const places = fc
  .array(
    fc.record({
      after: fc.nat(20),
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      type: fc.constantFrom('market' as const, 'limit' as const, 'stop' as const),
      reduceOnly: fc.boolean(),
      level: onTick,
      size: fc.integer({ min: 1, max: 150 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) =>
    rows.map(({ after, side, type, reduceOnly, level, size }, index) => ({
      after,
      order: approved({
        clientId: clientOrderIdOf(`k00100000001${String(index).padStart(8, '0')}`),
        ...{ side, type, reduceOnly, quantity: quantity(BigInt(size)) },
        limit: type === 'limit' ? price(BigInt(level)) : null,
        trigger: type === 'stop' ? price(BigInt(level)) : null,
      }),
    })),
  );
const deaths = fc
  .array(fc.tuple(fc.nat(27), fc.constantFrom('lost' as const, 'sent' as const)), { minLength: 1, maxLength: 8 })
  .map((rows) => new Map(rows));
const cancels = fc.array(fc.record({ after: fc.nat(27), order: fc.nat(5) }), { maxLength: 3 });

describe('a paper venue that dies between market events', () => {
  it('fills, over all its lives, what one that lives on fills, and says the same of each order', async () => {
    await fc.assert(
      fc.asyncProperty(market, places, cancels, deaths, async (events, placed, doomed, dying) => {
        const plan = { events, places: placed, cancels: doomed };

        const whole = await run({ ...plan, deaths: new Map() });
        const broken = await run({ ...plan, deaths: dying });

        expect(fillsOf(broken)).toEqual(fillsOf(whole));
        expect(byOrder(broken)).toEqual(byOrder(whole));
      }),
      { numRuns: 500 },
    );
  });
});
