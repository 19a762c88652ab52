import { describe, expect, it } from 'vitest';
import { type Bench, MINUTE, START, bench, cash, px, qty, scripted } from '../../../support/engine.ts';
import { factsOf, fillOf, ordersOf, workingOf, the } from './tape.ts';

/** An engine that goes to the n-th of these quantities at the n-th bar. */
function walking(targets: readonly number[], limits: object = {}): Bench {
  const goal = (closedAt: number): number => targets[(closedAt - START) / MINUTE - 1] ?? 0;
  return bench({ strategy: scripted(({ bar, target }) => target(goal(bar.at), `goes to ${goal(bar.at)}`)), limits });
}
const tripOf = (engine: Bench) => factsOf(engine.facts, 'round-trip').at(-1)?.roundTrip;

describe('a round trip', () => {
  it('adds up its entries, its partial exits and its extremes to the last unit', () => {
    const engine = walking([2, 4, 3, 3.5, 2, 0]);
    engine.bar(0, '100');
    engine.fillMarket('100'); // 2 for 200
    engine.bar(1, '100');
    engine.fillMarket('110'); // 4 for 420
    engine.bar(2, '110', '130', '90', '110'); // 360 − 420 at the low, 520 − 420 at the high
    engine.fillMarket('120'); // 1 of cost 105
    engine.bar(3, '110');
    engine.fillMarket('105'); // 3.5 for 367.5
    engine.bar(4, '105');
    engine.fillMarket('90'); // 1.5 of cost 157.5
    expect(tripOf(engine)).toMatchObject({ closedAt: null, exitNotional: cash('255'), gross: cash('-7.5'), fees: cash('5') });
    engine.bar(5, '100');
    engine.fillMarket('100'); // 2 of cost 210

    expect(tripOf(engine)).toMatchObject({
      number: 1,
      direction: 'long',
      peakQuantity: qty('4'),
      entryNotional: cash('472.5'),
      exitNotional: cash('455'),
      gross: cash('-17.5'),
      fees: cash('6'),
      adverse: cash('-60'),
      favourable: cash('100'),
      entryReason: 'goes to 2',
      exitReason: 'goes to 0',
      closedAt: engine.state.at,
    });
  });

  it('begins with extremes of its own', () => {
    const engine = walking([2, 0, 2, 0]);
    engine.bar(0, '100');
    engine.fillMarket('100');
    engine.bar(1, '100', '150', '50', '100');
    engine.fillMarket('100');
    engine.bar(2, '100');
    engine.fillMarket('100');
    engine.bar(3, '100', '101', '98', '100');
    engine.fillMarket('100');

    expect(tripOf(engine)).toMatchObject({ number: 2, adverse: cash('-4'), favourable: cash('2'), peakQuantity: qty('2'), exitNotional: cash('200'), gross: 0n });
  });

  it('is not touched by the prices of bars without a position', () => {
    const engine = walking([2, 0, 0]);
    engine.bar(0, '100');
    engine.fillMarket('100');
    engine.bar(1, '100');
    engine.fillMarket('100');

    expect(factsOf(engine.bar(2, '10', '900', '1', '10'), 'round-trip')).toEqual([]);
  });
});

describe('a fill', () => {
  it('tells the equity it leaves: capital, less fees, and what is open at the last price', () => {
    const engine = walking([2, 2]);
    engine.bar(0, '100');
    engine.fillMarket('90'); // marked at 100, bought at 90, one of fee

    expect(factsOf(engine.facts, 'equity').at(-1)?.equity).toMatchObject({ equity: cash('10019'), unrealised: cash('20'), realised: 0n, fees: cash('1') });
  });
});

describe('the equity', () => {
  it('is told again on a new day though it has not moved, and not on the same day', () => {
    const engine = walking([0, 0, 0]);
    engine.bar(0, '100');

    expect(factsOf(engine.bar(1, '100'), 'equity')).toEqual([]);
    expect(factsOf(engine.bar(24 * 60, '100'), 'equity')).toMatchObject([{ equity: { day: 20260106, equity: cash('10000') } }]);
  });
});

describe('the trailing stop', () => {
  it('of a second position starts from its own entry, not from the peak of the one before', () => {
    const engine = walking([2, 2, 0, 2, 2], { trailingStopPct: 10 });
    engine.bar(0, '100');
    engine.fillMarket('100');
    engine.bar(1, '100', '200', '100', '180');
    expect(workingOf(engine)).toMatchObject([{ trigger: px('180') }]);
    engine.bar(2, '180');
    engine.fillMarket('180');
    expect(workingOf(engine)).toEqual([]);
    engine.bar(3, '100');
    engine.fillMarket('100');

    expect(workingOf(engine)).toMatchObject([{ type: 'stop', side: 'SELL', trigger: px('90') }]);
    engine.bar(4, '100', '110', '100', '110');
    expect(workingOf(engine)).toMatchObject([{ trigger: px('99') }]);
  });

  it('of a position that a late fill turned round starts from that fill, on the other side', () => {
    const engine = walking([2, 2, 0, 1], { trailingStopPct: 10 });
    engine.bar(0, '100');
    engine.fillMarket('100');
    engine.bar(1, '100', '150', '100', '150');
    const stop = the(workingOf(engine));
    engine.bar(2, '150');
    expect(ordersOf(engine).find((order) => order.clientId === stop.clientId)?.status).toBe('CANCELED');
    const exit = the(workingOf(engine));

    engine.play(fillOf(exit, '1', '150'));
    engine.bar(3, '150'); // keeps what is left and takes the exit back
    engine.play(fillOf(stop, '2', '140')); // the cancel came too late: one too many was sold

    expect(engine.state.cells[0]?.position.quantity).toBe(qty('-1'));
    expect(tripOf(engine)).toMatchObject({ number: 2, direction: 'short', peakQuantity: qty('1'), entryNotional: cash('140') });
    expect(workingOf(engine)).toMatchObject([{ side: 'BUY', type: 'stop', quantity: qty('1'), trigger: px('154'), reduceOnly: true }]);
  });

  it('is left alone while it would move by less than a thousandth', () => {
    const engine = walking([2, 2, 2], { trailingStopPct: 10 });
    engine.bar(0, '100');
    engine.fillMarket('100');
    const asked = engine.effects.length;

    engine.bar(1, '100', '100.05', '100', '100');
    expect(engine.effects.length).toBe(asked);
    engine.bar(2, '100', '100.2', '100', '100');
    expect(workingOf(engine)).toMatchObject([{ trigger: px('90.18') }]);
  });
});
