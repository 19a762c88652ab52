import { describe, expect, it } from 'vitest';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { RiskLimits } from '../../../../daemon/core/risk/limits.ts';
import { MINUTE, START, aCandle, aConfig, scripted } from '../../../support/engine.ts';
import { factsOf, fillOf, silent, submittedIn, the } from './tape.ts';

/** Two bots on one instrument: the first on bars of a minute, the second on bars of five. */
function two(limits: Partial<RiskLimits> = {}) {
  const asked: number[] = [];
  const strategy = scripted(({ bar, position, target }) => {
    asked.push(bar.close);
    if (position.quantity === 0) target(2, 'in');
  });
  const config = aConfig({ strategy, bots: 2, limits, capital: '1000', accountCapital: '1000' });
  const engine = silent({ ...config, bots: config.bots.map((bot, n) => ({ ...bot, timeframeMs: n === 0 ? MINUTE : 5 * MINUTE })) });
  const five = (n: number, at: string) =>
    engine.play({ kind: 'candle-closed', at: instant(START + 5 * (n + 1) * MINUTE), instrument: instrumentId('TEST:COIN'), candle: { ...aCandle(5 * n, at), timeframeMs: 5 * MINUTE } });
  return { engine, five, asked };
}

describe('two timeframes of one instrument', () => {
  it('are decided on by their own bots, each on its own bars', () => {
    const { engine, five, asked } = two();

    const minutes = [0, 1, 2, 3, 4].flatMap((n) => factsOf(engine.bar(n, `10${n}`).facts, 'decision').map((fact) => fact.decision.bot));
    const fives = factsOf(five(0, '104').facts, 'decision').map((fact) => fact.decision.bot);

    expect(minutes).toEqual(['bot-1', 'bot-1', 'bot-1', 'bot-1', 'bot-1']);
    expect(fives).toEqual(['bot-2']);
    expect(asked).toEqual([100, 101, 102, 103, 104, 104]);
    expect(engine.state.cells.map((cell) => cell.bars)).toEqual([5, 1]);
  });

  it('mark each other’s positions: the limits of the slow bot see the price of the fast one', () => {
    const { engine, five } = two({ dailyLossLimitPct: 5 });
    const entry = the(submittedIn(five(0, '100').effects));
    engine.accept(entry);
    engine.play(fillOf(entry, '2', '100'));

    const { facts } = engine.bar(5, '60');

    expect(entry.bot).toBe('bot-2');
    expect(factsOf(facts, 'latch').map((fact) => fact.latch.key)).toContain('bot-2');
  });
});
