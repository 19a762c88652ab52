import type { RoundTrip } from '../model/round-trip.ts';
import type { TripFigure } from './win-rate.ts';

/**
 * What was won for each unit lost: `Σ net wins / |Σ net losses|` over closed round trips, net of all fees; above 1 it made
 * money. Null while nothing has been lost: the ratio has no value then, however much was won. The form of Freqtrade's
 * `data/metrics.py`.
 */
export function profitFactor(trips: readonly RoundTrip[]): TripFigure {
  const closed = trips.filter((trip) => trip.closedAt !== null);
  let won = 0n;
  let lost = 0n;
  for (const { gross, fees } of closed) {
    const net = gross - fees;
    if (net > 0n) won += net;
    else lost -= net;
  }
  return { value: lost === 0n ? null : Number(won) / Number(lost), n: closed.length };
}
