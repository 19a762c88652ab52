import type { CandleClosed, CandleOpened, EngineEvent, VenueEvent } from '../model/event.ts';
import type { Effect } from '../model/effect.ts';
import type { Fact } from '../model/fact.ts';
import type { ClientOrderId, InstrumentId } from '../model/ids.ts';
import { type Instant, later } from '../model/instant.ts';
import type { Price } from '../model/money.ts';
import { trackBest } from '../risk/exits.ts';
import { checkDailyLoss, rollDay } from './day.ts';
import { type Seat, decide, leaveOnCatastrophe, tellLevels } from './decide.ts';
import { pushBar } from './evaluate.ts';
import { type AccountState, type BotState, type Cell, type EngineState, type Outcome, worthOf } from './state.ts';
import { resume, stop } from './stop.ts';
import { trackExcursion } from './trips.ts';
import { hearVenue } from './venue-words.ts';

export interface Stepped {
  readonly state: EngineState;
  /** What became true: the ledger writes it before anything else happens. */
  readonly facts: readonly Fact[];
  /** What is to be done at the venue once the facts are on disk. */
  readonly effects: readonly Effect[];
}

/**
 * One event through the whole engine: synchronous, without clock, chance or I/O. The outcome depends on state and event
 * alone, so the same events give the same facts. Owns the state and changes it in place; market time never goes back.
 */
export function step(state: EngineState, event: EngineEvent): Stepped {
  const out: Outcome = { facts: [], effects: [] };
  if (event.at > state.at) state.at = event.at;
  switch (event.kind) {
    case 'candle-opened':
      openCandle(state, event, out);
      break;
    case 'candle-closed':
      closeCandle(state, event, out);
      break;
    case 'stopping':
      stop(state, out);
      break;
    case 'resumed':
      for (const cell of state.cells) resume(state, seatOf(state, cell), out);
      break;
    case 'order-submitted':
    case 'order-accepted':
    case 'order-rejected':
    case 'order-triggered':
    case 'order-filled':
    case 'order-canceled':
    case 'order-expired':
    case 'cancel-rejected':
      hearOrder(state, event, out);
      break;
  }
  state.touched.add('engine');
  return { state, facts: out.facts, effects: out.effects };
}

function hearOrder(state: EngineState, event: VenueEvent, out: Outcome): void {
  const seat = seatOfOrder(state, event.clientId);
  // A fill at the first price of a day belongs to that day, whose opening equity must be taken before it.
  if (seat !== null && event.kind === 'order-filled') rollDay(state, seat.account, seat.account.config.days.day(event.at), out);
  hearVenue(state, event, seat, out);
  if (seat !== null && event.kind === 'order-filled') tellEquity(state, new Set([seat.bot]), event.at, out);
}

function openCandle(state: EngineState, event: CandleOpened, out: Outcome): void {
  const seats = seatsOf(state, event.instrument);
  for (const account of accountsOf(seats)) rollDay(state, account, account.config.days.day(event.at), out);
  mark(state, seats, event.instrument, event.at, event.at, event.price, out);
  for (const seat of seats) {
    leaveOnCatastrophe(state, seat, out);
    tellLevels(state, seat.cell, out);
  }
}

function closeCandle(state: EngineState, event: CandleClosed, out: Outcome): void {
  const { candle } = event;
  const seats = seatsOf(state, event.instrument).filter(({ cell }) => cell.bot.timeframeMs === candle.timeframeMs);
  if (event.history === true) {
    for (const { cell } of seats) learn(state, cell, event);
    return;
  }
  // A bar belongs to the day it ran in: one that closes at midnight is not the next day's first.
  const within = later(event.at, -1);
  for (const account of accountsOf(seats)) rollDay(state, account, account.config.days.day(within), out);
  for (const { cell } of seats) trackExcursion(cell, candle.low, candle.high);
  mark(state, seatsOf(state, event.instrument), event.instrument, event.at, within, candle.close, out);
  for (const seat of seats) {
    learn(state, seat.cell, event);
    trackBest(seat.cell, seat.cell.position.quantity < 0n ? candle.low : candle.high);
    decide(state, seat, candle, out);
    tellLevels(state, seat.cell, out);
  }
  tellEquity(state, new Set(seats.map(({ bot }) => bot)), within, out);
}

function learn(state: EngineState, cell: Cell, { candle }: CandleClosed): void {
  pushBar(cell, candle);
  cell.lastCandle = candle;
  state.touched.add(cell.key);
}

/** Marks a new price and lets the account's limits look at it. */
function mark(state: EngineState, seats: readonly Seat[], instrument: InstrumentId, at: Instant, within: Instant, price: Price, out: Outcome): void {
  for (const { cell } of seats) {
    cell.price = price;
    state.touched.add(cell.key);
  }
  const first = seats[0];
  if (first === undefined) return;
  out.facts.push({ kind: 'price', at, day: first.account.config.days.day(within), instrument, price });
  for (const account of accountsOf(seats)) checkDailyLoss(state, account, out);
}

function tellEquity(state: EngineState, bots: ReadonlySet<BotState>, at: Instant, out: Outcome): void {
  for (const bot of bots) {
    const account = state.accounts.get(bot.config.account);
    if (account === undefined) continue;
    const worth = worthOf(bot);
    const day = account.config.days.day(at);
    if (bot.toldEquity === worth.equity && bot.toldDay === day) continue;
    bot.toldEquity = worth.equity;
    bot.toldDay = day;
    state.touched.add(`bot:${bot.config.id}`);
    out.facts.push({ kind: 'equity', equity: { bot: bot.config.id, account: bot.config.account, at, day, ...worth } });
  }
}

function seatsOf(state: EngineState, instrument: InstrumentId): readonly Seat[] {
  return (state.cellsOf.get(instrument) ?? []).map((cell) => seatOf(state, cell));
}

function seatOf(state: EngineState, cell: Cell): Seat {
  const bot = state.bots.get(cell.bot.id);
  const account = state.accounts.get(cell.bot.account);
  if (bot === undefined || account === undefined) throw new Error(`${cell.key}: its bot or account is not configured`);
  return { cell, bot, account };
}

function seatOfOrder(state: EngineState, id: ClientOrderId): Seat | null {
  const cell = state.cells.find((each) => each.orders.has(id));
  return cell === undefined ? null : seatOf(state, cell);
}

const accountsOf = (seats: readonly Seat[]): ReadonlySet<AccountState> => new Set(seats.map(({ account }) => account));
