import { expect, it } from 'vitest';
import { amountInWords } from '../../../daemon/settings/amount-words.ts';

it.each([
  ['1000000', 'INR', '₹10,00,000'],
  ['1234567.5', 'INR', '₹12,34,567.50'],
  ['8000', 'USDT', '8,000 USDT'],
  ['8000.00', 'USD', '8,000 USD'],
  ['0.00012345', 'BTC', '0.00012345 BTC'],
  ['9007199254740993.12345678', '', '9,007,199,254,740,993.12345678'],
])('the amount %s in %s is written %s', (amount, currency, words) => {
  expect(amountInWords(amount, currency)).toBe(words);
});
