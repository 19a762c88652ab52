import type { Decimal } from '../../contract/index.ts';

/** Which way a figure points, judged by what is shown: what rounds to zero is level. */
export type Direction = 'up' | 'down' | 'level';

/** A figure in the parts a page may set in different sizes. Joined they are the whole text. */
export interface FigureParts {
  readonly direction: Direction;
  /** `+`, `−` (U+2212, as wide as the plus) or nothing. */
  readonly sign: string;
  /** `₹` or nothing. */
  readonly prefix: string;
  readonly whole: string;
  /** With its point: `.35`. */
  readonly fraction: string;
  /** A space and the currency's code, or nothing. */
  readonly suffix: string;
}

const MINUS = '\u2212';
const NARROW_SPACE = '\u202f';
const LAKH = 5;

/**
 * Money of `currency` with its sign: `+₹6,284.35`, `−12.50 USDT`, `₹0.00`. Two decimals; an amount below 0.01 of a currency without
 * coins shows two significant digits, so that a small result is not called nothing.
 */
export function profitParts(amount: Decimal, currency: string): FigureParts {
  return parts(amount, currency, 'exceptZero');
}

/** Like `profitParts`, without a plus: for a cost, a value or a capital. */
export function moneyParts(amount: Decimal, currency: string): FigureParts {
  return parts(amount, currency, 'auto');
}

/** The whole text of a figure. */
export function figureText(figure: FigureParts): string {
  return figure.sign + figure.prefix + figure.whole + figure.fraction + figure.suffix;
}

/** An amount for a caption: `₹2.11 lakh`, `₹3.4 crore`, `48,200 USDT`. Never for a profit. */
export function moneyCaption(amount: Decimal, currency: string): string {
  const digits = integerDigits(amount);
  if (currency === 'INR' && digits > LAKH) {
    const compact = format('en-IN', { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 2 }, amount);
    return `₹${compact.replace(/T$/, ' thousand').replace(/L$/, ' lakh').replace(/Cr$/, ' crore').replace('-', MINUS)}`;
  }
  const whole = format(localeOf(currency), { maximumFractionDigits: digits > 3 ? 0 : 2 }, amount).replace('-', MINUS);
  return currency === 'INR' ? `₹${whole}` : `${whole}${NARROW_SPACE}${currency}`;
}

/** A price with the decimals it came with, which are the instrument's; rupees have two at least, and below 0.0001 four digits count. */
export function priceText(price: Decimal, currency: string): string {
  const given = price.includes('.') ? price.length - price.indexOf('.') - 1 : 0;
  const places = currency === 'INR' ? Math.max(2, given) : given;
  const isTiny = /^-?0?\.0{4}/.test(price);
  const options = isTiny ? { maximumSignificantDigits: 4 } : { minimumFractionDigits: places, maximumFractionDigits: places };
  const text = format(localeOf(currency), options, price).replace('-', MINUS);
  return currency === 'INR' ? `₹${text}` : text;
}

/** A price with its currency, where nothing beside it says which: `₹1,431.85`, `97,644.10 USDT`. */
export function pricedText(price: Decimal, currency: string): string {
  return currency === 'INR' ? priceText(price, currency) : `${priceText(price, currency)}${NARROW_SPACE}${currency}`;
}

/** A quantity: grouped, at most eight decimals, no idle zeros. */
export function quantityText(quantity: Decimal, currency = 'INR'): string {
  return format(localeOf(currency), { maximumFractionDigits: 8 }, trimZeros(quantity)).replace('-', MINUS);
}

/** A percentage: two decimals, one from 100 on; `signed` for a result. */
export function percentText(percent: number, signed = true): string {
  const fractionDigits = Math.abs(percent) >= 100 ? 1 : 2;
  const options = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits, signDisplay: signed ? 'exceptZero' : 'auto' } as const;
  return `${format('en-IN', options, String(percent)).replace('-', MINUS)}%`;
}

/** Which way a percentage points, judged by its two decimals. */
export function percentDirection(percent: number): Direction {
  if (Math.abs(percent) < 0.005) return 'level';
  return percent > 0 ? 'up' : 'down';
}

/** A count with its grouping. */
export function countText(count: number): string {
  return format('en-IN', {}, String(count));
}

function parts(amount: Decimal, currency: string, signDisplay: 'exceptZero' | 'auto'): FigureParts {
  const small = currency !== 'INR' && /^[-+]?0?\.00/.test(trimZeros(amount)) && /[1-9]/.test(amount);
  const digits = small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const text = format(localeOf(currency), { ...digits, signDisplay }, amount);
  const sign = text.startsWith('-') ? MINUS : text.startsWith('+') ? '+' : '';
  const plain = text.replace(/^[-+]/, '');
  const level = !/[1-9]/.test(plain);
  const point = plain.indexOf('.');
  return {
    direction: level ? 'level' : amount.startsWith('-') ? 'down' : 'up',
    sign: level ? '' : sign,
    prefix: currency === 'INR' ? '₹' : '',
    whole: point < 0 ? plain : plain.slice(0, point),
    fraction: point < 0 ? '' : plain.slice(point),
    suffix: currency === 'INR' ? '' : `${NARROW_SPACE}${currency}`,
  };
}

function localeOf(currency: string): string {
  return currency === 'INR' ? 'en-IN' : 'en-US';
}

function integerDigits(amount: Decimal): number {
  return (/^[-+]?0*(\d*)/.exec(amount)?.[1] ?? '').length;
}

function trimZeros(amount: Decimal): string {
  return amount.includes('.') ? amount.replace(/0+$/, '').replace(/\.$/, '') : amount;
}

const formatters = new Map<string, Intl.NumberFormat>();

// Making an Intl object is the slow part of formatting, so each kind is made once. A decimal string goes in as it is: the standard
// (ECMA-402, Intl.NumberFormat v3) formats it exactly, where a number would first be rounded to a double.
function format(locale: string, options: Intl.NumberFormatOptions, amount: string): string {
  const key = locale + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, options);
    formatters.set(key, formatter);
  }
  return formatter.format(amount as Intl.StringNumericLiteral);
}
