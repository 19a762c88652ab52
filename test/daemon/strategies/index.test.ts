import { describe, expect, it } from 'vitest';
import { registry } from '../../../daemon/core/strategy/registry.ts';
import { builtIns } from '../../../daemon/strategies/index.ts';
import { valuesOf } from './fake-view.ts';

describe('the built-in strategies', () => {
  it('have ids of their own', () => {
    expect(registry(builtIns).ids).toEqual(['rsi-mean-reversion', 'ema-cross']);
  });

  it.each(builtIns.map((strategy) => [strategy.id, strategy] as const))('%s runs on its defaults', (_, strategy) => {
    const defaults = valuesOf(strategy);

    expect(strategy.check(defaults, { stopLossPct: 5, takeProfitPct: 10, trailingStopPct: null })).toEqual([]);
    expect(Object.keys(strategy.indicators(defaults))).not.toHaveLength(0);
  });
});
