import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../daemon/core/model/event.ts';
import { clientOrderIdOf, instrumentId } from '../../../../daemon/core/model/ids.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { Fact } from '../../../../daemon/core/model/fact.ts';
import type { Order } from '../../../../daemon/core/model/order.ts';
import { restoreEngine, takeChanges } from '../../../../daemon/core/engine/snapshot.ts';
import { step } from '../../../../daemon/core/engine/step.ts';
import { sma } from '../../../../daemon/core/indicators/sma.ts';
import { strategy } from '../../../../daemon/core/strategy/strategy.ts';
import { type Bench, MINUTE, START, aCandle, aConfig, bench, cash, px, qty, scripted } from '../../../support/engine.ts';

const buyer = scripted(({ position, target, wait }) => (position.quantity === 0 ? target(2, 'wants in') : wait('holds')));
const orders = (engine: Bench): readonly Order[] => engine.state.cells.flatMap((cell) => [...cell.orders.values()]);
const factsOf = <Kind extends Fact['kind']>(facts: readonly Fact[], kind: Kind) => facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);
const only = (engine: Bench): Order => {
  const [order] = orders(engine);
  if (order === undefined) throw new Error('no order');
  return order;
};
const fill = (order: Order, size: string, at: string, id = 'f-1'): EngineEvent => ({
  kind: 'order-filled', at: order.updatedAt, clientId: order.clientId, venueFillId: id, quantity: qty(size), price: px(at), fee: { total: cash('0.5'), parts: {} }, liquidity: 'taker',
});

