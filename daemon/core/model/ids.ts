/** Identities. Each is a plain string outside and a type of its own inside, so that one cannot stand in for another. */
declare const unit: unique symbol;
type Id<Name extends string> = string & { readonly [unit]: Name };

export type BotId = Id<'bot'>;
export type AccountId = Id<'account'>;
/** `EXCHANGE:SYMBOL`, e.g. `NSE:INFY`, `BINANCE:BTCUSDT`. */
export type InstrumentId = Id<'instrument'>;
/** Our name for an order, 20 alphanumerics, made before it leaves and never made twice. */
export type ClientOrderId = Id<'client-order'>;

export const botId = (text: string): BotId => text as BotId;
export const accountId = (text: string): AccountId => text as AccountId;
export const instrumentId = (text: string): InstrumentId => text as InstrumentId;
export const clientOrderIdOf = (text: string): ClientOrderId => text as ClientOrderId;

/** The exchange and symbol halves of an instrument id; RangeError where it names no exchange. */
export function splitInstrumentId(id: InstrumentId): { readonly exchange: string; readonly symbol: string } {
  const colon = id.indexOf(':');
  if (colon < 1) throw new RangeError(`instrument id: ${id} is not EXCHANGE:SYMBOL`);
  return { exchange: id.slice(0, colon), symbol: id.slice(colon + 1) };
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: no i, l, o, u to misread aloud

/** A non-negative integer in base 32, padded with zeros to a width; RangeError where it does not fit. */
export function base32(value: bigint, width: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < width; place += 1) {
    text = (ALPHABET[Number(rest & 31n)] ?? '0') + text;
    rest >>= 5n;
  }
  if (rest !== 0n) throw new RangeError(`base32: ${value} does not fit ${width} digits`);
  return text;
}

/** 64-bit FNV-1a over UTF-16 code units (http://www.isthe.com/chongo/tech/comp/fnv): spreads ids, guards nothing. */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= BigInt(text.charCodeAt(index));
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash;
}

/**
 * The client order id of a bot's n-th intent: `k`, the bot's code (3), the intent number (8), a check that ties it to
 * this installation (8). The same (salt, bot, number) gives the same id for ever, so a replay after a crash names the
 * same order; 20 alphanumerics fit Kite's tag (20), OKX's clOrdId (32) and Binance's newClientOrderId (36).
 */
export function clientOrderId(salt: string, botCode: string, number: number): ClientOrderId {
  const check = fnv1a64(`${salt}|${botCode}|${number}`) & 0xffffffffffn;
  return `k${botCode}${base32(BigInt(number), 8)}${base32(check, 8)}` as ClientOrderId;
}

/** The three-character code of the n-th bot of a ledger. */
export const botCode = (number: number): string => base32(BigInt(number), 3);
