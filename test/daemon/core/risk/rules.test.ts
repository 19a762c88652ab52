import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../daemon/core/model/decision.ts';
import type { Fact } from '../../../../daemon/core/model/fact.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { DAY, instant } from '../../../../daemon/core/model/instant.ts';
import { restoreEngine, takeChanges } from '../../../../daemon/core/engine/snapshot.ts';
import { accountEquity } from '../../../../daemon/core/engine/state.ts';
import { step } from '../../../../daemon/core/engine/step.ts';
import { MINUTE, START, aCandle, aConfig, anInstrument, bench, cash, px, qty, scripted } from '../../../support/engine.ts';

/** Buys this quantity on every bar while it is flat. */
const buyer = (quantity: number) => scripted(({ position, target, wait }) => (position.quantity === 0 ? target(quantity, 'wants in') : wait('holds')));
const decisionOf = (facts: readonly Fact[]): Decision => {
  const found = facts.find((fact) => fact.kind === 'decision');
  if (found?.kind !== 'decision') throw new Error('no decision was told');
  return found.decision;
};
const submitted = (told: ReturnType<typeof bench>) => told.effects.filter((effect) => effect.kind === 'submit');

describe('an entry', () => {
  it('leaves when no rule objects, and says which rules it passed', () => {
    const engine = bench({ strategy: buyer(1) });

    const decision = decisionOf(engine.bar(0, '100'));

    expect(decision).toMatchObject({ outcome: 'buy', reason: 'wants in' });
    expect(decision.rules.map(({ rule, verdict }) => [rule, verdict])).toEqual(
      ['STOPPING', 'DAILY_LOSS', 'STALE_DATA', 'ORDER_RATE', 'SHORT_SALE', 'MAX_OPEN_POSITIONS', 'POSITION_SIZE', 'CAPITAL_CAP', 'PRECISION'].map((rule) => [rule, 'passed']),
    );
    expect(submitted(engine)).toHaveLength(1);
  });

  it('is cut to the largest position in percent of the capital', () => {
    const engine = bench({ strategy: buyer(50), limits: { maxPositionPct: 10 } });

    const decision = decisionOf(engine.bar(0, '100'));

    expect(decision.rules).toContainEqual({ rule: 'POSITION_SIZE', verdict: 'shrunk', text: 'at most 1000.00 USDT in one position' });
    expect(submitted(engine)[0]).toMatchObject({ order: { quantity: qty('10') } });
  });

  it('is left alone while it rests, though the gate had cut it and the strategy asks for all of it again', () => {
    const engine = bench({
      strategy: scripted(({ position, want }) => {
        if (position.quantity === 0) want('dip', { side: 'BUY', type: 'limit', quantity: 50, price: 90, reduceOnly: false, reason: 'dip' });
      }),
      limits: { maxPositionPct: 10 },
    });

    for (let n = 0; n < 4; n += 1) engine.bar(n, '100');

    expect(engine.effects.map((effect) => effect.kind)).toEqual(['submit']);
    expect(submitted(engine)[0]).toMatchObject({ order: { quantity: qty('11.11111') } });
  });

  it('is cut to the largest position as an amount', () => {
    const engine = bench({ strategy: buyer(50), limits: { maxPositionAmount: cash('250') } });

    engine.bar(0, '100');

    expect(submitted(engine)[0]).toMatchObject({ order: { quantity: qty('2.5') } });
  });

  it('is cut to the capital that is free, its fee included', () => {
    const engine = bench({ strategy: buyer(1_000), capital: '1001' });

    engine.bar(0, '100');

    expect(submitted(engine)[0]).toMatchObject({ order: { quantity: qty('10') } });
  });

  it('finds less capital after a loss', () => {
    const engine = bench({ strategy: scripted(({ position, bar, target }) => target(position.quantity > 0 || bar.close < 60 ? 0 : 1_000, 'turn')), capital: '1001' });
    engine.bar(0, '100');
    engine.fillMarket('100');
    engine.bar(1, '70');
    engine.fillMarket('70');

    engine.bar(2, '100');

    // 10 bought at 100 and sold at 70, one of fee each way: 1001 − 300 − 2 = 699, less the fee of 0.1 %.
    expect(submitted(engine).at(-1)).toMatchObject({ order: { quantity: qty('6.98301') } });
  });

  it('counts what other bots of the account hold against the account', () => {
    const engine = bench({ strategy: buyer(8), bots: 2, capital: '1000', accountCapital: '1000' });

    engine.bar(0, '100');

    expect(submitted(engine).map((effect) => (effect.kind === 'submit' ? effect.order.quantity : 0n))).toEqual([qty('8'), qty('1.998')]);
  });

  it('is refused beyond the most open positions of the account, entries in flight counted', () => {
    const engine = bench({ strategy: buyer(1), bots: 3, limits: { maxOpenPositions: 2 } });

    const facts = engine.bar(0, '100');

    expect(submitted(engine)).toHaveLength(2);
    expect(facts.filter((fact) => fact.kind === 'decision').at(-1)).toMatchObject({
      decision: { outcome: 'refused', reason: 'wants in; refused by MAX_OPEN_POSITIONS: 2 positions are open, at most 2' },
    });
  });

  it('is refused on a bar that was learnt too late', () => {
    const engine = bench({ strategy: buyer(1), limits: { staleAfterBars: 2 } });
    const late = (delay: number) => engine.play({ kind: 'candle-closed', at: instant(START + MINUTE + delay), instrument: instrumentId('TEST:COIN'), candle: aCandle(0, '100') });

    expect(decisionOf(late(2 * MINUTE)).outcome).toBe('buy');
    const engine2 = bench({ strategy: buyer(1), limits: { staleAfterBars: 2 } });
    const refused = engine2.play({ kind: 'candle-closed', at: instant(START + MINUTE + 2 * MINUTE + 1), instrument: instrumentId('TEST:COIN'), candle: aCandle(0, '100') });
    expect(decisionOf(refused)).toMatchObject({ outcome: 'refused', reason: 'wants in; refused by STALE_DATA: the bar was learnt 120 s after its close' });
  });

  it('is refused when the bot has placed too many within a minute', () => {
    // In and out on every event of one minute: each close of a bar is a decision.
    const engine = bench({ strategy: buyer(1), instruments: [anInstrument(), anInstrument({ id: instrumentId('TEST:TWO') }), anInstrument({ id: instrumentId('TEST:SIX') })], limits: { maxOrdersPerMinute: 2 } });
    const close = (id: string) => engine.play({ kind: 'candle-closed', at: instant(START + MINUTE), instrument: instrumentId(id), candle: aCandle(0, '100') });

    expect(['TEST:COIN', 'TEST:TWO', 'TEST:SIX'].map((id) => decisionOf(close(id)).outcome)).toEqual(['buy', 'buy', 'refused']);
    const nextMinute = engine.play({ kind: 'candle-closed', at: instant(START + 2 * MINUTE), instrument: instrumentId('TEST:SIX'), candle: aCandle(1, '100') });
    expect(decisionOf(nextMinute).outcome).toBe('buy');
  });

  it('is refused as a short sale', () => {
    const engine = bench({ strategy: scripted(({ target }) => target(-1, 'wants down')) });

    expect(decisionOf(engine.bar(0, '100'))).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('SHORT_SALE') as string });
    expect(submitted(engine)).toHaveLength(0);
  });

  it.each([
    ['below one lot', {}, 0.000001, 'the quantity is below one lot'],
    ['below the minimum quantity', { minQuantity: qty('2') }, 1, 'quantity 1 is below the minimum 2'],
    ['above the maximum quantity', { maxQuantity: qty('2') }, 3, 'quantity 3 is above the maximum 2'],
    ['below the minimum notional', { minNotional: cash('150') }, 1, 'an order of 100.00 USDT is below the minimum of 150.00 USDT'],
  ])('is refused %s', (_, instrument, wanted, text) => {
    const engine = bench({ strategy: buyer(wanted), instruments: [anInstrument(instrument)] });

    expect(decisionOf(engine.bar(0, '100'))).toMatchObject({ outcome: 'refused', reason: `wants in; refused by PRECISION: ${text}` });
    expect(submitted(engine)).toHaveLength(0);
  });

  it('is cut down to whole lots', () => {
    const engine = bench({ strategy: buyer(1.23456), instruments: [anInstrument({ lot: qty('0.1') })] });

    engine.bar(0, '100');

    expect(submitted(engine)[0]).toMatchObject({ order: { quantity: qty('1.2') } });
  });

  it('is refused while the daemon stops, and what was on its way is cancelled', () => {
    const engine = bench({ strategy: buyer(1) });
    engine.bar(0, '100');

    engine.play({ kind: 'stopping', at: instant(START + MINUTE) });

    expect(engine.effects.map((effect) => effect.kind)).toEqual(['submit', 'cancel']);
    expect(decisionOf(engine.bar(1, '100'))).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('STOPPING') as string });
  });
});

