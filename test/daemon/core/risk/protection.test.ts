import { describe, expect, it } from 'vitest';
import type { RiskLimits } from '../../../../daemon/core/risk/limits.ts';
import { restoreEngine, takeChanges } from '../../../../daemon/core/engine/snapshot.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { Order } from '../../../../daemon/core/model/order.ts';
import { type Bench, MINUTE, START, aConfig, anInstrument, bench, px, qty, scripted } from '../../../support/engine.ts';
import { cancelledIn, factsOf, fillOf, gist, silent, submittedIn, the, workingOf } from '../engine/tape.ts';

const buyer = scripted(({ position, target }) => (position.quantity === 0 ? target(2, 'wants in') : undefined));
const stopOf = (engine: Pick<Bench, 'state'>): Order => the(workingOf(engine).filter((order) => order.type === 'stop'));
const lose = (engine: Bench, order: Order): void => void engine.play({ kind: 'order-expired', at: engine.state.at, clientId: order.clientId, reason: 'the day is over' });

describe('a bot whose strategy failed', () => {
  const failing = (limits: Partial<RiskLimits>) => {
    const asked = { times: 0, fails: false };
    const strategy = scripted(({ position, target }) => {
      asked.times += 1;
      if (asked.fails) throw new Error('broken');
      if (position.quantity === 0) target(2, 'wants in');
    });
    const engine = bench({ strategy, limits });
    engine.bar(0, '100');
    engine.play(fillOf(the(workingOf(engine)), '0.5', '100'));
    asked.fails = true;
    engine.bar(1, '100');
    asked.times = 0;
    return { engine, asked };
  };

  it('is not asked again, by no bar and by no fill', () => {
    const { engine, asked } = failing({ stopLossPct: 5 });

    engine.bar(2, '100');
    engine.play(fillOf(the(workingOf(engine).filter((order) => order.type === 'market')), '1', '100'));
    engine.bar(3, '100');

    expect(asked.times).toBe(0);
    expect(factsOf(engine.facts, 'alert').filter((fact) => fact.alert.key === 'strategy-failed:bot-1')).toHaveLength(1);
  });

  it('has its stop grow with a fill that still arrives', () => {
    const { engine } = failing({ stopLossPct: 5 });

    engine.play(fillOf(the(workingOf(engine).filter((order) => order.type === 'market')), '1', '100'));

    expect(stopOf(engine)).toMatchObject({ quantity: qty('1.5'), trigger: px('95') });
  });

  it('has a lost stop placed again at the next bar, and its trailing stop follows the price', () => {
    const { engine } = failing({ trailingStopPct: 10 });
    lose(engine, stopOf(engine));
    expect(workingOf(engine).filter((order) => order.type === 'stop')).toEqual([]);

    engine.bar(2, '100');
    expect(stopOf(engine)).toMatchObject({ quantity: qty('0.5'), trigger: px('90') });
    engine.bar(3, '100', '120', '100', '120');
    expect(stopOf(engine)).toMatchObject({ trigger: px('108') });
  });
});

