import { describe, expect, it } from 'vitest';
import type { EngineConfig } from '../../../../daemon/core/engine/config.ts';
import { restoreEngine, takeChanges } from '../../../../daemon/core/engine/snapshot.ts';
import { type EngineState, startEngine } from '../../../../daemon/core/engine/state.ts';
import { step } from '../../../../daemon/core/engine/step.ts';
import { ema } from '../../../../daemon/core/indicators/ema.ts';
import { sma } from '../../../../daemon/core/indicators/sma.ts';
import type { EngineEvent } from '../../../../daemon/core/model/event.ts';
import type { Fact } from '../../../../daemon/core/model/fact.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { Order } from '../../../../daemon/core/model/order.ts';
import { quantity } from '../../../../daemon/core/model/money.ts';
import { strategy } from '../../../../daemon/core/strategy/strategy.ts';
import { MINUTE, START, aCandle, aConfig, bench, cash, px, qty, scripted } from '../../../support/engine.ts';
import { ordersOf, workingOf } from './tape.ts';

/** Buys what rises, counts its entries and adds a dip order of its own: a strategy with something to forget. */
const counting = strategy({
  id: 'counting',
  version: 1,
  title: 'Counting',
  params: {},
  indicators: () => ({ fast: ema(2), slow: sma(3) }),
  on({ i, bar, position, memory, target, want, wait }) {
    const entries = (memory['entries'] as number | undefined) ?? 0;
    memory['seen'] = { at: bar.at, close: bar.close };
    if (position.quantity === 0 && i.fast.v > i.slow.v) {
      memory['entries'] = entries + 1;
      target(20 + (entries % 3), `entry ${entries + 1}`);
    } else wait(`entries ${entries}`);
    want('dip', { side: 'BUY', type: 'limit', quantity: 1 + (entries % 3), price: bar.close * 0.9, reduceOnly: false, reason: 'the dip' });
  },
});
// The tape ends beyond midnight: the latch of the first day is lifted and its successor reckons anew.
const FIRST = 24 * 60 - 22;
const CLOSES = [100, 100, 100, 102, 104, 108, 112, 116, 110, 98, 97, 99, 103, 108, 99, 92, 85, 84, 86, 88, 90, 91, 94, 97, 101, 105, 104, 103, 90, 88];
const CONFIG = (): EngineConfig => {
  const config = aConfig({ strategy: counting, limits: { trailingStopPct: 6, stopLossPct: 8, dailyLossLimitPct: 1, maxOrdersPerMinute: 3 }, zone: 'UTC' });
  return { ...config, bots: config.bots.map((bot) => ({ ...bot, warmupBars: 4 })) };
};

/** A market and a venue that know nothing but the engine's own orders: whatever life asks them, they answer alike. */
function liveBar(state: EngineState, n: number, tell: (facts: readonly Fact[]) => void): void {
  const before = CLOSES[n - 1] ?? 100;
  const close = CLOSES[n] ?? 100;
  const instrument = instrumentId('TEST:COIN');
  const play = (event: EngineEvent): void => {
    const stepped = step(state, event);
    tell(stepped.facts);
    for (const effect of stepped.effects) {
      if (effect.kind === 'submit') play({ kind: 'order-accepted', at: state.at, clientId: effect.order.clientId, venueId: `v-${effect.order.clientId}` });
      else play({ kind: 'order-canceled', at: state.at, clientId: effect.clientId, reason: 'asked' });
    }
  };
  const fill = (order: Order, size: bigint, at: string): void =>
    play({ kind: 'order-filled', at: state.at, clientId: order.clientId, venueFillId: `${order.clientId}-${order.filled}`, quantity: quantity(size), price: px(at), fee: { total: cash('0.25'), parts: {} }, liquidity: 'taker' });
  play({ kind: 'candle-opened', at: instant(START + (FIRST + n) * MINUTE), instrument, timeframeMs: MINUTE, price: px(String(before)) });
  for (const order of workingOf({ state })) {
    const left = order.quantity - order.filled;
    // An entry comes in two halves, a bar apart.
    if (order.type === 'market') fill(order, order.filled === 0n && !order.reduceOnly ? left / 2n : left, String(before));
    else if (order.trigger !== null && px(String(close)) <= order.trigger) fill(order, left, String(close));
  }
  const [high, low] = [Math.max(before, close), Math.min(before, close)];
  play({ kind: 'candle-closed', at: instant(START + (FIRST + n + 1) * MINUTE), instrument, candle: aCandle(FIRST + n, String(before), String(high), String(low), String(close)) });
}

/** The state as data: functions and the list of changed keys left out. */
function plain(value: unknown): unknown {
  if (typeof value === 'function') return undefined;
  if (value instanceof Map) return [...value].map(([key, each]) => [key as unknown, plain(each)]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'touched' && key !== 'config').map(([key, each]) => [key, plain(each)]));
}

