import type { Decimal } from '../../contract/index.ts';

interface Scaled {
  readonly digits: bigint;
  readonly places: number;
}

/** `a + b`, exact. */
export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, places] = aligned(parse(a), parse(b));
  return print(left + right, places);
}

/** `a − b`, exact. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  const [left, right, places] = aligned(parse(a), parse(b));
  return print(left - right, places);
}

/** `a × b`, exact. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  const left = parse(a);
  const right = parse(b);
  return print(left.digits * right.digits, left.places + right.places);
}

/** `part` in percent of `whole`, cut after four decimals; null where `whole` is zero. A number, because percentages travel as numbers. */
export function percentOf(part: Decimal, whole: Decimal): number | null {
  const [above, below] = aligned(parse(part), parse(whole));
  return below === 0n ? null : Number((above * 1_000_000n) / below) / 10_000;
}

function parse(text: Decimal): Scaled {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new Error(`decimal: expected digits with at most one point, was ${JSON.stringify(text)}`);
  const fraction = match[3] ?? '';
  const size = BigInt((match[2] ?? '') + fraction);
  return { digits: match[1] === '-' ? -size : size, places: fraction.length };
}

function aligned(a: Scaled, b: Scaled): [bigint, bigint, number] {
  const places = Math.max(a.places, b.places);
  const raise = (one: Scaled): bigint => one.digits * 10n ** BigInt(places - one.places);
  return [raise(a), raise(b), places];
}

function print(digits: bigint, places: number): Decimal {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
