import { MONEY_DECIMALS, type Money, money, parseDecimal } from '../core/model/money.ts';

/** An amount of money from the plain decimal text of a settings value. */
export function amount(text: string): Money {
  return money(scaled(text, MONEY_DECIMALS));
}

/** A plain decimal text in units of 10^-decimals. The cross checks have passed it; anything else is our own mistake and throws. */
export function scaled(text: string, decimals: number): bigint {
  const parsed = parseDecimal(text, decimals);
  if (!parsed.ok) throw new TypeError(`settings: ${text} was not checked: ${parsed.reason}`);
  return parsed.value;
}
