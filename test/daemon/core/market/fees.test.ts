import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargedFill, feeFor } from '../../../../daemon/core/market/fees.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import { ZERO_MONEY, formatDecimal, money, parseDecimal } from '../../../../daemon/core/model/money.ts';
import type { Fee } from '../../../../daemon/core/model/fill.ts';

const cash = (text: string) => {
  const parsed = parseDecimal(text, 8);
  if (!parsed.ok) throw new Error(parsed.reason);
  return money(parsed.value);
};
const shown = (fee: Fee) => Object.fromEntries(Object.entries(fee.parts).map(([part, amount]) => [part, formatDecimal(amount, 8, true)]));
const fill = (given: Partial<ChargedFill>): ChargedFill => ({
  side: 'BUY',
  liquidity: 'taker',
  at: instant(Date.UTC(2026, 0, 5)),
  notional: cash('560'),
  filledBefore: ZERO_MONEY,
  ...given,
});
const DELIVERY = { kind: 'schedule', name: 'nse-delivery' } as const;
const INTRADAY = { kind: 'schedule', name: 'nse-intraday' } as const;
const JULY_2023 = instant(Date.UTC(2023, 6, 10));

describe('feeFor a flat schedule', () => {
  const flat = { kind: 'flat', makerPpm: 200, takerPpm: 1_000 } as const;

  it('charges makers and takers their own rate', () => {
    expect(feeFor(flat, fill({ liquidity: 'maker' })).total).toBe(cash('0.112'));
    expect(feeFor(flat, fill({ liquidity: 'taker' })).total).toBe(cash('0.56'));
  });

  it('rounds half to even at a hundred-millionth', () => {
    const half = { kind: 'flat', makerPpm: 0, takerPpm: 500_000 } as const;

    expect(feeFor(half, fill({ notional: money(5n) })).total).toBe(2n);
    expect(feeFor(half, fill({ notional: money(7n) })).total).toBe(4n);
  });
});

describe('feeFor shares of the NSE', () => {
  it("agrees with the broker's contract note of July 2023: SBIN, 1 bought at 560, delivery", () => {
    const fee = feeFor(DELIVERY, fill({ at: JULY_2023 }));

    expect(shown(fee)).toEqual({
      brokerage: '0',
      stt: '0.56',
      exchange: '0.01876',
      sebi: '0.00056',
      gst: '0.0033768',
      stamp: '0.084', // the note rounds stamp duty to the rupee, and shows 0
    });
    expect(fee.total - (fee.parts['stamp'] ?? 0n)).toBe(cash('0.5826968'));
  });

  it('taxes both sides of a delivery, and only sales within the day', () => {
    expect(shown(feeFor(DELIVERY, fill({ side: 'SELL' })))['stt']).toBe('0.56');
    expect(shown(feeFor(INTRADAY, fill({ side: 'SELL' })))['stt']).toBe('0.14');
    expect(shown(feeFor(INTRADAY, fill({ side: 'BUY' })))['stt']).toBe('0');
  });

  it('takes stamp duty of buyers only', () => {
    expect(shown(feeFor(DELIVERY, fill({ side: 'SELL' })))['stamp']).toBe('0');
    expect(shown(feeFor(INTRADAY, fill({ side: 'BUY' })))['stamp']).toBe('0.0168');
  });

  it('charges the lower of 0.03 % and 20 rupees an order within the day', () => {
    expect(shown(feeFor(INTRADAY, fill({ notional: cash('10000') })))['brokerage']).toBe('3');
    expect(shown(feeFor(INTRADAY, fill({ notional: cash('1000000') })))['brokerage']).toBe('20');
  });

  it('shares the cap between the fills of an order', () => {
    const notional = cash('50000');

    expect(shown(feeFor(INTRADAY, fill({ notional })))['brokerage']).toBe('15');
    expect(shown(feeFor(INTRADAY, fill({ notional, filledBefore: notional })))['brokerage']).toBe('5');
    expect(shown(feeFor(INTRADAY, fill({ notional, filledBefore: cash('100000') })))['brokerage']).toBe('0');
  });

  it('charges the row in force on the day of the fill, by Indian midnight', () => {
    const lastOfSeptember = instant(Date.UTC(2024, 8, 30, 18, 29));
    const firstOfOctober = instant(Date.UTC(2024, 8, 30, 18, 30));
    const notional = cash('100000');

    expect(shown(feeFor(DELIVERY, fill({ at: lastOfSeptember, notional })))['exchange']).toBe('3.35');
    expect(shown(feeFor(DELIVERY, fill({ at: firstOfOctober, notional })))['exchange']).toBe('3.07');
  });

  it("taxes SEBI's fee since October 2024", () => {
    expect(shown(feeFor(DELIVERY, fill({ notional: cash('100000') })))['gst']).toBe('0.5706'); // 18 % of 3.07 + 0.1
  });

  it('charges a fill from before the first row by that row', () => {
    const fee = feeFor(DELIVERY, fill({ at: instant(Date.UTC(2019, 6, 9)) }));

    expect(fee).toEqual(feeFor(DELIVERY, fill({ at: instant(Date.UTC(2021, 5, 1)) })));
  });

  it('adds up: the total is the sum of its parts, none of them negative, and a split order costs what a whole one does', () => {
    const amount = fc.bigInt(0n, 10n ** 16n);
    fc.assert(
      fc.property(amount, amount, fc.constantFrom(DELIVERY, INTRADAY), fc.constantFrom('BUY', 'SELL'), (a, b, schedule, side) => {
        const whole = feeFor(schedule, fill({ side, notional: money(a + b) }));
        const first = feeFor(schedule, fill({ side, notional: money(a) }));
        const second = feeFor(schedule, fill({ side, notional: money(b), filledBefore: money(a) }));

        expect(Object.values(whole.parts).reduce((sum: bigint, part) => sum + part, 0n)).toBe(whole.total);
        for (const part of Object.values(second.parts)) expect(part).toBeGreaterThanOrEqual(0n);
        const apart = first.total + second.total - whole.total;
        expect(apart >= -12n && apart <= 12n).toBe(true); // each part is rounded on its own
      }),
    );
  });
});
