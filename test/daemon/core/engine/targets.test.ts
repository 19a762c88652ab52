import { describe, expect, it } from 'vitest';
import { restoreEngine, takeChanges } from '../../../../daemon/core/engine/snapshot.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import { MINUTE, START, aConfig, anInstrument, bench, px, qty, scripted } from '../../../support/engine.ts';
import { cancelledIn, factsOf, fillOf, gist, ordersOf, silent, submittedIn, the, workingOf } from './tape.ts';

const MARKET_SELL = { side: 'SELL', type: 'market', at: null, reduceOnly: true };

describe('a reversal', () => {
  const story = () => {
    let goal = 2;
    const engine = silent(aConfig({ strategy: scripted(({ target }) => target(goal, `to ${goal}`)) }));
    return { engine, go: (to: number) => void (goal = to) };
  };

  it('from +2 to −1 sells two and no more, once, however often it is repeated', () => {
    const { engine, go } = story();
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    engine.play(fillOf(entry, '2', '100'));
    go(-1);

    const asked = [1, 2, 3].flatMap((n) => submittedIn(engine.bar(n, '100').effects));

    expect(asked.map(gist)).toEqual([{ ...MARKET_SELL, quantity: qty('2') }]);
    engine.play(fillOf(the(asked), '2', '100'));
    expect(engine.bar(4, '100').effects).toEqual([]);
    expect(engine.state.cells[0]?.position.quantity).toBe(0n);
  });

  it('takes an entry on its way back, and sells only what had arrived of it', () => {
    const { engine, go } = story();
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    engine.play(fillOf(entry, '0.5', '100'));
    go(-1);

    const first = engine.bar(1, '100');
    const second = engine.bar(2, '100');

    expect(cancelledIn(first.effects)).toEqual([entry.clientId]);
    expect(submittedIn(first.effects).map(gist)).toEqual([{ ...MARKET_SELL, quantity: qty('0.5') }]);
    expect(second.effects).toEqual([]);
  });

  it('waits for an exit to be taken back before it buys', () => {
    const { engine, go } = story();
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    engine.play(fillOf(entry, '2', '100'));
    go(0);
    const exit = the(submittedIn(engine.bar(1, '100').effects));
    engine.accept(exit);
    go(3);

    const turned = engine.bar(2, '100');
    expect(turned.effects).toEqual([{ kind: 'cancel', clientId: exit.clientId }]);
    engine.play({ kind: 'order-canceled', at: engine.state.at, clientId: exit.clientId, reason: 'asked' });

    expect(submittedIn(engine.bar(3, '100').effects).map(gist)).toEqual([{ side: 'BUY', type: 'market', at: null, quantity: qty('1'), reduceOnly: false }]);
  });
});

describe('an order whose cancel is refused', () => {
  it('is what it was before, partly filled or not, and may be cancelled again', () => {
    let goal = 2;
    const engine = silent(aConfig({ strategy: scripted(({ target }) => target(goal, 'as told')) }));
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    engine.play(fillOf(entry, '0.5', '100'));
    goal = 0;
    engine.bar(1, '100');
    engine.play(fillOf(entry, '0.25', '100', { id: 'late' }));
    const statusOf = () => ordersOf(engine).find((order) => order.clientId === entry.clientId)?.status;
    expect(statusOf()).toBe('PENDING_CANCEL');

    engine.play({ kind: 'cancel-rejected', at: engine.state.at, clientId: entry.clientId, reason: 'too busy' });

    expect(statusOf()).toBe('PARTIALLY_FILLED');
    expect(cancelledIn(engine.bar(2, '100').effects)).toEqual([entry.clientId]);
  });

  it('is accepted again where nothing of it had filled', () => {
    let goal = 2;
    const engine = silent(aConfig({ strategy: scripted(({ target }) => target(goal, 'as told')) }));
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    goal = 0;
    engine.bar(1, '100');

    const { facts } = engine.play({ kind: 'cancel-rejected', at: engine.state.at, clientId: entry.clientId, reason: 'too busy' });

    expect(factsOf(facts, 'order')).toMatchObject([{ from: 'PENDING_CANCEL', order: { status: 'ACCEPTED', filled: 0n } }]);
  });
});

