import { describe, expect, it } from 'vitest';
import type { Holding } from '../../../daemon/core/strategy/strategy.ts';
import { rsiMeanReversion } from '../../../daemon/strategies/rsi-mean-reversion.ts';
import { MINUTE, START, bench, scripted } from '../../support/engine.ts';
import { factsOf, fillOf, the, workingOf } from '../core/engine/tape.ts';
import { valuesOf } from './fake-view.ts';

describe('what a strategy is told of its position', () => {
  it('is its size, its average entry and its open result in percent of cost', () => {
    const seen: Holding[] = [];
    const engine = bench({
      strategy: scripted(({ position, target, bar }) => {
        seen.push(position);
        target(bar.at === START + MINUTE ? 2 : 4, 'as told');
      }),
    });
    engine.bar(0, '100');
    engine.play(fillOf(the(workingOf(engine)), '2', '100'));
    engine.bar(1, '110');
    engine.play(fillOf(the(workingOf(engine)), '2', '120'));
    engine.bar(2, '99');

    expect(seen[0]).toMatchObject({ quantity: 0, average: 0, percent: 0 });
    expect(seen.at(-1)).toMatchObject({ quantity: 4, average: 110, percent: -10 });
  });
});

describe('rsi-mean-reversion', () => {
  it('is not asked before its RSI has settled, however few bars it needs for a first reading', () => {
    const engine = bench({ strategy: rsiMeanReversion, params: valuesOf(rsiMeanReversion, { period: 2 }) });
    const { warmup, settle } = rsiMeanReversion.indicators(valuesOf(rsiMeanReversion, { period: 2 }))['rsi'] ?? { warmup: 0, settle: 0 };
    expect(settle).toBeGreaterThan(warmup);

    const outcomes = Array.from({ length: settle }, (_, n) => factsOf(engine.bar(n, String(100 - n)), 'decision')[0]?.decision.outcome);

    expect(outcomes.slice(0, -1).every((outcome) => outcome === 'warming')).toBe(true);
    expect(outcomes.at(-1)).toBe('buy');
  });
});
