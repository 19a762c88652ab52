import { shaped } from './values.ts';

/** Id of an account or a bot. */
export const identity = shaped(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'an id of 1 to 40 letters, digits, ".", "_" or "-"');
/** Id of an instrument. */
export const instrument = shaped(/^[A-Z0-9_]{1,20}:[A-Za-z0-9_.&/-]{1,40}$/, 'EXCHANGE:SYMBOL, such as "BINANCE:BTCUSDT" or "NSE:INFY"');
/** A currency's code. */
export const currency = shaped(/^[A-Z][A-Z0-9]{1,9}$/, 'a currency code such as "INR" or "USDT"');
