import { describe, expect, it } from 'vitest';
import { type WorkingOrder, fillsOn } from '../../../../daemon/core/market/fill-model.ts';
import type { MarketEvent } from '../../../../daemon/core/model/event.ts';
import { botId, clientOrderIdOf, instrumentId } from '../../../../daemon/core/model/ids.ts';
import { MINUTE, later } from '../../../../daemon/core/model/instant.ts';
import { quantity } from '../../../../daemon/core/model/money.ts';
import { COIN, T0, bar, buyLimit, closedOf, openedOf, order, sellStop, sellTarget } from './market-fixtures.ts';

const FREE = { slippagePct: 0, spreadPct: 0, maxShare: 0.1 };
const COSTLY = { slippagePct: 0.1, spreadPct: 0.2, maxShare: 0.1 };
const ID_2 = clientOrderIdOf('k0010000000200000002');

function told(event: MarketEvent, orders: readonly WorkingOrder[], settings = FREE) {
  return fillsOn(event, orders, COIN, settings).map(({ order: { clientId }, at, quantity: size, price: paid, liquidity }) => ({
    clientId,
    at: at - T0,
    size: Number(size),
    paid: Number(paid),
    liquidity,
  }));
}
const paid = (event: MarketEvent, one: WorkingOrder, settings = FREE) => told(event, [one], settings)[0]?.paid ?? null;

describe('fillsOn a market order', () => {
  it('fills at the open of the next bar, and not on the close that caused it', () => {
    const before = bar(-1, [9_000, 9_900, 8_900, 9_500]);
    const next = bar(0, [10_000, 10_100, 9_900, 10_050]);

    expect(told(closedOf(before), [order()])).toEqual([]);
    expect(told(openedOf(next), [order()])).toEqual([{ clientId: order().clientId, at: 0, size: 100, paid: 10_000, liquidity: 'taker' }]);
  });

  it('does not fill at the open of a bar that had begun before the order', () => {
    const late = order({ createdAt: later(T0, 1) });

    expect(told(openedOf(bar(0, [10_000, 10_000, 10_000, 10_000])), [late])).toEqual([]);
    expect(told(closedOf(bar(0, [10_000, 10_000, 10_000, 10_000])), [late])).toEqual([]);
  });

  it('pays half the spread and the slippage, up when buying and down when selling', () => {
    const event = openedOf(bar(0, [10_000, 10_000, 10_000, 10_000]));

    expect(paid(event, order({ side: 'BUY' }), COSTLY)).toBe(10_020);
    expect(paid(event, order({ side: 'SELL' }), COSTLY)).toBe(9_980);
  });

  it('slips by a tick at least, where it slips at all', () => {
    const event = openedOf(bar(0, [10_000, 10_000, 10_000, 10_000]));

    expect(paid(event, order(), { ...FREE, slippagePct: 0.000_001 })).toBe(10_005);
    expect(paid(event, order(), FREE)).toBe(10_000);
    expect(paid(openedOf(bar(0, [10_001, 10_001, 10_001, 10_001])), order(), { ...FREE, slippagePct: 0.000_001 })).toBe(10_010);
  });

  it('rounds to the tick against us', () => {
    const event = openedOf(bar(0, [10_001, 10_001, 10_001, 10_001]));

    expect(paid(event, order({ side: 'BUY' }))).toBe(10_005);
    expect(paid(event, order({ side: 'SELL' }))).toBe(10_000);
  });

  it('sells for a tick at least', () => {
    expect(paid(openedOf(bar(0, [5, 5, 5, 5])), order({ side: 'SELL' }), { ...FREE, slippagePct: 300 })).toBe(5);
  });
});

describe('fillsOn a limit order', () => {
  it('does not fill on a touch', () => {
    expect(told(closedOf(bar(0, [10_000, 10_050, 9_900, 10_000])), [buyLimit(9_900)])).toEqual([]);
    expect(told(closedOf(bar(0, [10_000, 10_100, 9_900, 10_000])), [sellTarget(10_100)])).toEqual([]);
  });

  it('fills at its limit as a maker, a millisecond before the close, once the price went through by a tick', () => {
    expect(told(closedOf(bar(0, [10_000, 10_050, 9_895, 10_000])), [buyLimit(9_900)])).toEqual([
      { clientId: order().clientId, at: MINUTE - 1, size: 100, paid: 9_900, liquidity: 'maker' },
    ]);
    expect(paid(closedOf(bar(0, [10_000, 10_105, 9_950, 10_000])), sellTarget(10_100))).toBe(10_100);
  });

  it('fills at the open, as a taker, where the bar opens through it', () => {
    expect(told(openedOf(bar(0, [9_800, 9_900, 9_700, 9_800])), [buyLimit(9_900)])).toEqual([
      { clientId: order().clientId, at: 0, size: 100, paid: 9_800, liquidity: 'taker' },
    ]);
    expect(paid(openedOf(bar(0, [10_200, 10_200, 10_000, 10_000])), sellTarget(10_100))).toBe(10_200);
  });

  it('waits where the bar opens at the limit', () => {
    expect(paid(openedOf(bar(0, [9_900, 9_900, 9_900, 9_900])), buyLimit(9_900))).toBeNull();
  });

  it('pays no slippage', () => {
    expect(paid(closedOf(bar(0, [10_000, 10_000, 9_800, 9_900])), buyLimit(9_900), COSTLY)).toBe(9_900);
  });

  it('does not fill in a bar that had begun before it', () => {
    expect(paid(closedOf(bar(0, [10_000, 10_000, 9_000, 9_900])), buyLimit(9_900, { createdAt: later(T0, MINUTE - 1) }))).toBeNull();
  });
});

