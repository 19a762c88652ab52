import type { Day } from '../model/instant.ts';
import { type Money, type Price, ZERO_MONEY, absolute, larger, money, multiplyDivide, quantity, smaller } from '../model/money.ts';
import type { RoundTrip } from '../model/round-trip.ts';
import { type Applied, type FillInput, unrealised } from './apply-fill.ts';
import type { Cell } from './state.ts';

/** What a fill did to the cell's round trips: one that ended, one that goes on or began. */
export interface TripStep {
  readonly closed: RoundTrip | null;
  readonly open: RoundTrip | null;
}

/**
 * Books a fill on the round trips of a cell, before its position is replaced by `applied.position`. A fill that turns the
 * position over ends one trip and begins the next; its fee is shared by quantity, the ending part rounded half-even, the
 * rest left to the beginning.
 */
export function advanceTrips(cell: Cell, applied: Applied, fill: FillInput, day: Day, reason: string): TripStep {
  const closingFee = applied.closed === 0n ? ZERO_MONEY : money(multiplyDivide(fill.fee, applied.closed, fill.quantity));
  const openingFee = money(fill.fee - closingFee);
  const openingNotional = money(applied.notional - applied.closedNotional);
  const reduced = cell.trip === null || applied.closed === 0n ? cell.trip : reduce(cell.trip, applied, closingFee);
  const flips = applied.closed > 0n && applied.closed < fill.quantity;
  const ended = reduced !== null && (applied.position.quantity === 0n || flips);
  const closed: RoundTrip | null = ended ? { ...reduced, closedAt: fill.at, closedDay: day, exitReason: reason } : null;
  if (applied.position.quantity === 0n) return { closed, open: null };
  if (reduced === null || ended) return { closed, open: begin(cell, applied, fill, openingNotional, openingFee, reason) };
  if (applied.closed > 0n) return { closed: null, open: reduced };
  return { closed: null, open: add(reduced, applied, openingNotional, openingFee) };
}

function reduce(trip: RoundTrip, applied: Applied, fee: Money): RoundTrip {
  return {
    ...trip,
    exitNotional: money(trip.exitNotional + applied.closedNotional),
    gross: money(trip.gross + applied.gross),
    fees: money(trip.fees + fee),
  };
}

function add(trip: RoundTrip, applied: Applied, entered: Money, fee: Money): RoundTrip {
  return {
    ...trip,
    peakQuantity: larger(trip.peakQuantity, quantity(absolute(applied.position.quantity))),
    entryNotional: money(trip.entryNotional + entered),
    fees: money(trip.fees + fee),
  };
}

function begin(cell: Cell, applied: Applied, fill: FillInput, entered: Money, fee: Money, reason: string): RoundTrip {
  const { bot, account, instrument } = applied.position;
  return {
    number: cell.trips + 1,
    bot,
    account,
    instrument,
    direction: applied.position.quantity > 0n ? 'long' : 'short',
    openedAt: fill.at,
    closedAt: null,
    closedDay: null,
    peakQuantity: quantity(absolute(applied.position.quantity)),
    entryNotional: entered,
    exitNotional: ZERO_MONEY,
    gross: ZERO_MONEY,
    fees: fee,
    adverse: ZERO_MONEY,
    favourable: ZERO_MONEY,
    entryReason: reason,
    exitReason: null,
  };
}

/** Widens the open trip's worst and best open result by a bar's extremes. */
export function trackExcursion(cell: Cell, low: Price, high: Price): void {
  if (cell.trip === null) return;
  const { position, instrument } = cell;
  const atLow = unrealised(position, low, instrument);
  const atHigh = unrealised(position, high, instrument);
  cell.trip = {
    ...cell.trip,
    adverse: smaller(cell.trip.adverse, smaller(atLow, atHigh)),
    favourable: larger(cell.trip.favourable, larger(atLow, atHigh)),
  };
}
