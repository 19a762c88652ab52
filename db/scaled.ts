/** Arithmetic on scaled integers for what views derive: the rounding of the core, half to even, in the same places. */

/** Decimals of money: it is counted in 1e-8 of its currency. */
export const MONEY_DECIMALS = 8;

/** How an instrument's prices and quantities are scaled. */
export interface Decimals {
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

/** Price × quantity in money, half-even at 1e-8. */
export function notional(price: bigint, quantity: bigint, decimals: Decimals): bigint {
  const shift = shiftOf(decimals);
  const product = price * quantity;
  return shift <= 0 ? product * 10n ** BigInt(-shift) : divideHalfEven(product, 10n ** BigInt(shift));
}

/** Cost over an absolute quantity above 0, half-even at the instrument's price decimals. */
export function averagePrice(cost: bigint, quantity: bigint, decimals: Decimals): bigint {
  const shift = shiftOf(decimals);
  return shift <= 0 ? divideHalfEven(cost, quantity * 10n ** BigInt(-shift)) : divideHalfEven(cost * 10n ** BigInt(shift), quantity);
}

/** Divides by a denominator above 0, rounding half to even. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < denominator) return quotient;
  const away = numerator < 0n ? quotient - 1n : quotient + 1n;
  if (twice > denominator) return away;
  return quotient % 2n === 0n ? quotient : away;
}

const shiftOf = (decimals: Decimals): number => decimals.priceDecimals + decimals.quantityDecimals - MONEY_DECIMALS;
