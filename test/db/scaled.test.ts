import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as core from '../../daemon/core/model/money.ts';
import * as scaled from '../../db/scaled.ts';

const anyDecimals = fc.record({ priceDecimals: fc.integer({ min: 0, max: 10 }), quantityDecimals: fc.integer({ min: 0, max: 10 }) });
const anyAmount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const anyPositive = fc.bigInt({ min: 1n, max: 10n ** 15n });

describe('arithmetic of the views', () => {
  it('rounds a notional as the core does', () => {
    fc.assert(
      fc.property(anyPositive, anyAmount, anyDecimals, (price, quantity, decimals) => {
        expect(scaled.notional(price, quantity, decimals)).toBe(core.notional(core.price(price), core.quantity(quantity), decimals));
      }),
    );
  });

  it('rounds an average price as the core does', () => {
    fc.assert(
      fc.property(anyPositive, anyPositive, anyDecimals, (cost, quantity, decimals) => {
        expect(scaled.averagePrice(cost, quantity, decimals)).toBe(core.averagePrice(core.money(cost), core.quantity(quantity), decimals));
      }),
    );
  });

  it.each([
    [5n, 2n],
    [15n, 2n],
    [-5n, 10n],
    [-15n, 10n],
    [25n, 10n],
    [7n, 3n],
    [-8n, 3n],
    [0n, 3n],
  ])('rounds %d / %d half to even, as the core does', (numerator, denominator) => {
    expect(scaled.divideHalfEven(numerator, denominator)).toBe(core.divideHalfEven(numerator, denominator));
  });

  it('counts money in as many decimals as the core', () => {
    expect(scaled.MONEY_DECIMALS).toBe(core.MONEY_DECIMALS);
  });
});
