import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base32, botCode, clientOrderId, fnv1a64, instrumentId, splitInstrumentId } from '../../../../daemon/core/model/ids.ts';

describe('base32', () => {
  it('writes an integer in Crockford digits, padded to its width', () => {
    expect(base32(0n, 3)).toBe('000');
    expect(base32(31n, 2)).toBe('0z');
    expect(base32(32n, 2)).toBe('10');
    expect(base32(2n ** 40n - 1n, 8)).toBe('zzzzzzzz');
  });

  it('tells every two numbers of one width apart', () => {
    const number = fc.bigInt({ min: 0n, max: 2n ** 40n - 1n });
    fc.assert(fc.property(number, number, (a, b) => (base32(a, 8) === base32(b, 8)) === (a === b)));
  });

  it('refuses what does not fit, and what is below zero', () => {
    expect(() => base32(32n, 1)).toThrow(RangeError);
    expect(() => base32(-1n, 8)).toThrow(RangeError);
  });
});

describe('fnv1a64', () => {
  // The published vectors of http://www.isthe.com/chongo/src/fnv/test_fnv.c.
  it.each([
    ['', 0xcbf29ce484222325n],
    ['a', 0xaf63dc4c8601ec8cn],
    ['b', 0xaf63df4c8601f1a5n],
    ['foobar', 0x85944171f73967e8n],
  ])('hashes %j to its published value', (text, hash) => {
    expect(fnv1a64(text)).toBe(hash);
  });
});

describe('clientOrderId', () => {
  it('is twenty letters and digits that fit the narrowest broker, the same for ever', () => {
    const salt = fc.string();
    const number = fc.integer({ min: 1, max: 2 ** 40 - 1 });
    fc.assert(
      fc.property(salt, fc.integer({ min: 0, max: 32_767 }), number, (secret, bot, intent) => {
        const id = clientOrderId(secret, botCode(bot), intent);
        expect(id).toMatch(/^k[0-9a-z]{19}$/);
        expect(clientOrderId(secret, botCode(bot), intent)).toBe(id);
      }),
    );
    // An id in a ledger of today must still name the same order tomorrow.
    expect(clientOrderId('salt', botCode(1), 1)).toBe('k001000000014t09bgy9');
  });

  it('differs by bot, by intent and by installation', () => {
    const ids = [
      clientOrderId('here', botCode(1), 1),
      clientOrderId('here', botCode(1), 2),
      clientOrderId('here', botCode(2), 1),
      clientOrderId('there', botCode(1), 1),
    ];

    expect(new Set(ids).size).toBe(4);
  });

  it('refuses an intent number that would not fit', () => {
    expect(() => clientOrderId('salt', botCode(1), 2 ** 40)).toThrow(RangeError);
    expect(() => botCode(32_768)).toThrow(RangeError);
  });
});

describe('splitInstrumentId', () => {
  it('gives the exchange and the symbol, which may itself hold a colon', () => {
    expect(splitInstrumentId(instrumentId('NSE:INFY'))).toEqual({ exchange: 'NSE', symbol: 'INFY' });
    expect(splitInstrumentId(instrumentId('BYBIT:BTC/USDT:USDT'))).toEqual({ exchange: 'BYBIT', symbol: 'BTC/USDT:USDT' });
  });

  it('refuses a name without an exchange', () => {
    expect(() => splitInstrumentId(instrumentId('INFY'))).toThrow('INFY is not EXCHANGE:SYMBOL');
    expect(() => splitInstrumentId(instrumentId(':INFY'))).toThrow(RangeError);
  });
});
