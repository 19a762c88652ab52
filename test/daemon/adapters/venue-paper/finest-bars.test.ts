import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../../daemon/adapters/venue-paper/venue-paper.ts';
import { bench, scripted, anInstrument, aCandle, MINUTE, px } from '../../../support/engine.ts';
import type { Approved, Order } from '../../../../daemon/core/model/order.ts';
import type { MarketEvent, VenueEvent } from '../../../../daemon/core/model/event.ts';

const COIN = anInstrument();

/** A buy limit at 95, made by a real engine at the close of bar 0. */
function limitOrder(): Approved<Order> {
  const engine = bench({ strategy: scripted(({ want }) => want('in', { side: 'BUY', type: 'limit', quantity: 1, price: 95, reduceOnly: false, reason: 'dip' })) });
  engine.bar(0, '100');
  const effect = engine.effects[0];
  if (effect?.kind !== 'submit') throw new Error('no order');
  return effect.order;
}
const closed = (n: number, timeframeMs: number, ...prices: readonly string[]): MarketEvent => {
  const candle = { ...aCandle(n, ...prices), timeframeMs };
  return { kind: 'candle-closed', at: (candle.openAt + timeframeMs) as never, instrument: COIN.id, candle };
};

describe('the paper venue on a feed with two timeframes of one instrument', () => {
  it('fills on the finest bars alone: what a longer bar repeats is long gone', async () => {
    const heard: VenueEvent[] = [];
    const venue = paperVenue({ instruments: [COIN], slippagePct: 0, spreadPct: 0, maxShare: 1, finest: new Map([[COIN.id, MINUTE]]) });
    await venue.open((event) => heard.push(event), []);
    venue.place(limitOrder());

    venue.hear(closed(1, 5 * MINUTE, '100', '120', '90', '120'));
    expect(heard.filter((event) => event.kind === 'order-filled')).toEqual([]);
    venue.hear(closed(6, MINUTE, '100', '100', '90', '92'));

    expect(heard.filter((event) => event.kind === 'order-filled')).toMatchObject([{ price: px('95') }]);
  });
});
