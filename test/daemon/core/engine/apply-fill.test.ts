import { describe, expect, it } from 'vitest';
import { applyFill, unrealised } from '../../../../daemon/core/engine/apply-fill.ts';
import { accountId, botId, instrumentId } from '../../../../daemon/core/model/ids.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import { type Money, type Price, ZERO_MONEY, ZERO_QUANTITY, absolute, money, notional, price, quantity } from '../../../../daemon/core/model/money.ts';
import type { Position } from '../../../../daemon/core/model/position.ts';
import type { Side } from '../../../../daemon/core/model/order.ts';

const FLAT: Position = {
  bot: botId('b'),
  account: accountId('a'),
  instrument: instrumentId('X:Y'),
  quantity: ZERO_QUANTITY,
  cost: ZERO_MONEY,
  realised: ZERO_MONEY,
  fees: ZERO_MONEY,
  openedAt: null,
  lots: [],
  nextLot: 1,
};
const WHOLE = { priceDecimals: 0, quantityDecimals: 0 };
const fill = (side: Side, amount: bigint, at: bigint, fee = 0n, when = 1) => ({ at: instant(when), side, quantity: quantity(amount), price: price(at), fee: money(fee) });
const E8 = 100_000_000n;

describe('applyFill', () => {
  it('realises against the average cost of all that was bought, not against the last purchase', () => {
    // The predecessor booked −5,050 here: buy 100 @ 100, buy 1 @ 200, sell 101 @ 150.
    const bought = applyFill(applyFill(FLAT, fill('BUY', 100n, 100n), WHOLE).position, fill('BUY', 1n, 200n), WHOLE).position;

    const sold = applyFill(bought, fill('SELL', 101n, 150n), WHOLE);

    expect(sold.gross).toBe(4_950n * E8);
    expect(sold.position).toMatchObject({ quantity: 0n, cost: 0n, realised: 4_950n * E8, lots: [] });
  });

  it('keeps the cost of what is left, so that an average never drifts', () => {
    const bought = applyFill(applyFill(FLAT, fill('BUY', 10n, 150n), WHOLE).position, fill('BUY', 2n, 156n), WHOLE).position;

    const { position } = applyFill(bought, fill('SELL', 6n, 160n), WHOLE);

    expect(position).toMatchObject({ quantity: 6n, cost: 906n * E8 });
  });

  it('closes and opens anew in one fill that turns the position over', () => {
    const long = applyFill(FLAT, fill('BUY', 5n, 100n), WHOLE).position;

    const turned = applyFill(long, fill('SELL', 8n, 110n, 3n, 2), WHOLE);

    expect(turned.gross).toBe(50n * E8);
    expect(turned.closed).toBe(5n);
    expect(turned.position).toMatchObject({ quantity: -3n, cost: 330n * E8, openedAt: 2, fees: 3n });
    expect(turned.position.lots).toEqual([{ number: 2, openedAt: 2, quantity: -3n, price: 110n }]);
  });

  it('matches lots first in, first out, beside the average', () => {
    const bought = applyFill(applyFill(FLAT, fill('BUY', 3n, 100n, 0n, 1), WHOLE).position, fill('BUY', 3n, 130n, 0n, 2), WHOLE).position;

    const sold = applyFill(bought, fill('SELL', 4n, 140n, 0n, 3), WHOLE);

    expect(sold.closures.map(({ lot, quantity: size, gross }) => [lot, size, gross])).toEqual([
      [1, 3n, 120n * E8],
      [2, 1n, 10n * E8],
    ]);
    expect(sold.position.lots).toEqual([{ number: 2, openedAt: 2, quantity: 2n, price: 130n }]);
  });

  it('keeps cash + market value = gross − fees + unrealised to the last unit over 100,000 random fills with flips', () => {
    // Rounding is at work in this scale: 3 + 7 decimals, two more than money has.
    const scale = { priceDecimals: 3, quantityDecimals: 7 };
    const random = generator(20261121);
    let position = FLAT;
    let cash = 0n;
    let gross = 0n;
    let fees = 0n;
    let held = 0n;
    let flips = 0;
    for (let n = 0; n < 100_000; n += 1) {
      const side: Side = random() < 0.5 ? 'BUY' : 'SELL';
      const size = BigInt(1 + Math.floor(random() * 5_000_000));
      const at = price(BigInt(20_000_000 + Math.floor(random() * 9_000_000)));
      const fee = money(BigInt(Math.floor(random() * 1_000_000)));
      const before = held;
      held += side === 'BUY' ? size : -size;
      if (before > 0n !== held > 0n && before !== 0n && held !== 0n) flips += 1;
      // The oracle knows nothing of averages: money out, money in.
      const value = notional(at, quantity(size), scale);
      cash += (side === 'BUY' ? -value : value) - fee;
      const applied = applyFill(position, { at: instant(n), side, quantity: quantity(size), price: at, fee }, scale);
      position = applied.position;
      gross += applied.gross;
      fees += fee;

      if (n % 7 === 0) expectIdentity(position, cash, gross, fees, at, scale);
      expect(position.quantity).toBe(held);
      expect(position.lots.reduce((sum, lot) => sum + lot.quantity, 0n)).toBe(held);
    }
    expect(position.realised).toBe(gross);
    expect(position.fees).toBe(fees);
    expect(flips).toBeGreaterThan(100);
  });
});

function expectIdentity(position: Position, cash: bigint, gross: bigint, fees: bigint, mark: Price, scale: { priceDecimals: number; quantityDecimals: number }): void {
  const size = quantity(absolute(position.quantity));
  const marketValue: Money = notional(mark, size, scale);
  const signed = position.quantity < 0n ? -marketValue : marketValue;
  expect(cash + signed).toBe(gross - fees + unrealised(position, mark, scale));
}

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
