import { describe, expect, it } from 'vitest';
import { DAY, instant } from '../../../../daemon/core/model/instant.ts';
import { type Bench, MINUTE, START, aConfig, bench, px, qty, scripted } from '../../../support/engine.ts';
import { cancelledIn, factsOf, fillOf, silent, submittedIn, the, workingOf } from '../engine/tape.ts';

const MIDNIGHT = DAY / MINUTE;

/** Holds fifty bought at a hundred, without fees, of a capital of ten thousand. */
function holdingFifty(dailyLossLimitPct: number, capital = '10000'): Bench {
  const strategy = scripted(({ position, target }) => (position.quantity === 0 ? target(50, 'wants in') : undefined));
  const engine = bench({ strategy, limits: { dailyLossLimitPct }, capital });
  engine.bar(0, '100');
  engine.play(fillOf(the(workingOf(engine)), '50', '100'));
  return engine;
}
const latches = (facts: Bench['facts']) => factsOf(facts, 'latch').filter((fact) => fact.latch.liftedAt === null);

describe('the daily loss limit', () => {
  it('takes back the entries that are on their way and leaves what protects the position', () => {
    const strategy = scripted(({ position, target, want }) => {
      target(position.quantity === 0 ? 50 : 60, 'as told');
      want('dip', { side: 'BUY', type: 'limit', quantity: 1, price: 50, reduceOnly: false, reason: 'dip' });
    });
    const engine = silent(aConfig({ strategy, limits: { dailyLossLimitPct: 5, stopLossPct: 20, takeProfitPct: 20 } }));
    const [entry, dip] = submittedIn(engine.bar(0, '100').effects);
    if (entry === undefined || dip === undefined) throw new Error('no entries');
    for (const order of [entry, dip]) engine.accept(order);
    const more = submittedIn(engine.play(fillOf(entry, '50', '100')).effects);
    for (const order of more) engine.accept(order);
    const added = the(submittedIn(engine.bar(1, '100').effects));
    engine.accept(added);

    const { effects, facts } = engine.bar(2, '89');

    expect(latches([...facts])).toHaveLength(1);
    expect([...cancelledIn(effects)].sort()).toEqual([added.clientId, dip.clientId].sort());
    expect(submittedIn(effects)).toEqual([]);
    expect(workingOf(engine).map(({ type, side }) => [type, side])).toEqual([['stop', 'SELL'], ['limit', 'SELL']]);
  });

  it('is a percentage of what the day began with after a gain, not of the capital', () => {
    const engine = holdingFifty(5);
    engine.bar(1, '300'); // equity 20,000
    engine.open(MIDNIGHT, '300');

    expect(latches([...engine.bar(MIDNIGHT, '280.02')])).toEqual([]); // 999 lost
    expect(latches([...engine.bar(MIDNIGHT + 1, '280')])).toMatchObject([{ latch: { reason: 'daily loss limit of 5% reached: 1000.00 USDT lost today' } }]);
  });

  it('is a percentage of what the day began with after a loss, not of the capital', () => {
    const engine = holdingFifty(50);
    engine.bar(1, '20'); // equity 6,000: 40 % lost
    engine.open(MIDNIGHT, '20');
    expect(latches(engine.facts)).toEqual([]);
    const smaller = holdingFifty(5);
    smaller.bar(1, '90.02'); // equity 9,501: 499 lost
    smaller.open(MIDNIGHT, '90.02');

    expect(latches([...smaller.bar(MIDNIGHT, '80.54')])).toEqual([]); // 474.00 of 475.05
    expect(latches([...smaller.bar(MIDNIGHT + 1, '80.51')])).toHaveLength(1); // 475.50
  });

  it('counts the gap over night as a loss of the new day', () => {
    const engine = holdingFifty(5);
    engine.bar(MIDNIGHT - 1, '100');

    const facts = engine.open(MIDNIGHT, '90');

    expect(latches([...facts])).toMatchObject([{ latch: { untilDay: 20260106 } }]);
  });

  it('does not begin the day anew because a fill of yesterday is heard late', () => {
    const strategy = scripted(({ position, target }) => target(position.quantity === 0 ? 50 : 60, 'as told'));
    const engine = silent(aConfig({ strategy, limits: { dailyLossLimitPct: 5 } }));
    const entry = the(submittedIn(engine.bar(0, '100').effects));
    engine.accept(entry);
    engine.play(fillOf(entry, '50', '100'));
    const added = the(submittedIn(engine.bar(1, '100').effects));
    engine.accept(added);
    engine.bar(MIDNIGHT, '92'); // 400 lost on the new day

    engine.play(fillOf(added, '10', '92', { when: instant(START + 2 * MINUTE) }));
    const { facts } = engine.bar(MIDNIGHT + 1, '90'); // and 120 more

    expect(engine.state.cells[0]?.position.quantity).toBe(qty('60'));
    expect(latches([...facts])).toMatchObject([{ latch: { untilDay: 20260106 } }]);
  });

  it('holds the bot under its own reason, and lets it go the next day', () => {
    const engine = holdingFifty(5);
    engine.bar(1, '90');
    const bot = [...engine.state.bots.values()][0];
    expect(bot).toMatchObject({ runState: 'HALTED', runReason: 'daily loss limit of 5% reached: 500.00 USDT lost today' });

    engine.open(MIDNIGHT, '90');

    expect(bot).toMatchObject({ runState: 'RUNNING' });
    expect(engine.state.cells[0]?.price).toBe(px('90'));
  });
});