describe('fillsOn a stop order', () => {
  it('fills at its trigger less slippage, as a taker, where the bar reaches it', () => {
    expect(told(closedOf(bar(0, [10_000, 10_050, 9_500, 9_900])), [sellStop(9_500)], COSTLY)).toEqual([
      { clientId: order().clientId, at: MINUTE - 1, size: 100, paid: 9_490, liquidity: 'taker' },
    ]);
    expect(paid(closedOf(bar(0, [10_000, 10_500, 9_900, 10_000])), sellStop(10_500, { side: 'BUY' }), COSTLY)).toBe(10_515);
  });

  it('does not fill where the bar stays short of it', () => {
    expect(paid(closedOf(bar(0, [10_000, 10_050, 9_505, 9_900])), sellStop(9_500))).toBeNull();
  });

  it('fills at the open less slippage, where the bar opens beyond it', () => {
    expect(told(openedOf(bar(0, [9_000, 9_100, 8_900, 9_000])), [sellStop(9_500)], COSTLY)).toEqual([
      { clientId: order().clientId, at: 0, size: 100, paid: 8_990, liquidity: 'taker' },
    ]);
  });

  it('fills in the very bar whose open filled the entry it guards', () => {
    const guard = sellStop(9_500, { createdAt: T0 });

    expect(paid(closedOf(bar(0, [10_000, 10_050, 9_400, 9_900])), guard)).toBe(9_500);
  });

  it('gets what the open would have given, where it came too late for the open beyond it', () => {
    const guard = sellStop(10_100, { createdAt: T0 });

    expect(paid(closedOf(bar(0, [10_000, 10_050, 9_400, 9_900])), guard)).toBe(10_000);
  });

  it('is a market order for the rest, once it has begun to fill', () => {
    const begun = sellStop(9_500, { filled: quantity(10n) });
    const above = bar(0, [10_000, 10_050, 9_900, 10_000]);

    expect(told(openedOf(above), [begun])).toMatchObject([{ size: 90, paid: 10_000 }]);
    expect(told(closedOf(above), [begun])).toEqual([]);
  });
});

describe('fillsOn a bar that holds both stop and target', () => {
  const wild = closedOf(bar(0, [10_000, 10_600, 9_400, 10_000]));
  const stop = sellStop(9_500);
  const target = sellTarget(10_500, { clientId: ID_2 });

  it('takes the stop to have come first, and leaves the target', () => {
    expect(told(wild, [target, stop])).toMatchObject([{ clientId: stop.clientId, paid: 9_500 }]);
  });

  it('leaves the target also where the stop filled in part only', () => {
    const thin = closedOf(bar(0, [10_000, 10_600, 9_400, 10_000], 200));

    expect(told(thin, [target, stop])).toMatchObject([{ clientId: stop.clientId, size: 20 }]);
  });

  it('does not let one bot stand in the way of another', () => {
    expect(told(wild, [stop, { ...target, bot: botId('two') }])).toHaveLength(2);
  });

  it('does not hold back orders that open', () => {
    expect(told(wild, [stop, buyLimit(9_450, { clientId: ID_2 })])).toHaveLength(2);
  });
});

describe('fillsOn thin volume', () => {
  const falls = (volume: number) => closedOf(bar(0, [10_000, 10_000, 9_000, 9_500], volume));
  const one = buyLimit(9_900);

  it("takes at most its share of a bar's volume", () => {
    expect(told(falls(559), [one])).toMatchObject([{ size: 55 }]);
    expect(told(falls(559), [{ ...one, filled: quantity(70n) }])).toMatchObject([{ size: 30 }]);
  });

  it('cuts the share down to the lot', () => {
    const lots = { ...COIN, lot: quantity(20n) };

    expect(fillsOn(falls(559), [one], lots, FREE)[0]?.quantity).toBe(40n);
  });

  it('takes a lot at least, so that every order ends', () => {
    expect(told(falls(1), [one])).toMatchObject([{ size: 1 }]);
  });

  it('holds nothing back where no volume is told', () => {
    expect(told(falls(0), [one])).toMatchObject([{ size: 100 }]);
  });

  it('goes by the bar before at the open', () => {
    const event = bar(0, [10_000, 10_000, 10_000, 10_000], 9);

    expect(told(openedOf(event, 300), [order()])).toMatchObject([{ size: 30 }]);
    expect(told(openedOf(event), [order()])).toMatchObject([{ size: 100 }]);
    expect(told(openedOf(event, 0), [order()])).toMatchObject([{ size: 100 }]);
  });

  it('lets the rest of what an open filled wait for the next open', () => {
    const gap = bar(0, [9_800, 9_850, 9_000, 9_500], 500);

    expect(told(openedOf(gap, 500), [one])).toMatchObject([{ size: 50, paid: 9_800 }]);
    expect(told(closedOf(gap), [{ ...one, filled: quantity(50n) }])).toEqual([]);
  });
});

describe('fillsOn', () => {
  it('fills nothing on bars of history', () => {
    expect(told({ ...closedOf(bar(0, [10_000, 10_000, 9_000, 9_500])), history: true }, [buyLimit(9_900)])).toEqual([]);
  });

  it('fills nothing of another instrument, and nothing that is full', () => {
    const event = openedOf(bar(0, [10_000, 10_000, 10_000, 10_000]));

    expect(told(event, [order({ instrument: instrumentId('TEST:OTHER') }), order({ filled: quantity(100n) })])).toEqual([]);
  });

  it('fills in the order of the orders, whatever order they are given in', () => {
    const event = openedOf(bar(0, [10_000, 10_000, 10_000, 10_000]));
    const first = order({ clientId: ID_2, createdAt: later(T0, -5) });
    const second = order();

    expect(told(event, [second, first])).toEqual(told(event, [first, second]));
    expect(told(event, [second, first])[0]?.clientId).toBe(first.clientId);
  });
});
