import { describe, expect, it } from 'vitest';
import type { Holding } from '../../../daemon/core/strategy/strategy.ts';
import { emaCross } from '../../../daemon/strategies/ema-cross.ts';
import { FLAT, type Said, ask, valuesOf } from './fake-view.ts';

const HELD: Holding = { quantity: 20, average: 40, percent: 3, breakEven: 40.1 };

const at = (fast: number, slow: number, position = FLAT): Said => ask(emaCross, { fast: { v: fast }, slow: { v: slow } }, position);

describe('ema-cross', () => {
  it('buys when flat and the fast average is above the slow one', () => {
    expect(at(101, 100)).toEqual({ target: { quantity: 20, reason: 'EMA 12 above EMA 26' }, wants: {}, waiting: null });
  });

  it('sells all when holding and the fast average is below the slow one', () => {
    expect(at(99, 100, HELD)).toEqual({ target: { quantity: 0, reason: 'EMA 12 below EMA 26' }, wants: {}, waiting: null });
  });

  it('says its values while it waits or holds', () => {
    expect(at(99.5, 100).waiting).toBe('no buy: EMA 12 at 99.5, EMA 26 at 100');
    expect(at(43251.2345, 43250.9, HELD).waiting).toBe('hold: EMA 12 at 43251.23, EMA 26 at 43250.9');
  });

  it('does nothing while the averages are equal', () => {
    expect(at(100, 100).target).toBeNull();
    expect(at(100, 100, HELD).target).toBeNull();
  });

  it('refuses a fast average that is not faster', () => {
    expect(emaCross.check(valuesOf(emaCross), { stopLossPct: 5, takeProfitPct: 10, trailingStopPct: 3 })).toEqual([]);
    expect(emaCross.check(valuesOf(emaCross, { fast: 26 }), { stopLossPct: null, takeProfitPct: null, trailingStopPct: null })).toEqual([
      { param: 'fast', found: 26, expected: 'below slow (26)', remedy: 'lower fast or raise slow' },
    ]);
  });

  it('reads the averages of its periods', () => {
    const indicators = emaCross.indicators(valuesOf(emaCross, { fast: 5, slow: 9 }));

    expect(Object.values(indicators).map((indicator) => indicator.name)).toEqual(['EMA 5', 'EMA 9']);
  });
});