describe('a step', () => {
  it('asks for a market order once, however often the strategy repeats its target while it is on its way', () => {
    const engine = bench({ strategy: buyer });

    for (let n = 0; n < 4; n += 1) engine.bar(n, '100');

    expect(orders(engine)).toHaveLength(1);
  });

  it('lets a partly filled entry go on, and protects what has arrived so far', () => {
    const engine = bench({ strategy: buyer, limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    const entry = only(engine);

    engine.play(fill(entry, '0.5', '100', 'f-1'));
    expect(orders(engine).find((order) => order.slot === 'risk-stop' && order.status === 'ACCEPTED')).toMatchObject({ quantity: qty('0.5') });
    engine.play(fill(entry, '1.5', '100', 'f-2'));

    expect(engine.state.cells[0]?.position.quantity).toBe(qty('2'));
    expect(orders(engine).find((order) => order.slot === 'risk-stop' && order.status === 'ACCEPTED')).toMatchObject({ quantity: qty('2') });
    expect(engine.facts.filter((fact) => fact.kind === 'round-trip').at(-1)).toMatchObject({ roundTrip: { number: 1, entryNotional: cash('200'), fees: cash('1') } });
  });

  it('cancels an entry on its way when the strategy turns round, and sells only what has arrived', () => {
    let wanted = 2;
    const engine = bench({ strategy: scripted(({ target }) => target(wanted, 'as told')) });
    engine.bar(0, '100');
    const entry = only(engine);
    engine.play(fill(entry, '0.5', '100'));
    wanted = 0;

    engine.bar(1, '100');

    expect(orders(engine).find((order) => order.clientId === entry.clientId)?.status).toBe('CANCELED');
    expect(orders(engine).filter((order) => order.side === 'SELL')).toMatchObject([{ reduceOnly: true, quantity: qty('0.5'), type: 'market' }]);
  });

  it('does not ask the strategy before its indicators have settled, and says how far they are', () => {
    const cautious = strategy({ id: 'sma', version: 1, title: 'SMA', params: {}, indicators: () => ({ mean: sma(3) }), on: ({ i, target }) => target(1, `mean ${i.mean.v}`) });
    const engine = bench({ strategy: cautious });

    const told = ['10', '20', '30'].map((price, n) => factsOf(engine.bar(n, price), 'decision')[0]?.decision);

    expect(told.map((decision) => decision?.outcome)).toEqual(['warming', 'warming', 'buy']);
    expect(told[0]?.reason).toBe('warming up: bar 1 of 3');
    expect(told[2]).toMatchObject({ reason: 'mean 20', inputs: { mean: 20 } });
  });

  it('learns from bars of the past without deciding on them', () => {
    const engine = bench({ strategy: buyer });

    const facts = engine.play({ kind: 'candle-closed', at: instant(START + MINUTE), instrument: instrumentId('TEST:COIN'), candle: aCandle(0, '100'), history: true });

    expect(facts).toEqual([]);
    expect(engine.state.cells[0]?.bars).toBe(1);
  });

  it('books nothing for an order nobody knows, and raises an alert', () => {
    const engine = bench({ strategy: buyer });

    const facts = engine.play({ kind: 'order-canceled', at: instant(START), clientId: clientOrderIdOf('k00000000000000000000'), reason: 'who knows' });

    expect(facts).toMatchObject([{ kind: 'alert', alert: { key: 'order-unknown:k00000000000000000000', severity: 'error' } }]);
  });

  it('books no more than was ordered, and raises an alert', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');

    const facts = engine.play(fill(only(engine), '2.1', '100'));

    expect(factsOf(facts, 'trade')).toEqual([]);
    expect(factsOf(facts, 'alert')).toMatchObject([{ alert: { severity: 'critical' } }]);
    expect(engine.state.cells[0]?.position.quantity).toBe(0n);
  });

  it('books a fill that comes after the cancel', () => {
    let wanted = 2;
    const engine = bench({ strategy: scripted(({ target }) => target(wanted, 'as told')) });
    engine.bar(0, '100');
    const entry = only(engine);
    wanted = 0;
    engine.bar(1, '100');
    expect(only(engine).status).toBe('CANCELED');

    engine.play(fill(entry, '0.5', '101'));

    expect(engine.state.cells[0]?.position.quantity).toBe(qty('0.5'));
    expect(only(engine)).toMatchObject({ status: 'CANCELED', filled: qty('0.5') });
  });

  it('changes nothing on a happening that cannot be, and raises an alert', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');
    engine.fillMarket('100');
    const before = JSON.stringify([...takeChanges(engine.state).keys()]);

    const facts = engine.play({ kind: 'order-accepted', at: engine.state.at, clientId: clientOrderIdOf(engine.facts.find((fact) => fact.kind === 'trade')?.trade.clientId ?? ''), venueId: 'v' });

    expect(before).toContain('cell:');
    expect(facts).toMatchObject([{ kind: 'alert' }]);
  });

  it('tells a rejection with its reason, and louder where it was a protective order', () => {
    const engine = bench({ strategy: buyer, limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    const stop = orders(engine).find((order) => order.slot === 'risk-stop');
    if (stop === undefined) throw new Error('no stop');

    const facts = engine.play({ kind: 'order-rejected', at: engine.state.at, clientId: stop.clientId, code: 'NO_STOPS', reason: 'not offered here' });

    expect(factsOf(facts, 'order')[0]).toMatchObject({ order: { status: 'REJECTED', outcome: 'NO_STOPS: not offered here' } });
    expect(factsOf(facts, 'alert')).toMatchObject([{ alert: { severity: 'critical' } }]);
  });

  it('puts the protective orders back at once when an exit is rejected', () => {
    let wanted = 2;
    const engine = bench({ strategy: scripted(({ target }) => target(wanted, 'as told')), limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    engine.fillMarket('100');
    wanted = 0;
    engine.bar(1, '100');
    const exit = orders(engine).find((order) => order.slot === 'target' && order.reduceOnly);
    if (exit === undefined) throw new Error('no exit');

    engine.play({ kind: 'order-rejected', at: engine.state.at, clientId: exit.clientId, code: 'MARKET_HALT', reason: 'try later' });

    expect(orders(engine).filter((order) => order.slot === 'risk-stop' && order.status === 'ACCEPTED')).toMatchObject([{ quantity: qty('2'), trigger: px('95') }]);
  });

  it('gives the fee of a reversal to both trips, by quantity, to the last unit', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');
    engine.fillMarket('100');
    const cell = engine.state.cells[0];
    if (cell === undefined) throw new Error('no cell');
    const clientId = clientOrderIdOf('k00100000009xxxxxxxx');
    const base = engine.facts.find((fact) => fact.kind === 'order')?.order;
    if (base === undefined) throw new Error('no order');
    cell.orders.set(clientId, { ...base, clientId, side: 'SELL', quantity: qty('5'), filled: qty('0'), status: 'ACCEPTED', resting: 'ACCEPTED' });

    const facts = engine.play({ kind: 'order-filled', at: engine.state.at, clientId, venueFillId: 'r', quantity: qty('5'), price: px('110'), fee: { total: 7n as never, parts: {} }, liquidity: 'taker' });

    const [closed, opened] = factsOf(facts, 'round-trip').map((fact) => fact.roundTrip);
    expect(closed).toMatchObject({ number: 1, direction: 'long', gross: cash('20'), fees: cash('1') + 3n, closedAt: engine.state.at });
    expect(opened).toMatchObject({ number: 2, direction: 'short', fees: 4n, entryNotional: cash('330'), closedAt: null });
    expect(factsOf(facts, 'trade')[0]).toMatchObject({ tripNumber: 1, trade: { gross: cash('20'), positionAfter: qty('-3') } });
  });

  it('reckons a bar that closes at midnight to the day it ran in, and a fill at the first price to the new one', () => {
    const engine = bench({ strategy: buyer, zone: 'UTC' });
    const last = 24 * 60 - 1;
    engine.bar(last - 1, '100');

    const closing = engine.bar(last, '100');
    expect(factsOf(closing, 'equity').every((fact) => fact.equity.day === 20260105)).toBe(true);
    expect(factsOf(closing, 'price')[0]?.day).toBe(20260105);
    const filled = engine.fillMarket('100');

    expect(factsOf(filled, 'trade')[0]?.trade.day).toBe(20260106);
    expect([...engine.state.accounts.values()][0]).toMatchObject({ day: 20260106, dayStartResult: 0n });
  });
});

describe('a new life', () => {
  it('asks again for an entry that the stop cancelled, under a new id', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');
    engine.play({ kind: 'stopping', at: engine.state.at });

    const restored = restoreEngine(engine.state.config, takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');
    const resumed = step(restored.state, { kind: 'resumed', at: restored.state.at });

    expect(resumed.effects).toMatchObject([{ kind: 'submit', order: { quantity: qty('2'), side: 'BUY', reason: 'wants in' } }]);
    expect(resumed.effects[0]).not.toMatchObject({ order: { clientId: only(engine).clientId } });
    expect(step(restored.state, { kind: 'resumed', at: restored.state.at }).effects).toEqual([]);
  });

  it('does not ask again once the decision is stale', () => {
    const engine = bench({ strategy: buyer, limits: { staleAfterBars: 2 } });
    engine.bar(0, '100');
    engine.play({ kind: 'stopping', at: engine.state.at });

    const restored = restoreEngine(engine.state.config, takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');

    expect(step(restored.state, { kind: 'resumed', at: instant(restored.state.at + 3 * MINUTE) }).effects).toEqual([]);
  });

  it('warms up anew where an indicator was configured otherwise, and keeps the position', () => {
    const withSma = (n: number) => strategy({ id: 'sma', version: 1, title: 'SMA', params: {}, indicators: () => ({ mean: sma(n) }), on: ({ position, target }) => (position.quantity === 0 ? target(1, 'in') : undefined) });
    const engine = bench({ strategy: withSma(2), limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    engine.bar(1, '100');
    engine.fillMarket('100');

    const restored = restoreEngine(aConfig({ strategy: withSma(3), limits: { stopLossPct: 5 } }), takeChanges(engine.state));
    if (restored.kind !== 'restored') throw new Error('orphaned');

    expect(restored.state.cells[0]).toMatchObject({ bars: 0, position: { quantity: qty('1') } });
    expect([...(restored.state.cells[0]?.orders.values() ?? [])].map((order) => order.slot)).toContain('risk-stop');
  });

  it('refuses to begin while a position has no bot any more', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');
    engine.fillMarket('100');

    const orphaned = restoreEngine({ ...engine.state.config, bots: [] }, takeChanges(engine.state));

    expect(orphaned).toEqual({ kind: 'orphaned', orphans: [{ key: 'cell:bot-1|TEST:COIN', what: 'an open position' }] });
  });
});
