import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../../daemon/adapters/venue-paper/venue-paper.ts';
import { clientOrderIdOf, instrumentId } from '../../../../daemon/core/model/ids.ts';
import { MINUTE, later } from '../../../../daemon/core/model/instant.ts';
import { money, price, quantity } from '../../../../daemon/core/model/money.ts';
import type { Order } from '../../../../daemon/core/model/order.ts';
import { venueContract } from '../../../contracts/venue.contract.ts';
import { COIN, T0, bar, closedOf, openedOf } from '../../core/market/market-fixtures.ts';
import { SETTINGS, approved, openVenue } from './paper-fixtures.ts';

venueContract('the paper venue', () => ({ venue: paperVenue(SETTINGS), order: approved(), settled: () => Promise.resolve() }));

const ID = approved().clientId;
const falling = bar(0, [10_000, 10_000, 9_800, 9_850], 300);

describe('paperVenue', () => {
  it('accepts at the time the order was made', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved({ createdAt: later(T0, 7) }));

    expect(said).toEqual([{ kind: 'order-accepted', at: T0 + 7, clientId: ID, venueId: `paper-${ID}` }]);
  });

  it('fills by the market it hears, and charges the maker or taker fee', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved({ quantity: quantity(30n) }));
    venue.hear(openedOf(falling));
    venue.hear(closedOf(falling));

    const fee = money(59_400_000n); // 0.02 % of 30 × 99.00
    expect(said.slice(1)).toEqual([
      {
        kind: 'order-filled',
        at: T0 + MINUTE - 1,
        clientId: ID,
        venueFillId: `${ID}-0`,
        quantity: 30n,
        price: 9_900n,
        fee: { total: fee, parts: { commission: fee } },
        liquidity: 'maker',
      },
    ]);
  });

  it('fills a large order piece by piece, each with a name of its own', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved({ quantity: quantity(70n) }));
    for (const minute of [0, 1, 2, 3]) venue.hear(closedOf(bar(minute, [10_000, 10_000, 9_800, 9_850], 300)));

    const fills = said.filter((event) => event.kind === 'order-filled');
    expect(fills.map((fill) => Number(fill.quantity))).toEqual([30, 30, 10]);
    expect(fills.map((fill) => fill.venueFillId)).toEqual([`${ID}-0`, `${ID}-30`, `${ID}-60`]);
  });

  it('shares a brokerage cap between the fills of an order, also with those of an earlier life', async () => {
    const share = { ...COIN, fees: { kind: 'schedule', name: 'nse-intraday' } as const };
    const brokerage: (bigint | undefined)[] = [];
    const live = async (working: readonly Order[], minutes: readonly number[]) => {
      const venue = paperVenue({ ...SETTINGS, instruments: [share] });
      await venue.open((event) => {
        if (event.kind === 'order-filled') brokerage.push(event.fee.parts['brokerage']);
      }, working);
      for (const minute of minutes) venue.hear(closedOf(bar(minute, [10_000, 10_000, 9_800, 9_850], 5_000)));
    };
    const order = approved({ quantity: quantity(2_000n), status: 'ACCEPTED' });

    await live([order], [0, 1]);
    await live([{ ...order, status: 'PARTIALLY_FILLED', filled: quantity(500n), filledNotional: money(4_950_000_000_000n) }], [1]);

    expect(brokerage).toEqual([1_485_000_000n, 515_000_000n, 515_000_000n]); // 0.03 % of 49,500 is 14.85; the cap is 20
  });

  it('does not fill what was cancelled', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved());
    venue.cancel(ID);
    venue.hear(closedOf(falling));

    expect(said.map((event) => event.kind)).toEqual(['order-accepted', 'order-canceled']);
  });

  it('does not fill what is cancelled in answer to a fill of the same moment', async () => {
    const venue = paperVenue(SETTINGS);
    const said: string[] = [];
    const other = clientOrderIdOf('k0010000000200000002');
    await venue.open((event) => {
      said.push(`${event.kind} ${event.clientId}`);
      if (event.kind === 'order-filled') venue.cancel(other);
    }, []);

    venue.place(approved());
    venue.place(approved({ clientId: other }));
    venue.hear(closedOf(falling));

    expect(said.slice(2)).toEqual([`order-filled ${ID}`, `order-canceled ${other}`]);
  });

  it('tells of a cancel at the last market time it heard', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved());
    venue.hear(openedOf(bar(3, [10_000, 10_000, 10_000, 10_000])));
    venue.cancel(ID);

    expect(said[1]).toEqual({ kind: 'order-canceled', at: T0 + 3 * MINUTE, clientId: ID, reason: 'asked for' });
  });

  it('cancels twice what is cancelled once, without a word', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved());
    venue.cancel(ID);
    venue.cancel(ID);

    expect(said.map((event) => event.kind)).toEqual(['order-accepted', 'order-canceled']);
  });

  it('refuses to cancel what has filled, and says so', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved({ quantity: quantity(1n) }));
    venue.hear(closedOf(falling));
    venue.cancel(ID);

    expect(said[2]).toMatchObject({ kind: 'cancel-rejected', reason: 'already filled' });
  });

  it('does not take a filled order again', async () => {
    const { venue, said } = await openVenue();

    venue.place(approved({ quantity: quantity(1n) }));
    venue.hear(closedOf(falling));
    venue.place(approved({ quantity: quantity(1n) }));

    expect(said.map((event) => event.kind)).toEqual(['order-accepted', 'order-filled']);
  });

  it.each([
    ['an instrument it does not trade', { instrument: instrumentId('TEST:OTHER') }, 'UNKNOWN_INSTRUMENT'],
    ['a limit order without a limit', { limit: null }, 'BAD_PRICE'],
    ['a stop order without a trigger', { type: 'stop', limit: null }, 'BAD_PRICE'],
    ['an order of nothing', { quantity: quantity(0n) }, 'BAD_QUANTITY'],
  ] as const)('rejects %s, once', async (_what, given, code) => {
    const { venue, said } = await openVenue();

    venue.place(approved(given));
    venue.place(approved(given));

    expect(said).toMatchObject([{ kind: 'order-rejected', code }]);
  });

  it('goes on with a partly filled order of the ledger', async () => {
    const { venue, said } = await openVenue([
      approved({ status: 'PARTIALLY_FILLED', filled: quantity(90n), filledNotional: money(891_000_000_000n), limit: price(9_900n) }),
    ]);

    venue.hear(closedOf(falling));

    expect(said).toMatchObject([{ kind: 'order-filled', quantity: 10n, venueFillId: `${ID}-90` }]);
  });

  it('carries out a cancel that was written down but may have got lost', async () => {
    const { said } = await openVenue([approved({ status: 'PENDING_CANCEL', updatedAt: later(T0, 5) })]);

    expect(said).toEqual([{ kind: 'order-canceled', at: T0 + 5, clientId: ID, reason: 'asked for' }]);
  });

  it('leaves orders of the ledger alone that have ended', async () => {
    const { venue, said } = await openVenue([approved({ status: 'CANCELED' })]);

    venue.hear(closedOf(falling));

    expect(said).toEqual([]);
  });

  it('must be opened before it is used', () => {
    expect(() => {
      paperVenue(SETTINGS).place(approved());
    }).toThrow('before it was opened');
  });
});