describe('a bot that warms up with a position', () => {
  it('has its stop kept and renewed at each bar, and says how far it is', () => {
    const config = aConfig({ strategy: buyer, limits: { trailingStopPct: 10 } });
    const engine = bench({ strategy: buyer, limits: { trailingStopPct: 10 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    lose(engine, stopOf(engine));
    const restored = restoreEngine({ ...config, bots: config.bots.map((bot) => ({ ...bot, warmupBars: 4 })) }, takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');
    const life = silent(restored.state.config, restored.state);

    const first = life.bar(1, '100');
    life.accept(the(submittedIn(first.effects)));
    const second = life.bar(2, '100', '120', '100', '120');

    expect(submittedIn(first.effects).map(gist)).toEqual([{ side: 'SELL', type: 'stop', quantity: qty('2'), at: px('90'), reduceOnly: true }]);
    expect(submittedIn(second.effects).map(gist)).toEqual([{ side: 'SELL', type: 'stop', quantity: qty('2'), at: px('108'), reduceOnly: true }]);
    expect(factsOf(second.facts, 'decision')).toMatchObject([{ decision: { outcome: 'warming', reason: 'warming up: bar 3 of 4' } }]);
    expect(factsOf(life.bar(3, '120').facts, 'decision')).toMatchObject([{ decision: { outcome: 'hold' } }]);
  });
});

describe('a strategy’s own stop', () => {
  it('grows with each part of the entry, between bars', () => {
    const strategy = scripted(({ position, target, want }) => {
      if (position.quantity === 0) target(2, 'wants in');
      else want('own', { side: 'SELL', type: 'stop', quantity: position.quantity, price: 90, reduceOnly: true, reason: 'mine' });
    });
    const engine = bench({ strategy });
    engine.bar(0, '100');
    const entry = the(workingOf(engine));

    engine.play(fillOf(entry, '0.5', '100'));
    expect(stopOf(engine)).toMatchObject({ quantity: qty('0.5'), trigger: px('90') });
    engine.play(fillOf(entry, '1.5', '100'));

    expect(stopOf(engine)).toMatchObject({ quantity: qty('2'), reason: 'mine' });
  });
});

describe('the protection of a position', () => {
  const holding = (quantity: number, limits: Partial<RiskLimits>) => {
    const told = { goal: quantity };
    const engine = bench({ strategy: scripted(({ target }) => target(told.goal, `to ${told.goal}`)), limits });
    engine.bar(0, '100');
    engine.fillMarket('100');
    return { engine, told };
  };

  it('makes way for a market order that takes all away, and does not come back while that is on its way', () => {
    const { engine, told } = holding(2, { stopLossPct: 5, takeProfitPct: 10 });
    told.goal = 0;

    engine.bar(1, '100');
    engine.bar(2, '100');
    const exit = the(workingOf(engine));
    expect(exit).toMatchObject({ type: 'market', side: 'SELL', quantity: qty('2') });
    engine.play(fillOf(exit, '0.5', '100'));

    expect(workingOf(engine).map((order) => order.clientId)).toEqual([exit.clientId]);
  });

  it('covers what a partial exit leaves, while the exit is on its way and after a part of it', () => {
    const { engine, told } = holding(3, { stopLossPct: 5 });
    told.goal = 1;
    engine.bar(1, '100');
    const exit = the(workingOf(engine).filter((order) => order.type === 'market'));
    const covered = (): bigint => stopOf(engine).quantity;
    expect(exit.quantity).toBe(qty('2'));
    expect(covered()).toBeGreaterThanOrEqual(qty('1'));

    engine.play(fillOf(exit, '1.5', '100'));
    expect(covered()).toBeGreaterThanOrEqual(qty('1'));
    engine.play(fillOf(exit, '0.5', '100'));

    expect(covered()).toBe(qty('1'));
  });

  it('is left in its place in the queue when a part of it has filled', () => {
    const { engine } = holding(2, { stopLossPct: 5 });
    const asked = engine.effects.length;

    engine.play(fillOf(stopOf(engine), '0.5', '95'));

    expect(engine.effects.length).toBe(asked);
  });

  it('makes way for the catastrophic stop, which takes all', () => {
    const { engine } = holding(2, { stopLossPct: 50, catastrophicStopPct: 20 });
    const stop = stopOf(engine);

    engine.bar(1, '80');

    expect(cancelledIn(engine.effects)).toEqual([stop.clientId]);
    expect(workingOf(engine).map(gist)).toEqual([{ side: 'SELL', type: 'market', quantity: qty('2'), at: null, reduceOnly: true }]);
  });

  it('stands on the tick beyond the level: the stop below it, the target above', () => {
    const engine = bench({ strategy: buyer, limits: { stopLossPct: 5, takeProfitPct: 10 }, instruments: [anInstrument({ tick: px('0.25') })] });
    engine.bar(0, '100.25');
    engine.fillMarket('100.25'); // 95.2375 and 110.275

    expect(workingOf(engine).map(gist)).toMatchObject([{ at: px('95') }, { at: px('110.5') }]);
  });

  it('shows the nearest stop and the nearest target of several, and none that is being cancelled', () => {
    let own = true;
    const strategy = scripted(({ position, target, want }) => {
      if (position.quantity === 0) return target(2, 'wants in');
      if (!own) return;
      want('far', { side: 'SELL', type: 'stop', quantity: 2, price: 90, reduceOnly: true, reason: 'far' });
      want('near', { side: 'SELL', type: 'stop', quantity: 2, price: 97, reduceOnly: true, reason: 'near' });
      want('high', { side: 'SELL', type: 'limit', quantity: 2, price: 120, reduceOnly: true, reason: 'high' });
      want('low', { side: 'SELL', type: 'limit', quantity: 2, price: 105, reduceOnly: true, reason: 'low' });
    });
    const engine = silent(aConfig({ strategy, limits: { stopLossPct: 5, takeProfitPct: 10 } }));
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    const { facts } = engine.play(fillOf(entry, '2', '100'));
    expect(factsOf(facts, 'position').at(-1)).toMatchObject({ levels: { stop: px('97'), target: px('105') } });

    own = false;
    expect(factsOf(engine.bar(1, '100').facts, 'position').at(-1)).toMatchObject({ levels: { stop: px('95'), target: px('110') } });
  });
});

describe('an exit', () => {
  it('leaves although every door is closed to entries', () => {
    const told = { goal: 50 };
    const engine = bench({ strategy: scripted(({ target }) => target(told.goal, 'as told')), limits: { dailyLossLimitPct: 1, staleAfterBars: 1 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    told.goal = 0;
    engine.play({ kind: 'stopping', at: engine.state.at });

    engine.bar(1, '80');

    expect(factsOf(engine.facts, 'latch')).toHaveLength(1);
    expect(workingOf(engine).map(gist)).toEqual([{ side: 'SELL', type: 'market', quantity: qty('50'), at: null, reduceOnly: true }]);
  });

  it('does not count among the orders of a minute', () => {
    const told = { goal: 1 };
    const engine = bench({ strategy: scripted(({ target }) => target(told.goal, 'as told')), limits: { maxOrdersPerMinute: 2 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    told.goal = 0;
    engine.bar(0, '100');
    engine.fillMarket('100');
    told.goal = 1;

    const again = engine.bar(0, '100');

    expect(engine.state.at).toBe(instant(START + MINUTE));
    expect(factsOf(again, 'decision')).toMatchObject([{ decision: { outcome: 'buy' } }]);
  });
});