describe('what a strategy names in plain numbers', () => {
  const GRAINY = anInstrument({ tick: px('0.25'), lot: qty('0.1') });
  const wanting = (side: 'BUY' | 'SELL', type: 'limit' | 'stop', quantity: number, price: number) => {
    const engine = bench({
      instruments: [GRAINY],
      strategy: scripted(({ position, target, want }) => {
        if (side === 'SELL' && position.quantity === 0) target(9, 'something to sell');
        else want('w', { side, type, quantity, price, reduceOnly: side === 'SELL', reason: 'as told' });
      }),
    });
    engine.bar(0, '100');
    if (side === 'SELL') engine.fillMarket('100');
    return the(workingOf(engine));
  };

  it.each([
    ['a buy limit down', 'BUY', 'limit', 95.2, '95'],
    ['a sell limit up', 'SELL', 'limit', 105.1, '105.25'],
    ['a sell stop down', 'SELL', 'stop', 95.2, '95'],
    ['a buy stop up', 'BUY', 'stop', 105.1, '105.25'],
    ['nothing that is on it', 'BUY', 'limit', 95.25, '95.25'],
  ] as const)('is cut to the tick: %s', (_, side, type, price, at) => {
    expect(gist(wanting(side, type, 1, price))).toMatchObject({ at: px(at) });
  });

  it.each([
    [1.19, '1.1'],
    [1.1, '1.1'],
    [0.3, '0.3'], // 0.1 + 0.2, in the words of a float
    [0.1 + 0.2, '0.3'],
  ])('is cut down to whole lots: %d', (quantity, cut) => {
    expect(wanting('BUY', 'limit', quantity, 95).quantity).toBe(qty(cut));
  });

  it.each([
    ['the lot', { lot: qty('1') }, '1.5'],
    ['the tick', { tick: px('1') }, '2'],
  ])('does not leave once the venue has made %s coarser', (_, coarser, size) => {
    const strategy = scripted(({ want }) => want('w', { side: 'BUY', type: 'limit', quantity: Number(size), price: 95.25, reduceOnly: false, reason: 'dip' }));
    const life = (coarse: object) => {
      const engine = bench({ strategy });
      engine.bar(0, '100');
      engine.play({ kind: 'stopping', at: engine.state.at });
      const restored = restoreEngine(aConfig({ strategy, instruments: [anInstrument(coarse)] }), takeChanges(engine.state));
      if (restored.kind !== 'restored') throw new Error('orphaned');
      return silent(restored.state.config, restored.state).play({ kind: 'resumed', at: instant(START + MINUTE) });
    };

    expect(submittedIn(life({}).effects).map(gist)).toMatchObject([{ quantity: qty(size), at: px('95.25') }]);
    expect(life(coarser).effects).toEqual([]);
  });
});

describe('what a stop of the daemon cancelled', () => {
  const restart = (engine: ReturnType<typeof bench>) => {
    const restored = restoreEngine(engine.state.config, takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');
    return silent(restored.state.config, restored.state);
  };
  const buyer = scripted(({ position, target }) => (position.quantity === 0 ? target(2, 'wants in') : undefined));

  it('is asked for again for the rest only', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');
    engine.play(fillOf(the(workingOf(engine)), '0.5', '100'));
    engine.play({ kind: 'stopping', at: engine.state.at });
    const life = restart(engine);

    const { effects } = life.play({ kind: 'resumed', at: life.state.at });

    expect(submittedIn(effects).map(gist)).toEqual([{ side: 'BUY', type: 'market', at: null, quantity: qty('1.5'), reduceOnly: false }]);
  });

  it('does not include a protective order that ended meanwhile: the next bar asks for what is right then', () => {
    const engine = bench({ strategy: buyer, limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    const protection = the(workingOf(engine));
    engine.play({ kind: 'stopping', at: engine.state.at });
    engine.play({ kind: 'order-canceled', at: engine.state.at, clientId: protection.clientId, reason: 'the venue closed for the day' });
    const life = restart(engine);

    expect(life.play({ kind: 'resumed', at: life.state.at }).effects).toEqual([]);
    expect(factsOf(engine.facts, 'order').at(-1)?.order.outcome).toBe('the venue closed for the day');
    expect(submittedIn(life.bar(1, '100').effects).map(gist)).toEqual([{ side: 'SELL', type: 'stop', at: px('95'), quantity: qty('2'), reduceOnly: true }]);
  });
});
