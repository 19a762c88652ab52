import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WorkingOrder, fillsOn } from '../../../../daemon/core/market/fill-model.ts';
import type { Candle } from '../../../../daemon/core/model/candle.ts';
import { clientOrderIdOf } from '../../../../daemon/core/model/ids.ts';
import { MINUTE, later } from '../../../../daemon/core/model/instant.ts';
import { price, quantity } from '../../../../daemon/core/model/money.ts';
import { COIN, T0, bar, closedOf, openedOf, order } from './market-fixtures.ts';

const onTick = fc.integer({ min: 1, max: 60 }).map((ticks) => 10_000 + 5 * ticks);
const bars = fc
  .array(fc.tuple(onTick, onTick, onTick, onTick, fc.integer({ min: 0, max: 900 })), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map(([open, close, a, b, volume], minute) =>
      bar(minute, [open, Math.max(open, close, a, b), Math.min(open, close, a, b), close], volume),
    ),
  );
const orders = fc
  .array(
    fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      type: fc.constantFrom('market' as const, 'limit' as const, 'stop' as const),
      reduceOnly: fc.boolean(),
      level: onTick,
      size: fc.integer({ min: 1, max: 200 }),
      createdAfter: fc.integer({ min: 0, max: 8 * MINUTE }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) =>
    rows.map(({ side, type, reduceOnly, level, size, createdAfter }, index) =>
      order({
        clientId: clientOrderIdOf(`k00100000001${String(index).padStart(8, '0')}`),
        ...{ side, type, reduceOnly, quantity: quantity(BigInt(size)), createdAt: later(T0, createdAfter) },
        limit: type === 'limit' ? price(BigInt(level)) : null,
        trigger: type === 'stop' ? price(BigInt(level)) : null,
      }),
    ),
  );
const costs = fc.record({
  slippagePct: fc.constantFrom(0, 0.01, 0.5),
  spreadPct: fc.constantFrom(0, 0.1),
  maxShare: fc.constantFrom(0.05, 0.1, 1),
});

interface Seen {
  readonly order: WorkingOrder;
  readonly size: bigint;
  readonly price: bigint;
  readonly at: number;
  readonly candle: Candle;
  readonly moment: 'open' | 'within';
}

/** Plays bars to orders that keep what has filled, as a venue would. */
function play(
  candles: readonly Candle[],
  given: readonly WorkingOrder[],
  settings: { slippagePct: number; spreadPct: number; maxShare: number },
): Seen[] {
  let working = [...given];
  let previous: number | undefined;
  const seen: Seen[] = [];
  for (const candle of candles) {
    for (const event of [openedOf(candle, previous), closedOf(candle)]) {
      const moment = event.kind === 'candle-opened' ? 'open' : 'within';
      for (const fill of fillsOn(event, working, COIN, settings)) {
        seen.push({ order: fill.order, size: fill.quantity, price: fill.price, at: fill.at, candle, moment });
        working = working.map((one) => (one === fill.order ? { ...one, filled: quantity(one.filled + fill.quantity) } : one));
      }
    }
    previous = Number(candle.volume);
  }
  return seen;
}

const always = (
  check: (seen: readonly Seen[], given: readonly WorkingOrder[], candles: readonly Candle[], maxShare: number) => void,
): void => {
  fc.assert(
    fc.property(bars, orders, costs, (candles, given, settings) => {
      check(play(candles, given, settings), given, candles, settings.maxShare);
    }),
    { numRuns: 400 },
  );
};

describe('fillsOn, whatever the market does', () => {
  it('never fills more than an order asks for, and never nothing', () => {
    always((seen, given) => {
      for (const { clientId, quantity: asked } of given) {
        const sizes = seen.filter((fill) => fill.order.clientId === clientId).map((fill) => fill.size);
        expect(sizes.every((size) => size > 0n)).toBe(true);
        expect(sizes.reduce((sum, size) => sum + size, 0n)).toBeLessThanOrEqual(asked);
      }
    });
  });

  it('never gives a limit order less than its limit, nor more than the open', () => {
    always((seen) => {
      for (const { order: one, price: got, candle } of seen) {
        if (one.limit === null) continue;
        const sign = one.side === 'BUY' ? 1n : -1n;
        const best = sign * candle.open < sign * one.limit ? candle.open : one.limit;
        expect(sign * got <= sign * one.limit).toBe(true);
        expect(sign * got >= sign * best).toBe(true);
      }
    });
  });

  it('never fills a limit order that the bar did not go through', () => {
    always((seen) => {
      for (const { order: one, candle } of seen) {
        if (one.limit === null) continue;
        const through = one.side === 'BUY' ? candle.low <= one.limit - COIN.tick : candle.high >= one.limit + COIN.tick;
        expect(through).toBe(true);
      }
    });
  });

  it('never fills a market or stop order better than the price it stands at', () => {
    always((seen) => {
      for (const { order: one, price: got, candle } of seen) {
        if (one.type === 'limit') continue;
        const sign = one.side === 'BUY' ? 1n : -1n;
        const opensBeyond = one.trigger === null || one.filled > 0n || sign * candle.open >= sign * one.trigger;
        expect(sign * got >= sign * (opensBeyond ? candle.open : (one.trigger ?? 0n))).toBe(true);
      }
    });
  });

  it('never fills an order before it was made', () => {
    always((seen) => {
      for (const { order: one, at, candle } of seen) {
        expect(candle.openAt).toBeGreaterThanOrEqual(one.createdAt);
        expect(at).toBeGreaterThanOrEqual(one.createdAt);
      }
    });
  });

  it('never fills two reduce-only orders of a bot at one moment', () => {
    always((seen) => {
      const moments = new Set<string>();
      for (const { order: one, candle, moment } of seen) {
        if (!one.reduceOnly) continue;
        const key = `${candle.openAt} ${moment}`;
        expect(moments.has(key)).toBe(false);
        moments.add(key);
      }
    });
  });

  it("never takes more than its share of a bar's volume, but for a lot", () => {
    always((seen, _given, candles, maxShare) => {
      for (const { size, candle, moment } of seen) {
        const before = candles[candles.indexOf(candle) - 1];
        const volume = moment === 'within' ? candle.volume : (before?.volume ?? 0n);
        if (volume > 0n) expect(Number(size)).toBeLessThanOrEqual(Math.max(1, Number(volume) * maxShare));
      }
    });
  });

  it('fills on the tick', () => {
    always((seen) => {
      for (const { price: got } of seen) expect(got % COIN.tick).toBe(0n);
    });
  });

  it('fills every market order in the end, while bars keep coming', () => {
    fc.assert(
      fc.property(bars, orders, costs, (candles, given, settings) => {
        const market = given.filter((one) => one.type === 'market' && !one.reduceOnly);
        const last = candles[candles.length - 1];
        const flat = Array.from({ length: 250 }, (_, index) => bar(12 + index, [10_000, 10_000, 10_000, 10_000], 1));
        const seen = play([...candles, ...flat], market, settings);

        expect(last).toBeDefined();
        expect(seen.reduce((sum, fill) => sum + fill.size, 0n)).toBe(market.reduce((sum, one) => sum + one.quantity, 0n));
      }),
      { numRuns: 100 },
    );
  });
});
