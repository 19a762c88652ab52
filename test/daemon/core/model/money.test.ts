import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  averagePrice,
  divideHalfEven,
  floorTo,
  formatDecimal,
  larger,
  money,
  multiplyDivide,
  notional,
  parseDecimal,
  partsPerMillion,
  percentOf,
  pow10,
  price,
  quantity,
  smaller,
  toNumber,
} from '../../../../daemon/core/model/money.ts';

const anyInteger = fc.bigInt({ min: 1n - 10n ** 30n, max: 10n ** 30n - 1n });
const anyDivisor = anyInteger.filter((value) => value !== 0n);
const anyDecimals = fc.integer({ min: 0, max: 18 });
const anyScale = fc.record({ priceDecimals: fc.integer({ min: 0, max: 12 }), quantityDecimals: fc.integer({ min: 0, max: 12 }) });

/** The nearest integer to a fraction, and of two equally near the even one: found by looking at the neighbours, not by rounding. */
function nearestEven(numerator: bigint, denominator: bigint): bigint {
  const about = numerator / denominator;
  const distance = (candidate: bigint): bigint => absolute(candidate * denominator - numerator);
  return [about - 1n, about, about + 1n].reduce((best, candidate) => {
    if (distance(candidate) < distance(best)) return candidate;
    return distance(candidate) === distance(best) && candidate % 2n === 0n ? candidate : best;
  });
}

describe('divideHalfEven', () => {
  it.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [5n, -2n, -2n],
    [-7n, -2n, 4n],
    [1n, 2n, 0n],
    [-1n, 2n, 0n],
    [3n, 2n, 2n],
    [10n, 3n, 3n],
    [11n, 3n, 4n],
    [-11n, 3n, -4n],
    [0n, -7n, 0n],
  ])('makes of %i / %i the integer %i', (numerator, denominator, quotient) => {
    expect(divideHalfEven(numerator, denominator)).toBe(quotient);
  });

  it('gives the nearest integer, and of two equally near the even one', () => {
    fc.assert(
      fc.property(anyInteger, anyDivisor, (a, b) => divideHalfEven(a, b) === nearestEven(a, b)),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(
        fc.bigInt({ min: -50n, max: 50n }),
        fc.bigInt({ min: 1n, max: 8n }),
        (a, b) => divideHalfEven(a, b) === nearestEven(a, b),
      ),
      { numRuns: 2_000 },
    );
  });

  it('does not care about the sign that both share, and mirrors the sign of one', () => {
    fc.assert(
      fc.property(
        anyInteger,
        anyDivisor,
        (a, b) => divideHalfEven(-a, -b) === divideHalfEven(a, b) && divideHalfEven(-a, b) === -divideHalfEven(a, b),
      ),
    );
  });

  it('adds no drift over many halves', () => {
    const halves = Array.from({ length: 1_000 }, (_, n) => BigInt(2 * n + 1));

    expect(halves.reduce((sum, half) => sum + divideHalfEven(half, 2n), 0n) * 2n).toBe(halves.reduce((sum, half) => sum + half, 0n));
  });

  it('throws on zero', () => {
    expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
  });
});

describe('multiplyDivide', () => {
  it('rounds once, after the product', () => {
    expect(multiplyDivide(3n, 5n, 10n)).toBe(2n);
    expect(multiplyDivide(10n ** 18n, 10n ** 18n, 10n ** 18n)).toBe(10n ** 18n);
    fc.assert(fc.property(anyInteger, anyInteger, anyDivisor, (a, b, c) => multiplyDivide(a, b, c) === nearestEven(a * b, c)));
  });
});

describe('a decimal', () => {
  it('comes back from text as it was written', () => {
    fc.assert(
      fc.property(anyInteger, anyDecimals, fc.boolean(), (value, decimals, trim) => {
        expect(parseDecimal(formatDecimal(value, decimals, trim), decimals)).toEqual({ ok: true, value });
      }),
    );
  });

  it('is written in the fewest digits when trimmed, never in exponents', () => {
    expect(formatDecimal(-1234500n, 4)).toBe('-123.4500');
    expect(formatDecimal(-1234500n, 4, true)).toBe('-123.45');
    expect(formatDecimal(1n, 8)).toBe('0.00000001');
    expect(formatDecimal(-1n, 2)).toBe('-0.01');
    expect(formatDecimal(500n, 2, true)).toBe('5');
    expect(formatDecimal(500n, 0, true)).toBe('500');
    expect(formatDecimal(0n, 2)).toBe('0.00');
    expect(formatDecimal(10n ** 30n, 0)).toBe(`1${'0'.repeat(30)}`);
  });

  it.each([
    ['12.34', 2, 1234n],
    ['12.3400', 2, 1234n],
    ['-0.01', 2, -1n],
    ['+7', 3, 7000n],
    ['007', 0, 7n],
    ['0.00000000', 2, 0n],
    ['-0', 2, 0n],
    ['9007199254740993', 0, 9_007_199_254_740_993n],
    ['0.10', 1, 1n],
  ])('reads %s at %i decimals', (text, decimals, value) => {
    expect(parseDecimal(text, decimals)).toEqual({ ok: true, value });
  });

  it.each([
    '',
    ' ',
    'ten',
    '1e5',
    '1.5e3',
    '0x10',
    '1,000',
    '1.',
    '.5',
    '--1',
    '1.2.3',
    ' 1',
    '1 ',
    '1\n',
    '٣',
    'NaN',
    'Infinity',
    '9'.repeat(31),
  ])('is not %j', (text) => {
    expect(parseDecimal(text, 8)).toEqual({ ok: false, reason: 'not a plain decimal number' });
  });

  it('is refused with more digits than the scale holds: nothing is rounded on the way in', () => {
    expect(parseDecimal('0.001', 2)).toEqual({ ok: false, reason: 'more than 2 decimals' });
    expect(parseDecimal('1.5', 0)).toEqual({ ok: false, reason: 'more than 0 decimals' });
  });

  it('reads the shortest text of any float of its decimals as exactly that', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }), (scaled, decimals) => {
        const text = (scaled / 10 ** decimals).toFixed(decimals);
        expect(parseDecimal(text, decimals)).toEqual({ ok: true, value: BigInt(scaled) });
      }),
    );
  });
});

