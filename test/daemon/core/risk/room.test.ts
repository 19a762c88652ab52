import { describe, expect, it } from 'vitest';
import type { Instrument } from '../../../../daemon/core/model/instrument.ts';
import type { Order } from '../../../../daemon/core/model/order.ts';
import { type Bench, anInstrument, bench, cash, qty, scripted } from '../../../support/engine.ts';
import { factsOf, fillOf, the, workingOf } from '../engine/tape.ts';

const FREE: Partial<Instrument> = { fees: { kind: 'flat', makerPpm: 0, takerPpm: 0 } };

interface Asking {
  target: number | null;
  readonly limits: Record<string, number>;
}
/** An engine without fees whose strategy asks for what the test writes into `asking`: a target, or buy limits at 100 by slot. */
function asked(options: Omit<Parameters<typeof bench>[0], 'strategy'> = {}): { readonly engine: Bench; readonly asking: Asking } {
  const asking: Asking = { target: null, limits: {} };
  const strategy = scripted(({ target, want }) => {
    if (asking.target !== null) target(asking.target, 'as told');
    for (const [slot, quantity] of Object.entries(asking.limits)) want(slot, { side: 'BUY', type: 'limit', quantity, price: 100, reduceOnly: false, reason: slot });
  });
  return { asking, engine: bench({ instruments: [anInstrument(FREE)], ...options, strategy }) };
}
const entryUnder = (engine: Bench, slot: string): Order => the(workingOf(engine).filter((order) => order.slot.endsWith(slot)));
const lastEntry = (engine: Bench): Order => the(workingOf(engine).slice(-1));

describe('the room within one position', () => {
  const TENTH = { limits: { maxPositionPct: 10 } }; // a thousand of ten thousand

  it('is less by what the position has cost, whatever it is worth now', () => {
    const { engine, asking } = asked(TENTH);
    asking.target = 6;
    engine.bar(0, '100');
    engine.play(fillOf(lastEntry(engine), '6', '100'));
    asking.target = 20;

    engine.bar(1, '50');

    expect(lastEntry(engine).quantity).toBe(qty('8')); // 400 left, at 50
  });

  it('is less by the entries that are on their way', () => {
    const { engine, asking } = asked(TENTH);
    asking.limits['a'] = 6;
    engine.bar(0, '100');
    asking.limits['b'] = 20;

    engine.bar(1, '100');

    expect(entryUnder(engine, 'a').quantity).toBe(qty('6'));
    expect(entryUnder(engine, 'b').quantity).toBe(qty('4'));
  });

  it('counts of a partly filled entry what has filled and what is left, each once', () => {
    const { engine, asking } = asked(TENTH);
    asking.limits['a'] = 6;
    engine.bar(0, '100');
    asking.limits['a'] = 4;
    engine.play(fillOf(entryUnder(engine, 'a'), '2', '100'));
    asking.limits['b'] = 20;

    engine.bar(1, '100');

    expect(entryUnder(engine, 'a')).toMatchObject({ quantity: qty('6'), filled: qty('2') });
    expect(entryUnder(engine, 'b').quantity).toBe(qty('4'));
  });
});

describe('the capital that is free', () => {
  it('is less by the entries that are on their way', () => {
    const { engine, asking } = asked({ capital: '1000', limits: { maxPositionPct: 200 } });
    asking.limits['a'] = 6;
    engine.bar(0, '100');
    asking.limits['b'] = 20;

    engine.bar(1, '100');

    expect(entryUnder(engine, 'b').quantity).toBe(qty('4'));
  });

  it('does not grow with profits above what the bot was given', () => {
    const { engine, asking } = asked({ capital: '1000', accountCapital: '100000', limits: { maxPositionPct: 200 } });
    asking.target = 5;
    engine.bar(0, '100');
    engine.play(fillOf(lastEntry(engine), '5', '100'));
    asking.target = 0;
    engine.bar(1, '200');
    engine.play(fillOf(lastEntry(engine), '5', '200'));
    asking.target = 100;

    engine.bar(2, '100');

    expect(lastEntry(engine).quantity).toBe(qty('10'));
  });

  it('of an account does not hold what a position has not yet earned', () => {
    let first = true;
    const strategy = scripted(({ position, bar, target }) => {
      if (bar.close < 150 && first) target(5, 'the first bot');
      else if (bar.close > 150 && position.quantity === 0) target(10, 'the second bot');
      first = false;
    });
    const engine = bench({ strategy, bots: 2, capital: '1000', accountCapital: '1000', instruments: [anInstrument(FREE)] });
    engine.bar(0, '100');
    engine.play(fillOf(the(workingOf(engine)), '5', '100'));

    engine.bar(1, '200');

    expect(the(workingOf(engine))).toMatchObject({ bot: 'bot-2', quantity: qty('2.5') }); // 500 of the 1,500 is cash
  });

  it('leaves room for the charges of a dated schedule', () => {
    const { engine, asking } = asked({ capital: '1000', limits: { maxPositionPct: 200 }, instruments: [anInstrument({ fees: { kind: 'schedule', name: 'nse-delivery' }, lot: qty('0.001') })] });
    asking.target = 100;

    engine.bar(0, '100');

    expect(lastEntry(engine).quantity).toBe(qty('9.985')); // 1000 ÷ 1.0015
  });
});

describe('the most open positions', () => {
  it('do not stop a position that is one of them from growing', () => {
    const { engine, asking } = asked({ limits: { maxOpenPositions: 1 } });
    asking.target = 1;
    engine.bar(0, '100');
    engine.play(fillOf(lastEntry(engine), '1', '100'));
    asking.target = 3;

    const facts = engine.bar(1, '100');

    expect(factsOf(facts, 'decision')).toMatchObject([{ decision: { outcome: 'buy' } }]);
    expect(lastEntry(engine).quantity).toBe(qty('2'));
  });
});

describe('what is left after the rules have cut', () => {
  it('is judged by the venue’s smallest order', () => {
    const { engine, asking } = asked({ limits: { maxPositionAmount: cash('50') }, instruments: [anInstrument({ ...FREE, minNotional: cash('60') })] });
    asking.target = 1;

    const facts = engine.bar(0, '100');

    expect(factsOf(facts, 'decision')).toMatchObject([{ decision: { outcome: 'refused', reason: 'as told; refused by PRECISION: an order of 50.00 USDT is below the minimum of 60.00 USDT' } }]);
    expect(workingOf(engine)).toEqual([]);
  });
});
