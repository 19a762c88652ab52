import { z } from 'zod';

/**
 * Leaf schemas of the settings. Each is given what it expects in words, which is also the error it reports, so that a
 * fault reads `expected a number from 0 to 100`.
 */

/** A whole number in a range, both ends included. */
export function whole(from: number, to: number): z.ZodNumber {
  const error = `a whole number from ${from} to ${to}`;
  return z.number({ error }).int({ error }).min(from, { error }).max(to, { error });
}

/** A number in a range, both ends included. */
export function within(from: number, to: number, what = 'a number'): z.ZodNumber {
  const error = `${what} from ${from} to ${to}`;
  return z.number({ error }).min(from, { error }).max(to, { error });
}

/** A number above 0, up to a bound; `or` names what else may stand there. */
export function above0(to: number, what = 'a number', or = ''): z.ZodNumber {
  const error = `${what} above 0, at most ${to}${or}`;
  return z.number({ error }).gt(0, { error }).max(to, { error });
}

/** A text of one to `most` characters without control characters. */
export function words(most: number): z.ZodString {
  const error = `a text of 1 to ${most} characters, without control characters`;
  return z
    .string({ error })
    .min(1, { error })
    .max(most, { error })
    .regex(/^[^\p{Cc}]*$/u, { error });
}

/** A text of a given shape. */
export function shaped(pattern: RegExp, error: string): z.ZodString {
  return z.string({ error }).regex(pattern, { error });
}

/** A path of the file system. */
export const filePath = shaped(/^[^\0]+$/, 'a path');

/** An IANA time zone known to this machine. */
export const timeZone = z.string({ error: ZONE() }).refine(isTimeZone, { error: ZONE() });

/** An amount, price or quantity above 0; a text or a number, kept as plain decimal text. */
export const decimalAbove0 = decimal('a decimal above 0, as text or number', (text) => /[1-9]/.test(text));

/** An amount or quantity of 0 or more; a text or a number, kept as plain decimal text. */
export const decimalFrom0 = decimal('a decimal of 0 or more, as text or number', () => true);

/** A bar length such as `5m`, `1h`, `1d`. */
export const timeframe = z.string({ error: TIMEFRAME() }).refine((text) => timeframeMs(text) !== null, { error: TIMEFRAME() });

/** A moment in ISO 8601 with a zone, e.g. `2026-01-05T00:00:00Z`. */
export const moment = z.iso.datetime({ offset: true, error: 'a moment such as "2026-01-05T00:00:00Z"' });

/** Milliseconds of a bar length: a whole number of minutes (`m`), hours (`h`) or days (`d`), at most 30 days; null where it is none. */
export function timeframeMs(text: string): number | null {
  const match = /^([1-9]\d{0,3})([mhd])$/.exec(text);
  if (match === null) return null;
  const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as 'm' | 'h' | 'd'];
  const span = Number(match[1]) * unit;
  return span <= 30 * 86_400_000 ? span : null;
}

/**
 * The plain decimal text of a settings value, or null where it is not one. A number is taken at its shortest text, the
 * one the file most likely holds; a whole number too large to be exact is refused rather than rounded.
 */
export function decimalText(value: string | number): string | null {
  if (typeof value === 'string') return /^-?\d{1,30}(\.\d{1,18})?$/.test(value) ? value : null;
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return null;
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', lead = '', rest = '', shift = '0'] = match;
  return `${sign}0.${'0'.repeat(Number(shift) - 1)}${lead}${rest}`;
}

function decimal(expects: string, accepts: (text: string) => boolean) {
  return z.union([z.string(), z.number()], { error: expects }).transform((value, context) => {
    const text = decimalText(value);
    if (text !== null && !text.startsWith('-') && accepts(text)) return text;
    context.addIssue({ code: 'custom', message: expects, input: value });
    return z.NEVER;
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.includes('/') || name === 'UTC';
  } catch {
    return false;
  }
}

function ZONE(): string {
  return 'an IANA time zone such as "Asia/Kolkata" or "UTC"';
}

function TIMEFRAME(): string {
  return 'a bar length such as "1m", "15m", "1h" or "1d", at most 30 days';
}
