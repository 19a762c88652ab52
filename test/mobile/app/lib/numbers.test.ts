import { describe, expect, it } from 'vitest';
import { countText, figureText, moneyCaption, moneyParts, percentText, pricedText, priceText, profitParts, quantityText } from '../../../../mobile/app/lib/numbers.ts';

const profit = (amount: string, currency = 'INR'): string => figureText(profitParts(amount, currency));
const SPACE = '\u202f';

describe('a profit', () => {
  it('carries its sign, with a minus as wide as the plus', () => {
    expect(profit('6284.35')).toBe('+₹6,284.35');
    expect(profit('-1206.75')).toBe('\u2212₹1,206.75');
  });

  it('is neutral at zero, also at what rounds to zero', () => {
    expect(profitParts('0', 'INR')).toMatchObject({ direction: 'level', sign: '', whole: '0', fraction: '.00' });
    expect(profitParts('-0.001', 'INR')).toMatchObject({ direction: 'level', sign: '' });
    expect(profitParts('-0.006', 'INR')).toMatchObject({ direction: 'down', sign: '\u2212' });
  });

  it('groups rupees in lakhs and crores, and other money in thousands with its code', () => {
    expect(profit('1234567.5')).toBe('+₹12,34,567.50');
    expect(profit('-1234567.5', 'USDT')).toBe(`\u22121,234,567.50${SPACE}USDT`);
  });

  it('keeps every digit of an amount that no double can hold', () => {
    expect(profit('90071992547409931.05')).toBe('+₹90,07,19,92,54,74,09,931.05');
    expect(profit('9007199254740993.01', 'USDT')).toBe(`+9,007,199,254,740,993.01${SPACE}USDT`);
  });

  it('does not call a small result of a coinless currency nothing', () => {
    expect(profit('0.0034', 'USDT')).toBe(`+0.0034${SPACE}USDT`);
    expect(profitParts('-0.000012', 'USDT').direction).toBe('down');
  });

  it('splits into parts that join to the whole', () => {
    expect(profitParts('6284.35', 'INR')).toEqual({ direction: 'up', sign: '+', prefix: '₹', whole: '6,284', fraction: '.35', suffix: '' });
  });
});

describe('other figures', () => {
  it('show money without a plus', () => {
    expect(figureText(moneyParts('210779.75', 'INR'))).toBe('₹2,10,779.75');
    expect(figureText(moneyParts('-5', 'INR'))).toBe('\u2212₹5.00');
  });

  it('say lakh and crore in captions only from a lakh on', () => {
    expect(moneyCaption('210779.75', 'INR')).toBe('₹2.11 lakh');
    expect(moneyCaption('23400000', 'INR')).toBe('₹2.34 crore');
    expect(moneyCaption('48210.4', 'INR')).toBe('₹48,210');
    expect(moneyCaption('1381.8', 'USDT')).toBe(`1,382${SPACE}USDT`);
  });

  it('keep the decimals a price came with', () => {
    expect(priceText('97310.20', 'USDT')).toBe('97,310.20');
    expect(priceText('1498', 'INR')).toBe('₹1,498.00');
    expect(priceText('0.00001234567', 'USDT')).toBe('0.00001235');
    expect(priceText('104.5', 'USDT')).toBe('104.5');
  });

  it('trim a quantity', () => {
    expect(quantityText('0.01420000')).toBe('0.0142');
    expect(quantityText('120')).toBe('120');
    expect(quantityText('1200000', 'USDT')).toBe('1,200,000');
  });

  it('show two decimals of a percentage, and one from a hundred on', () => {
    expect(percentText(0.84)).toBe('+0.84%');
    expect(percentText(-0.587)).toBe('\u22120.59%');
    expect(percentText(123.456)).toBe('+123.5%');
    expect(percentText(0)).toBe('0.00%');
    expect(percentText(28.1, false)).toBe('28.10%');
  });

  it('group a count', () => {
    expect(countText(1234567)).toBe('12,34,567');
  });
});

describe('a price with its currency', () => {
  it('has a sign or a code, never none', () => {
    expect(pricedText('1431.85', 'INR')).toBe('₹1,431.85');
    expect(pricedText('97644.10', 'USDT')).toBe(`97,644.10${SPACE}USDT`);
  });
});
