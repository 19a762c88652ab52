import type { RoundTrip } from '../model/round-trip.ts';

/** A figure and the number of closed round trips it stands on; null where it is not defined. */
export interface TripFigure {
  readonly value: number | null;
  readonly n: number;
}

/**
 * Percent of closed round trips, 0…100, that made money net of all fees: `100 · wins / n`. A trip that came out at exactly
 * nothing is not a win. Null while no trip has closed. The form of Freqtrade's and backtesting.py's reports.
 */
export function winRate(trips: readonly RoundTrip[]): TripFigure {
  const closed = trips.filter((trip) => trip.closedAt !== null);
  const wins = closed.filter((trip) => trip.gross > trip.fees).length;
  return { value: closed.length === 0 ? null : (100 * wins) / closed.length, n: closed.length };
}