describe('notional', () => {
  it('is price times quantity in money', () => {
    const bitcoin = { priceDecimals: 2, quantityDecimals: 5 };

    expect(notional(price(4_325_012n), quantity(150_000n), bitcoin)).toBe(6_487_518_000_000n);
    expect(notional(price(1n), quantity(1n), bitcoin)).toBe(10n);
  });

  it('rounds half to even where the product is finer than money', () => {
    const fine = { priceDecimals: 5, quantityDecimals: 4 };

    expect([5n, 15n, 25n, -5n, -15n, 16n].map((units) => notional(price(1n), quantity(units), fine))).toEqual([0n, 2n, 2n, 0n, -2n, 2n]);
  });

  it('keeps the sign of the quantity and agrees with the exact fraction', () => {
    const anyPrice = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const anyQuantity = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(anyPrice, anyQuantity, anyScale, (at, of, scale) => {
        const worth = notional(price(at), quantity(of), scale);
        expect(worth).toBe(nearestEven(at * of * pow10(8), pow10(scale.priceDecimals + scale.quantityDecimals)));
        expect(notional(price(at), quantity(-of), scale)).toBe(-worth);
      }),
    );
  });
});

describe('averagePrice', () => {
  it('gives back the price of a single purchase, whichever way it was', () => {
    const anyPrice = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const anyQuantity = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const coarse = fc.record({ priceDecimals: fc.integer({ min: 0, max: 4 }), quantityDecimals: fc.integer({ min: 0, max: 4 }) });
    fc.assert(
      fc.property(anyPrice, anyQuantity, coarse, (at, of, scale) => {
        const cost = notional(price(at), quantity(of), scale);
        expect(averagePrice(cost, quantity(of), scale)).toBe(at);
        expect(averagePrice(cost, quantity(-of), scale)).toBe(at);
      }),
    );
  });

  it('is the exact quotient, rounded half to even once', () => {
    const anyCost = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const anyQuantity = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(anyCost, anyQuantity, anyScale, (cost, of, scale) => {
        expect(averagePrice(money(cost), quantity(of), scale)).toBe(
          nearestEven(cost * pow10(scale.priceDecimals + scale.quantityDecimals), of * pow10(8)),
        );
      }),
    );
  });
});

describe('a share of an amount', () => {
  it('is taken in percent, half-even at 1e-8', () => {
    expect(percentOf(money(10_000n), 25)).toBe(2_500n);
    expect(percentOf(money(10n), 25)).toBe(2n);
    expect(percentOf(money(30n), 25)).toBe(8n);
    expect(percentOf(money(-30n), 25)).toBe(-8n);
    expect(percentOf(money(100_000_000n), 0.000001)).toBe(1n);
    expect(percentOf(money(1_000n), 0)).toBe(0n);
  });

  it('takes a percentage as it is written, though no float is it exactly', () => {
    const anyMoney = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    fc.assert(
      fc.property(anyMoney, fc.integer({ min: 0, max: 1_000_000_000 }), (of, millionths) => {
        const percent = Number(formatDecimal(BigInt(millionths), 6));
        expect(percentOf(money(of), percent)).toBe(nearestEven(of * BigInt(millionths), 100_000_000n));
      }),
    );
  });

  it('is taken in parts per million', () => {
    expect(partsPerMillion(money(10_000_000n), 1_000)).toBe(10_000n);
    expect(partsPerMillion(money(500n), 1_000)).toBe(0n);
    expect(partsPerMillion(money(1_500n), 1_000)).toBe(2n);
  });
});

describe('a scaled integer', () => {
  it('becomes the nearest float for reasoning', () => {
    expect(toNumber(4_325_012n, 2)).toBe(43_250.12);
    expect(toNumber(-1n, 8)).toBe(-1e-8);
  });

  it('is cut towards zero to its increment', () => {
    expect(floorTo(1_237n, 5n)).toBe(1_235n);
    expect(floorTo(-1_237n, 5n)).toBe(-1_235n);
    fc.assert(
      fc.property(anyInteger, fc.bigInt({ min: 1n, max: 10n ** 9n }), (value, increment) => {
        const cut = floorTo(value, increment);
        expect(cut % increment).toBe(0n);
        expect(absolute(cut)).toBeLessThanOrEqual(absolute(value));
        expect(absolute(value - cut)).toBeLessThan(increment);
      }),
    );
  });

  it('is compared without a float', () => {
    expect([smaller(2n, 3n), larger(2n, 3n), absolute(-3n), absolute(3n)]).toEqual([2n, 3n, 3n, 3n]);
  });

  it('has powers of ten up to 36', () => {
    expect([pow10(0), pow10(8), pow10(36)]).toEqual([1n, 100_000_000n, 10n ** 36n]);
    for (const exponent of [-1, 37, 1.5, Number.NaN]) expect(() => pow10(exponent)).toThrow(RangeError);
  });
});
