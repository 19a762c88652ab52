/**
 * Fixed-point money, price and quantity: the one module that knows how they are scaled, rounded, read and written.
 *
 * Money is counted in 1e-8 of its currency; prices and quantities in 10^-decimals of their instrument. All arithmetic
 * is exact on bigint; the only rounding is half-even, in `divideHalfEven`.
 */
declare const unit: unique symbol;

/** An amount of one currency in units of 1e-8. The currency stands beside it, never in it. */
export type Money = bigint & { readonly [unit]: 'money' };
/** A price of one unit of the base, in 10^-priceDecimals of the quote currency. */
export type Price = bigint & { readonly [unit]: 'price' };
/** A quantity of the base in 10^-quantityDecimals; signed where it is a net position. */
export type Quantity = bigint & { readonly [unit]: 'quantity' };

export const MONEY_DECIMALS = 8;

export const money = (scaled: bigint): Money => scaled as Money;
export const price = (scaled: bigint): Price => scaled as Price;
export const quantity = (scaled: bigint): Quantity => scaled as Quantity;

export const ZERO_MONEY: Money = money(0n);
export const ZERO_QUANTITY: Quantity = quantity(0n);

/** Ten to the power of a small non-negative integer, from a table. */
export function pow10(exponent: number): bigint {
  const known = POWERS[exponent];
  if (known === undefined) throw new RangeError(`pow10: exponent ${exponent} outside 0…${POWERS.length - 1}`);
  return known;
}
const POWERS: readonly bigint[] = Array.from({ length: 37 }, (_, n) => 10n ** BigInt(n));

/** Divides rounding half to even (IEEE 754 roundTiesToEven), the rule that adds no drift over many roundings. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('divideHalfEven: division by zero');
  if (denominator < 0n) return divideHalfEven(-numerator, -denominator);
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return quotient;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = numerator < 0n ? quotient - 1n : quotient + 1n;
  if (twice < denominator) return quotient;
  if (twice > denominator) return away;
  return quotient % 2n === 0n ? quotient : away;
}

/** `value × numerator ÷ denominator`, rounded half-even once. */
export function multiplyDivide(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return divideHalfEven(value * numerator, denominator);
}

/** What a scale needs to know of an instrument. */
export interface Scale {
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

/** Price × quantity in money of the quote currency, half-even at 1e-8; keeps the sign of the quantity. */
export function notional(at: Price, of: Quantity, scale: Scale): Money {
  const shift = scale.priceDecimals + scale.quantityDecimals - MONEY_DECIMALS;
  const product = at * of;
  return money(shift <= 0 ? product * pow10(-shift) : divideHalfEven(product, pow10(shift)));
}

/** The average price of a cost over a quantity, half-even at the instrument's price decimals; for display and levels, never as a state. */
export function averagePrice(cost: Money, of: Quantity, scale: Scale): Price {
  const shift = scale.priceDecimals + scale.quantityDecimals - MONEY_DECIMALS;
  const magnitude = of < 0n ? -of : of;
  return price(shift <= 0 ? divideHalfEven(cost, magnitude * pow10(-shift)) : divideHalfEven(cost * pow10(shift), magnitude));
}

/** A share of an amount given in parts per million, half-even. */
export function partsPerMillion(of: Money, ppm: number): Money {
  return money(multiplyDivide(of, BigInt(Math.round(ppm)), 1_000_000n));
}

/** A share of an amount given in percent (up to six decimals of a percent are kept), half-even. */
export function percentOf(of: Money, percent: number): Money {
  return money(multiplyDivide(of, BigInt(Math.round(percent * 1_000_000)), 100_000_000n));
}

export type Parsed = { readonly ok: true; readonly value: bigint } | { readonly ok: false; readonly reason: string };

/**
 * Reads a plain decimal (`-12.3400`, no exponent, no grouping, at most 30 digits on either side of the point) into an integer
 * of 10^-decimals. Refuses text, an empty string, exponents and more significant decimals than the scale can hold: nothing
 * is rounded on the way in.
 */
export function parseDecimal(text: string, decimals: number): Parsed {
  const match = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text);
  if (match === null) return { ok: false, reason: 'not a plain decimal number' };
  const [, sign = '', whole = '', fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) return { ok: false, reason: `more than ${decimals} decimals` };
  const magnitude = BigInt(whole) * pow10(decimals) + BigInt(significant.padEnd(decimals, '0') || '0');
  return { ok: true, value: sign === '-' ? -magnitude : magnitude };
}

/** Writes an integer of 10^-decimals as a plain decimal string; `trim` drops trailing zeros of the fraction. */
export function formatDecimal(scaled: bigint, decimals: number, trim = false): string {
  const negative = scaled < 0n;
  const digits = (negative ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : digits.slice(digits.length - decimals);
  const kept = trim ? fraction.replace(/0+$/, '') : fraction;
  return `${negative ? '-' : ''}${whole}${kept === '' ? '' : `.${kept}`}`;
}

/** The nearest float64 of a scaled integer: for indicators, strategies and statistics, never for the ledger. */
export function toNumber(scaled: bigint, decimals: number): number {
  return Number(scaled) / Number(pow10(decimals));
}

/** Rounds towards zero to a multiple of the increment. */
export function floorTo(value: bigint, increment: bigint): bigint {
  return value - (value % increment);
}

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
export const smaller = <T extends bigint>(a: T, b: T): T => (a < b ? a : b);
export const larger = <T extends bigint>(a: T, b: T): T => (a > b ? a : b);
