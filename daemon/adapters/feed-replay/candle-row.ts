import type { Candle } from '../../core/model/candle.ts';
import type { Instrument } from '../../core/model/instrument.ts';
import { instant } from '../../core/model/instant.ts';
import { type Parsed, parseDecimal, price, quantity } from '../../core/model/money.ts';

/** The header a candle file must begin with, and the order of its columns. */
export const HEADER = 'timestamp_ms,open,high,low,close,volume';

export type Row = { readonly ok: true; readonly candle: Candle } | { readonly ok: false; readonly reason: string };

/**
 * Reads one row of a candle file. Prices must be exact in the instrument's decimals: one that is not belongs to another
 * instrument. A volume is not money, so decimals beyond the instrument's are dropped from it.
 */
export function parseRow(line: string, instrument: Instrument, timeframeMs: number): Row {
  const cells = line.split(',');
  if (cells.length !== 6) return fault(`${cells.length} columns instead of 6`);
  const [time, openText, highText, lowText, closeText, volumeText] = cells as [string, string, string, string, string, string];
  const openAt = wholeNumber(time);
  if (openAt === null) return fault('the timestamp is not a whole number of milliseconds');
  const open = scaled(openText, instrument.priceDecimals);
  const high = scaled(highText, instrument.priceDecimals);
  const low = scaled(lowText, instrument.priceDecimals);
  const close = scaled(closeText, instrument.priceDecimals);
  const volume = roundedDown(volumeText, instrument.quantityDecimals);
  if (!open.ok || !high.ok || !low.ok || !close.ok || !volume.ok) return firstFault({ open, high, low, close, volume });
  const reason = contradiction(open.value, high.value, low.value, close.value, volume.value);
  if (reason !== null) return fault(reason);
  const prices = { open: price(open.value), high: price(high.value), low: price(low.value), close: price(close.value) };
  return { ok: true, candle: { openAt: instant(openAt), timeframeMs, ...prices, volume: quantity(volume.value) } };
}

function firstFault(columns: Readonly<Record<string, Parsed>>): Row {
  for (const [name, parsed] of Object.entries(columns)) if (!parsed.ok) return fault(`${name}: ${parsed.reason}`);
  return fault('a column cannot be read');
}

function fault(reason: string): Row {
  return { ok: false, reason };
}

function contradiction(open: bigint, high: bigint, low: bigint, close: bigint, volume: bigint): string | null {
  if (open <= 0n || high <= 0n || low <= 0n || close <= 0n) return 'a price is not above 0';
  if (high < low) return 'high is below low';
  if (open > high || open < low) return 'open lies outside low…high';
  if (close > high || close < low) return 'close lies outside low…high';
  return volume < 0n ? 'volume is negative' : null;
}

/** 16 digits reach far beyond any date and stay within what a number holds exactly. */
function wholeNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8] as const;
const ZERO = 48;
const POINT = 46;

/** As `parseDecimal`, with a short cut for the usual number: one that a double holds exactly. */
function scaled(text: string, decimals: number): Parsed {
  let digits = 0;
  let point = -1;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === POINT - ZERO && point < 0) point = index;
    else return parseDecimal(text, decimals);
  }
  const fraction = point < 0 ? 0 : text.length - point - 1;
  const shift = POWERS[decimals - fraction];
  const exact = digits * (shift ?? Number.NaN);
  if (point === 0 || point === text.length - 1 || !(exact <= Number.MAX_SAFE_INTEGER)) return parseDecimal(text, decimals);
  return { ok: true, value: BigInt(exact) };
}

function roundedDown(text: string, decimals: number): Parsed {
  const point = text.indexOf('.');
  const longer = point >= 0 && text.length - point - 1 > decimals;
  if (!longer) return scaled(text, decimals);
  // What is cut off must be digits too, or `1.5e9` would pass for 1.5.
  if (!/^\d+$/.test(text.slice(point + 1))) return parseDecimal(text, decimals);
  return scaled(text.slice(0, decimals === 0 ? point : point + 1 + decimals), decimals);
}