describe('the daily loss limit', () => {
  const inAtHundred = () => {
    const engine = bench({ strategy: buyer(50), limits: { dailyLossLimitPct: 5 }, zone: 'Asia/Kolkata' });
    engine.bar(0, '100');
    engine.fillMarket('100');
    return engine;
  };

  it('latches when realised and open loss reach it, and refuses entries though the loss is won back', () => {
    const engine = inAtHundred();

    expect(engine.bar(1, '90.03').some((fact) => fact.kind === 'latch')).toBe(false); // 498.50 + 1 of fee: not yet
    const latched = engine.bar(2, '90');

    expect(latched.find((fact) => fact.kind === 'latch')).toMatchObject({ latch: { rule: 'DAILY_LOSS', untilDay: 20260105, liftedAt: null } });
    expect(latched.find((fact) => fact.kind === 'bot-state')).toMatchObject({ state: 'HALTED' });
    engine.bar(3, '130');
    const sold = engine.state.cells[0];
    if (sold === undefined) throw new Error('no cell');
    sold.position = { ...sold.position, quantity: qty('0'), cost: cash('0') };
    expect(decisionOf(engine.bar(4, '130'))).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('DAILY_LOSS') as string });
  });

  it('survives a restart', () => {
    const engine = inAtHundred();
    engine.bar(1, '90');

    const restored = restoreEngine(engine.state.config, takeChanges(engine.state));

    if (restored.kind !== 'restored') throw new Error('orphaned');
    expect([...restored.state.bots.values()][0]?.latch).toMatchObject({ rule: 'DAILY_LOSS', untilDay: 20260105 });
  });

  it('takes a change of capital in the settings neither for a loss nor for a gain', () => {
    const engine = inAtHundred();
    engine.bar(1, '96');

    const restored = restoreEngine(aConfig({ strategy: buyer(50), limits: { dailyLossLimitPct: 5 }, zone: 'Asia/Kolkata', capital: '9000' }), takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');
    const mark = (n: number, price: string) => step(restored.state, { kind: 'candle-opened', at: instant(START + n * MINUTE), instrument: instrumentId('TEST:COIN'), timeframeMs: MINUTE, price: px(price) }).facts;

    expect(mark(2, '96').some((fact) => fact.kind === 'latch')).toBe(false);
    // 50 × 9 + 1 of fee: 5 % of the 9,000 that the day would have begun with.
    expect(mark(3, '91').some((fact) => fact.kind === 'latch')).toBe(true);
  });

  it('is lifted by the next trading day of the zone, and reckons anew from its equity', () => {
    const engine = inAtHundred();
    engine.bar(1, '90');

    const midnight = (DAY - 5.5 * 3_600_000) / MINUTE; // bars until 00:00 in Kolkata
    expect(engine.open(midnight - 1, '90').some((fact) => fact.kind === 'latch')).toBe(false);
    const lifted = engine.open(midnight, '90');

    expect(lifted.find((fact) => fact.kind === 'latch')).toMatchObject({ latch: { rule: 'DAILY_LOSS', liftedAt: START + midnight * MINUTE } });
    expect([...engine.state.accounts.values()][0]?.dayStartResult).toBe(cash('-501'));
  });
});

describe('an account', () => {
  it('keeps what a bot has lost when the bot is taken out of the settings', () => {
    const trader = scripted(({ position, bar, target }) => target(position.quantity > 0 || bar.close < 60 ? 0 : 10, 'as told'));
    const engine = bench({ strategy: trader, bots: 2, capital: '2000', accountCapital: '4000' });
    engine.bar(0, '100');
    engine.fillMarket('100');
    engine.bar(1, '50');
    engine.fillMarket('50');

    const restored = restoreEngine(aConfig({ strategy: trader, bots: 1, capital: '2000', accountCapital: '4000' }), takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');

    expect([...restored.state.accounts.values()].map(accountEquity)).toEqual([...engine.state.accounts.values()].map(accountEquity));
    expect([...engine.state.accounts.values()].map(accountEquity)).toEqual([cash('2996')]);
  });
});
