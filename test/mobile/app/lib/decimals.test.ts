import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, multiply, percentOf, subtract } from '../../../../mobile/app/lib/decimals.ts';

const PLACES = 8;
const decimal = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });

/** The oracle: everything in hundred-millionths. */
function text(scaled: bigint): string {
  const size = (scaled < 0n ? -scaled : scaled).toString().padStart(PLACES + 1, '0');
  return `${scaled < 0n ? '-' : ''}${size.slice(0, -PLACES)}.${size.slice(-PLACES)}`;
}

function scaled(decimalText: string, places = PLACES): bigint {
  const [whole = '0', fraction = ''] = decimalText.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(places, '0'));
  return decimalText.startsWith('-') ? -size : size;
}

describe('decimal arithmetic', () => {
  it('adds and subtracts exactly, whatever the size', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(scaled(add(text(a), text(b)))).toBe(a + b);
        expect(scaled(subtract(text(a), text(b)))).toBe(a - b);
      }),
    );
  });

  it('multiplies exactly', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(scaled(multiply(text(a), text(b)), 2 * PLACES)).toBe(a * b);
      }),
    );
  });

  it('has no negative zero and no idle zeros', () => {
    expect(add('-1.50', '1.5')).toBe('0');
    expect(add('1.10', '1.10')).toBe('2.2');
    expect(subtract('0.1', '0.3')).toBe('-0.2');
  });

  it('has no percentage of nothing', () => {
    expect(percentOf('1', '0')).toBeNull();
    expect(percentOf('955.25', '199634')).toBe(0.4785);
  });

  it('refuses what is no decimal', () => {
    expect(() => add('1e5', '1')).toThrow('decimal');
    expect(() => add('', '1')).toThrow('decimal');
  });
});
