import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../daemon/core/model/order.ts';
import { workingOrders } from '../../../../daemon/core/engine/orders.ts';
import type { RiskLimits } from '../../../../daemon/core/risk/limits.ts';
import { type Bench, bench, px, qty, scripted } from '../../../support/engine.ts';

const holder = scripted(({ position, target, wait }) => (position.quantity === 0 ? target(2, 'wants in') : wait('holds')));

function holding(limits: Partial<RiskLimits>): Bench {
  const engine = bench({ strategy: holder, limits });
  engine.bar(0, '100');
  engine.fillMarket('100');
  return engine;
}
const working = (engine: Bench): readonly Order[] => engine.state.cells.flatMap(workingOrders);

describe('a position', () => {
  it('is under a stop and a target as soon as its entry has filled', () => {
    const engine = holding({ stopLossPct: 5, takeProfitPct: 10 });

    expect(working(engine).map(({ slot, type, side, quantity, trigger, limit, reduceOnly }) => ({ slot, type, side, quantity, at: trigger ?? limit, reduceOnly }))).toEqual([
      { slot: 'risk-stop', type: 'stop', side: 'SELL', quantity: qty('2'), at: px('95'), reduceOnly: true },
      { slot: 'risk-take', type: 'limit', side: 'SELL', quantity: qty('2'), at: px('110'), reduceOnly: true },
    ]);
  });

  it('has no stop and no target where the rules are off', () => {
    expect(working(holding({}))).toEqual([]);
  });

  it('tells where its orders would close it', () => {
    const engine = holding({ stopLossPct: 5, takeProfitPct: 10 });

    expect(engine.facts.filter((fact) => fact.kind === 'position').at(-1)).toMatchObject({ levels: { stop: px('95'), target: px('110') } });
  });

  it('tells only what is working: not the stop of the position before', () => {
    let wanted = 2;
    const engine = bench({ strategy: scripted(({ target }) => target(wanted, 'as told')), limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    wanted = 0;
    engine.bar(1, '100');
    engine.fillMarket('100');
    wanted = 2;
    engine.bar(2, '80');
    engine.fillMarket('80');

    expect(engine.facts.filter((fact) => fact.kind === 'position').at(-1)).toMatchObject({ levels: { stop: px('76'), target: null } });
  });

  it('is followed by a trailing stop upwards, and never down again', () => {
    const engine = holding({ trailingStopPct: 10 });

    engine.bar(1, '100', '120', '100', '118');
    expect(working(engine)).toMatchObject([{ trigger: px('108'), reason: 'trailing stop −10% from the best price' }]);
    engine.bar(2, '118', '118', '112', '112');
    expect(working(engine)).toMatchObject([{ trigger: px('108') }]);
  });

  it('takes the nearer of stop-loss and trailing stop', () => {
    const engine = holding({ stopLossPct: 5, trailingStopPct: 10 });

    expect(working(engine)).toMatchObject([{ trigger: px('95') }]);
    engine.bar(1, '100', '110', '100', '109');
    expect(working(engine)).toMatchObject([{ trigger: px('99') }]);
  });

  it('leaves its orders alone while nothing has moved', () => {
    const engine = holding({ stopLossPct: 5, takeProfitPct: 10 });
    const before = engine.effects.length;

    engine.bar(1, '101');
    engine.bar(2, '99');

    expect(engine.effects.length).toBe(before);
  });

  it('loses its other protective order when one has closed it', () => {
    const engine = holding({ stopLossPct: 5, takeProfitPct: 10 });
    const [stop] = working(engine);
    if (stop === undefined) throw new Error('no stop');

    engine.play({
      kind: 'order-filled', at: engine.state.at, clientId: stop.clientId, venueFillId: 's-1', quantity: stop.quantity, price: px('95'),
      fee: { total: 0n as never, parts: {} }, liquidity: 'taker',
    });

    expect(working(engine)).toEqual([]);
    expect(engine.effects.at(-1)?.kind).toBe('cancel');
    expect(engine.facts.filter((fact) => fact.kind === 'round-trip').at(-1)).toMatchObject({ roundTrip: { closedAt: engine.state.at, exitReason: 'stop-loss −5%' } });
  });

  it('is closed at market by the catastrophic stop, whatever the strategy says', () => {
    const engine = holding({ catastrophicStopPct: 20 });

    engine.bar(1, '80.01');
    expect(working(engine)).toEqual([]);
    engine.bar(2, '80');

    expect(working(engine)).toMatchObject([{ slot: 'risk-exit', type: 'market', side: 'SELL', quantity: qty('2'), reduceOnly: true, reason: 'catastrophic stop −20%' }]);
    expect(engine.facts.filter((fact) => fact.kind === 'alert').at(-1)).toMatchObject({ alert: { severity: 'critical' } });
  });

  it('is closed by it though the strategy asks for the position again on every bar', () => {
    const engine = bench({ strategy: scripted(({ target }) => target(2, 'stubborn')), limits: { catastrophicStopPct: 20 } });
    engine.bar(0, '100');
    engine.fillMarket('100');

    engine.open(1, '70');
    engine.bar(1, '70');
    engine.bar(2, '60');

    expect(working(engine)).toMatchObject([{ slot: 'risk-exit', status: 'ACCEPTED' }]);
    expect(engine.facts.filter((fact) => fact.kind === 'decision').at(-1)).toMatchObject({ decision: { outcome: 'sell', reason: 'catastrophic stop −20%: being closed at market' } });
    engine.fillMarket('60');
    expect(engine.state.cells[0]?.position.quantity).toBe(0n);
  });

  it('cannot be turned over by a reduce-only order that asks for more than is held', () => {
    const greedy = scripted(({ position, target, want }) => {
      if (position.quantity === 0) target(1, 'in');
      else want('big', { side: 'SELL', type: 'stop', quantity: 5, price: 90, reduceOnly: true, reason: 'too much' });
    });
    const engine = bench({ strategy: greedy });
    engine.bar(0, '100');
    engine.fillMarket('100');

    engine.bar(1, '100');
    engine.bar(2, '101');

    expect(working(engine)).toMatchObject([{ slot: 'want:big', quantity: qty('1') }]);
  });

  it('cannot be grown by an order that says it only reduces', () => {
    const sly = scripted(({ position, target, want }) => {
      if (position.quantity === 0) target(1, 'in');
      else want('sly', { side: 'BUY', type: 'limit', quantity: 1, price: 95, reduceOnly: true, reason: 'past the rules' });
    });
    const engine = bench({ strategy: sly });
    engine.bar(0, '100');
    engine.fillMarket('100');

    const facts = engine.bar(1, '100');

    expect(working(engine)).toEqual([]);
    expect(facts.find((fact) => fact.kind === 'decision')).toMatchObject({ decision: { outcome: 'refused', reason: 'past the rules; refused by REDUCE_ONLY: there is no position that it would reduce' } });
  });

  it('is closed by the catastrophic stop at the first price of a bar too', () => {
    const engine = holding({ catastrophicStopPct: 20 });

    engine.open(1, '70');

    expect(working(engine)).toMatchObject([{ reason: 'catastrophic stop −20%' }]);
  });

  it('keeps its protection when the daemon stops', () => {
    const engine = holding({ stopLossPct: 5, takeProfitPct: 10 });

    engine.play({ kind: 'stopping', at: engine.state.at });

    expect(working(engine)).toHaveLength(2);
  });

  it('keeps its protection when its strategy fails, and the bot is halted with the reason', () => {
    let fails = false;
    const engine = bench({
      strategy: scripted(({ position, target }) => {
        if (fails) throw new Error('division by zero in my code');
        if (position.quantity === 0) target(2, 'wants in');
      }),
      limits: { stopLossPct: 5 },
    });
    engine.bar(0, '100');
    engine.fillMarket('100');
    fails = true;

    engine.bar(1, '101');
    engine.bar(2, '101');

    expect(working(engine)).toMatchObject([{ slot: 'risk-stop' }]);
    expect([...engine.state.bots.values()][0]).toMatchObject({ runState: 'HALTED', runReason: 'the strategy failed: division by zero in my code' });
    expect(engine.facts.filter((fact) => fact.kind === 'decision').at(-1)).toMatchObject({ decision: { outcome: 'halted' } });
  });
});
