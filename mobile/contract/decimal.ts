/** A decimal number as text, exact: money, prices and quantities travel so and are never parsed into a float for a sum. */
export type Decimal = string;
/** ISO 8601 in UTC with milliseconds: `2026-11-21T04:45:00.000Z`. */
export type Iso = string;
export type Mode = 'paper' | 'live';
export type Side = 'BUY' | 'SELL';
export type Source = 'BOT' | 'MANUAL';

/** The body of every error. `code` is stable; `remedy` says what to do. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string };
}
