import type { VenueEvent } from '../model/event.ts';
import type { Alert } from '../model/fact.ts';
import type { Trade } from '../model/fill.ts';
import type { Day } from '../model/instant.ts';
import { type Price, money, quantity } from '../model/money.ts';
import type { Order } from '../model/order.ts';
import { type Applied, applyFill } from './apply-fill.ts';
import { type Seat, reprotect, tellPosition } from './decide.ts';
import { EXIT_SLOT, TARGET_SLOT } from './intent.ts';
import { move } from './orders.ts';
import type { Cell, EngineState, Outcome } from './state.ts';
import { STOP_OUTCOME } from './stop.ts';
import { type TripStep, advanceTrips } from './trips.ts';

type Filled = Extract<VenueEvent, { kind: 'order-filled' }>;

/** Books what a venue says about one of our orders. Words about an order we do not know change nothing and are told as an alert. */
export function hearVenue(state: EngineState, event: VenueEvent, seat: Seat | null, out: Outcome): void {
  const order = seat?.cell.orders.get(event.clientId);
  if (seat === null || order === undefined) {
    alert(state, out, {
      key: `order-unknown:${event.clientId}`,
      severity: 'error',
      bot: null,
      title: 'A venue speaks of an order nobody knows',
      body: `${event.kind} for ${event.clientId}: nothing was booked; compare the venue's book with the ledger`,
    });
    return;
  }
  const { cell } = seat;
  switch (event.kind) {
    case 'order-submitted':
      return void move(state, cell, order, 'submit', {}, out);
    case 'order-accepted':
      return void move(state, cell, order, 'accept', { venueId: event.venueId }, out);
    case 'order-triggered':
      return void move(state, cell, order, 'trigger', {}, out);
    case 'order-rejected':
      return rejected(state, seat, order, `${event.code}: ${event.reason}`, out);
    case 'order-canceled':
      return ended(state, seat, move(state, cell, order, 'cancel', { outcome: state.stopping && !order.reduceOnly ? STOP_OUTCOME : event.reason }, out), out);
    case 'order-expired':
      return ended(state, seat, move(state, cell, order, 'expire', { outcome: event.reason }, out), out);
    case 'cancel-rejected':
      return void move(state, cell, order, 'cancel-rejected', {}, out);
    case 'order-filled':
      return filled(state, seat, order, event, out);
  }
}

/** An exit that has died leaves a position bare, because it had taken the protective orders' place: they are put back at once. */
function ended(state: EngineState, seat: Seat, order: Order | null, out: Outcome): void {
  if (order === null || !order.reduceOnly || state.stopping) return;
  if (order.slot === TARGET_SLOT || order.slot === EXIT_SLOT) reprotect(state, seat, out);
}

function rejected(state: EngineState, seat: Seat, order: Order, why: string, out: Outcome): void {
  const { cell, bot } = seat;
  const dead = move(state, cell, order, 'reject', { outcome: why }, out);
  if (dead === null) return;
  alert(state, out, {
    key: `order-rejected:${order.clientId}`,
    severity: order.reduceOnly ? 'critical' : 'warn',
    bot: bot.config.id,
    title: `${cell.instrument.symbol}: ${order.reduceOnly ? 'a protective order' : 'an order'} was rejected`,
    body: `${order.side} ${order.slot} was rejected by the venue: ${why}`,
  });
  ended(state, seat, dead, out);
}

function filled(state: EngineState, seat: Seat, order: Order, event: Filled, out: Outcome): void {
  const { cell, account } = seat;
  const total = quantity(order.filled + event.quantity);
  if (total > order.quantity) return overfilled(state, order, event, out);
  const fill = { at: event.at, side: order.side, quantity: event.quantity, price: event.price, fee: event.fee.total };
  const applied = applyFill(cell.position, fill, cell.instrument);
  const change = { filled: total, filledNotional: money(order.filledNotional + applied.notional) };
  if (move(state, cell, order, total === order.quantity ? 'full-fill' : 'partial-fill', change, out) === null) return;
  const day = account.config.days.day(event.at);
  const trips = advanceTrips(cell, applied, fill, day, order.reason);
  const trade = tradeOf(order, event, applied, day);
  cell.position = applied.position;
  keepTrips(cell, trips, event.price);
  // The trip comes before the trade that names it.
  for (const roundTrip of [trips.closed, trips.open]) if (roundTrip !== null) out.facts.push({ kind: 'round-trip', roundTrip });
  const tripNumber = trips.closed?.number ?? trips.open?.number ?? cell.trips;
  out.facts.push({ kind: 'trade', trade, tripNumber, closures: applied.closures });
  reprotect(state, seat, out);
  tellPosition(state, cell, out);
}

function tradeOf(order: Order, event: Filled, applied: Applied, day: Day): Trade {
  const { clientId, bot, account, instrument, side, source, reason } = order;
  const { at, venueFillId, quantity: size, price, fee, liquidity } = event;
  return {
    ...{ clientId, venueFillId, bot, account, instrument, at, day, side, quantity: size, price, fee, liquidity, source, reason },
    notional: applied.notional,
    gross: applied.gross,
    positionAfter: applied.position.quantity,
  };
}

function keepTrips(cell: Cell, { closed, open }: TripStep, at: Price): void {
  cell.trip = open;
  cell.trips = Math.max(cell.trips, closed?.number ?? 0, open?.number ?? 0);
  if (open === null) cell.best = null;
  else if (closed !== null || cell.best === null) cell.best = at;
}

function overfilled(state: EngineState, order: Order, event: Filled, out: Outcome): void {
  alert(state, out, {
    key: `order-overfilled:${order.clientId}`,
    severity: 'critical',
    bot: order.bot,
    title: 'A venue reports more than was ordered',
    body: `fill ${event.venueFillId} would take order ${order.clientId} beyond its quantity: it was not booked; compare the venue's book with the ledger`,
  });
}

function alert(state: EngineState, out: Outcome, said: Alert): void {
  out.facts.push({ kind: 'alert', at: state.at, alert: said });
}
