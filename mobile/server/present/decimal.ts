import type { Decimal } from '../../contract/index.ts';

/** Money (1e-8) as text, exact, without trailing zeros: `-0.5`, `1234.25`, `0`. */
export function moneyText(e8: bigint): Decimal {
  return trimmed(fixed(e8, 8));
}

/** A quantity as text, exact, without trailing zeros. */
export function quantityText(scaled: bigint, decimals: number): Decimal {
  return trimmed(fixed(scaled, decimals));
}

/** A price as text with all the decimals its instrument is quoted in, so that prices stand below each other. */
export function priceText(scaled: bigint, decimals: number): Decimal {
  return fixed(scaled, decimals);
}

/** The same for what may be unknown. */
export function priceTextOrNull(scaled: bigint | null, decimals: number): Decimal | null {
  return scaled === null ? null : fixed(scaled, decimals);
}

/** `part ÷ whole` in percent with four decimals, rounded half away from zero; null of nothing. */
export function percent(part: bigint, whole: bigint): number | null {
  if (whole === 0n) return null;
  const scaled = part * 100n * 10_000n * 2n;
  const quotient = (scaled < 0n === whole < 0n ? scaled + whole : scaled - whole) / (whole * 2n);
  return Number(quotient) / 10_000;
}

function fixed(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