function restore(stored: ReadonlyMap<string, string>, config = CONFIG()): EngineState {
  const restored = restoreEngine(config, stored);
  if (restored.kind !== 'restored') throw new Error('orphaned');
  return restored.state;
}

/** The whole run in one life, with what the ledger held after each bar. */
function wholeRun() {
  const state = startEngine(CONFIG());
  const stored = new Map<string, string>();
  const facts: (readonly Fact[])[] = [];
  const kept: { readonly live: unknown; readonly stored: ReadonlyMap<string, string> }[] = [];
  for (const n of CLOSES.keys()) {
    const told: Fact[] = [];
    liveBar(state, n, (some) => told.push(...some));
    for (const [key, body] of takeChanges(state)) stored.set(key, body);
    facts.push(told);
    kept.push({ live: plain(state), stored: new Map(stored) });
  }
  return { state, facts, kept };
}

describe('a restored engine', () => {
  const { state, facts, kept } = wholeRun();

  it('has been through all that there is to forget', () => {
    const all = facts.flat();
    const latches = all.flatMap((fact) => (fact.kind === 'latch' ? [fact.latch.liftedAt !== null] : []));
    const trips = all.flatMap((fact) => (fact.kind === 'round-trip' && fact.roundTrip.closedAt !== null ? [fact.roundTrip.number] : []));
    expect(latches.slice(0, 2)).toEqual([false, true]);
    expect(trips.length).toBeGreaterThanOrEqual(2);
    expect(all.some((fact) => fact.kind === 'order' && fact.order.reason.startsWith('trailing stop'))).toBe(true);
    expect(state.cells[0]?.memory['entries']).toBeGreaterThanOrEqual(3);
    expect(new Set(all.flatMap((fact) => (fact.kind === 'equity' ? [fact.equity.day] : []))).size).toBe(2);
  });

  it('is in every figure the one that was stored, at every bar', () => {
    for (const { live, stored } of kept) expect(plain(restore(stored))).toEqual(live);
  });

  it('goes on as if it had never been away, from every bar to the end', () => {
    for (const [n, { stored }] of kept.entries()) {
      const resumed = restore(stored);
      const told: (readonly Fact[])[] = [];
      for (let m = n + 1; m < CLOSES.length; m += 1) {
        const ofBar: Fact[] = [];
        liveBar(resumed, m, (some) => ofBar.push(...some));
        told.push(ofBar);
      }
      expect(told).toEqual(facts.slice(n + 1));
    }
  });

  it('stores only what has changed since it was last asked', () => {
    const restored = restore(kept.at(-1)?.stored ?? new Map());
    takeChanges(restored);

    expect([...takeChanges(restored).keys()]).toEqual([]);
  });
});

describe('the settings a stored state comes back to', () => {
  const buyer = scripted(({ position, target }) => (position.quantity === 0 ? target(2, 'wants in') : undefined));

  it('are refused while an open order has no bot any more', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');

    const orphaned = restoreEngine({ ...engine.state.config, bots: [] }, takeChanges(engine.state));

    expect(orphaned).toEqual({ kind: 'orphaned', orphans: [{ key: 'cell:bot-1|TEST:COIN', what: 'an open order' }] });
  });

  it('may leave out a bot whose orders are all over', () => {
    const engine = bench({ strategy: buyer });
    engine.bar(0, '100');
    engine.play({ kind: 'stopping', at: engine.state.at });
    expect(ordersOf(engine).map((order) => order.status)).toEqual(['CANCELED']);

    expect(restoreEngine({ ...engine.state.config, bots: [] }, takeChanges(engine.state)).kind).toBe('restored');
  });

  it('with another timeframe make the bot warm up anew under the orders of its position', () => {
    const slow = strategy({ id: 'slow', version: 1, title: 'Slow', params: {}, indicators: () => ({ mean: sma(2) }), on: ({ position, target }) => (position.quantity === 0 ? target(1, 'in') : undefined) });
    const config = aConfig({ strategy: slow, limits: { stopLossPct: 5 } });
    const engine = bench({ strategy: slow, limits: { stopLossPct: 5 } });
    engine.bar(0, '100');
    engine.bar(1, '100');
    engine.fillMarket('100');

    const restored = restore(takeChanges(engine.state), { ...config, bots: config.bots.map((bot) => ({ ...bot, timeframeMs: 5 * MINUTE })) });
    const candle = { ...aCandle(0, '100'), timeframeMs: 5 * MINUTE };
    const { facts } = step(restored, { kind: 'candle-closed', at: instant(START + 5 * MINUTE), instrument: instrumentId('TEST:COIN'), candle });

    expect(facts.find((fact) => fact.kind === 'decision')).toMatchObject({ decision: { outcome: 'warming', reason: 'warming up: bar 1 of 2' } });
    expect(restored.cells[0]).toMatchObject({ position: { quantity: qty('1') } });
    expect(workingOf({ state: restored })).toMatchObject([{ slot: 'risk-stop', trigger: px('95') }]);
  });
});
