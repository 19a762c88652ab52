import { describe, expect, it } from 'vitest';
import type { ExitLimits, Holding } from '../../../daemon/core/strategy/strategy.ts';
import { rsiMeanReversion } from '../../../daemon/strategies/rsi-mean-reversion.ts';
import { FLAT, type Said, ask, valuesOf } from './fake-view.ts';

const NO_EXITS: ExitLimits = { stopLossPct: null, takeProfitPct: null, trailingStopPct: null };

const at = (v: number, position = FLAT, given: object = {}): Said => ask(rsiMeanReversion, { rsi: { v } }, position, given);
const held = (percent: number): Holding => ({ quantity: 20, average: 40, percent, breakEven: 40.08 });
const check = (given: object, exits: Partial<ExitLimits> = {}) =>
  rsiMeanReversion.check(valuesOf(rsiMeanReversion, given), { ...NO_EXITS, ...exits });

describe('rsi-mean-reversion, flat', () => {
  it('buys its share of the capital when the RSI is at or below the line', () => {
    expect(at(28.44)).toEqual({ target: { quantity: 20, reason: 'RSI 28.4 ≤ 35' }, wants: {}, waiting: null });
    expect(at(35).target).toEqual({ quantity: 20, reason: 'RSI 35.0 ≤ 35' });
  });

  it('says why it does not buy', () => {
    expect(at(41.2)).toEqual({ target: null, wants: {}, waiting: 'no buy: RSI 41.2 > 35' });
  });

  it('takes line and size from its parameters', () => {
    expect(at(45, FLAT, { buyBelow: 45.5, sizePct: 50 }).target).toEqual({ quantity: 100, reason: 'RSI 45.0 ≤ 45.5' });
  });
});

describe('rsi-mean-reversion, holding', () => {
  it('sells all when the RSI is at or above the line', () => {
    expect(at(65, held(4))).toEqual({ target: { quantity: 0, reason: 'RSI 65.0 ≥ 65' }, wants: {}, waiting: null });
  });

  it('says why it holds, and does not buy again', () => {
    expect(at(52, held(4))).toEqual({ target: null, wants: {}, waiting: 'hold: RSI 52.0 < 65' });
    expect(at(20, held(-4)).target).toBeNull();
  });

  it('keeps a target and a stop working around the average entry when they are set', () => {
    const { wants, waiting } = at(52, held(4), { stopPct: 5, takePct: 10 });

    expect(waiting).toBe('hold: RSI 52.0 < 65');
    expect(wants).toEqual({
      take: { side: 'SELL', type: 'limit', quantity: 20, price: 44, reduceOnly: true, reason: 'take +10%' },
      stop: { side: 'SELL', type: 'stop', quantity: 20, price: 38, reduceOnly: true, reason: 'stop −5%' },
    });
  });

  it('sells at a loss unless it is told never to', () => {
    expect(at(70, held(-2)).target).toEqual({ quantity: 0, reason: 'RSI 70.0 ≥ 65' });
    for (const percent of [-2.04, 0, 3]) {
      const { target, wants, waiting } = at(70, held(percent), { neverSellAtLoss: true });
      expect(target).toBeNull();
      expect(wants['exit']).toMatchObject({ side: 'SELL', type: 'limit', price: held(percent).breakEven, reduceOnly: true });
      expect(waiting).toBe('hold: RSI 70.0 ≥ 65, for sale at no less than it cost with fees');
    }
  });

  it('places no stop when it never sells at a loss, whatever the settings let through', () => {
    expect(Object.keys(at(52, held(-2), { neverSellAtLoss: true, stopPct: 5, takePct: 10 }).wants)).toEqual(['take']);
  });
});

describe('rsi-mean-reversion, checked', () => {
  it('may run as it comes, and with every exit while it may sell at a loss', () => {
    expect(check({})).toEqual([]);
    expect(check({ stopPct: 5 }, { stopLossPct: 5, trailingStopPct: 3, takeProfitPct: 10 })).toEqual([]);
    expect(check({ neverSellAtLoss: true, takePct: 5 }, { takeProfitPct: 10 })).toEqual([]);
  });

  it.each([
    [{ stopPct: 5 }, {}, 'set params.stopPct to null, or set neverSellAtLoss to false'],
    [{}, { stopLossPct: 5 }, 'set risk.stopLossPct to null for this bot, or set neverSellAtLoss to false'],
    [{}, { trailingStopPct: 5 }, 'set risk.trailingStopPct to null for this bot, or set neverSellAtLoss to false'],
  ])('refuses never to sell at a loss beside %j and risk %j', (given, exits, remedy) => {
    const faults = check({ ...given, neverSellAtLoss: true }, exits);

    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ param: 'neverSellAtLoss', found: true, remedy });
    expect(faults[0]?.expected).toContain('is 5, which sells at a loss');
  });

  it('refuses to buy where it would sell', () => {
    expect(check({ buyBelow: 50, sellAbove: 50 })).toEqual([
      { param: 'buyBelow', found: 50, expected: 'below sellAbove (50)', remedy: 'lower buyBelow or raise sellAbove' },
    ]);
  });

  it('reads the RSI of its period', () => {
    expect(rsiMeanReversion.indicators(valuesOf(rsiMeanReversion, { period: 9 }))['rsi']?.name).toBe('RSI 9');
  });
});
