import type { Candle } from '../model/candle.ts';
import type { BotRunState } from '../model/fact.ts';
import type { Day, Instant } from '../model/instant.ts';
import { type Money, type Price, money } from '../model/money.ts';
import { type Order, isClosed } from '../model/order.ts';
import type { Position } from '../model/position.ts';
import type { RoundTrip } from '../model/round-trip.ts';
import type { Memory } from '../strategy/strategy.ts';
import type { EngineConfig } from './config.ts';
import { type AccountState, type BotState, type Cell, type EngineState, type HeldLatch, startEngine } from './state.ts';

/** What the settings no longer cover although the ledger holds it open. */
export interface Orphan {
  readonly key: string;
  readonly what: string;
}

export type Restored = { readonly kind: 'restored'; readonly state: EngineState } | { readonly kind: 'orphaned'; readonly orphans: readonly Orphan[] };

/**
 * The parts of the state changed since the last call, as JSON by key, for the transaction of the step that changed them;
 * forgets that they changed.
 */
export function takeChanges(state: EngineState): ReadonlyMap<string, string> {
  const changes = new Map<string, string>();
  for (const key of state.touched) changes.set(key, encode(partOf(state, key)));
  state.touched.clear();
  return changes;
}

/**
 * Builds the engine that the stored parts describe: bit for bit the one that was stored, indicators included. A cell whose
 * indicators or timeframe have been configured anew warms up again but keeps its position and orders. A stored position
 * or open order without a place in the configuration is an orphan, and then nothing may trade.
 */
export function restoreEngine(config: EngineConfig, stored: ReadonlyMap<string, string>): Restored {
  const state = startEngine(config);
  const orphans: Orphan[] = [];
  const engine = stored.get('engine');
  if (engine !== undefined) state.at = (decode(engine) as EnginePart).at;
  const cells = new Map(state.cells.map((cell) => [cell.key, cell]));
  for (const [key, body] of stored) {
    if (!key.startsWith('cell:')) continue;
    const part = decode(body) as CellPart;
    const cell = cells.get(key);
    if (cell !== undefined) restoreCell(cell, part);
    else if (part.position.quantity !== 0n) orphans.push({ key, what: 'an open position' });
    else if (part.orders.some(isOpen)) orphans.push({ key, what: 'an open order' });
    else retire(state, part.position);
  }
  for (const bot of state.bots.values()) restoreBot(bot, stored.get(`bot:${bot.config.id}`));
  for (const account of state.accounts.values()) restoreAccount(account, stored.get(`account:${account.config.id}`));
  return orphans.length > 0 ? { kind: 'orphaned', orphans } : { kind: 'restored', state };
}

interface EnginePart {
  readonly at: Instant;
}

interface CellPart {
  readonly timeframeMs: number;
  readonly indicators: readonly { readonly name: string; readonly what: string; readonly state: unknown }[];
  readonly bars: number;
  readonly lastCandle: Candle | null;
  readonly price: Price | null;
  readonly position: Position;
  readonly trip: RoundTrip | null;
  readonly trips: number;
  readonly best: Price | null;
  readonly orders: readonly Order[];
  readonly memory: Memory;
}

interface BotPart {
  readonly nextIntent: number;
  readonly recentEntries: readonly Instant[];
  readonly latch: HeldLatch | null;
  readonly runState: BotRunState;
  readonly runReason: string;
  readonly toldEquity: Money | null;
  readonly toldDay: Day | null;
}

interface AccountPart {
  readonly day: Day | null;
  readonly dayStartResult: Money;
}

function partOf(state: EngineState, key: string): EnginePart | CellPart | BotPart | AccountPart {
  const [kind = '', ...rest] = key.split(':');
  const id = rest.join(':');
  if (kind === 'engine') return { at: state.at };
  if (kind === 'cell') return cellPart(find(state.cells, (cell) => cell.key === key, key));
  if (kind === 'bot') return botPart(find([...state.bots.values()], (bot) => bot.config.id === id, key));
  const account = find([...state.accounts.values()], (each) => each.config.id === id, key);
  return { day: account.day, dayStartResult: account.dayStartResult };
}

function find<T>(all: readonly T[], is: (each: T) => boolean, key: string): T {
  const found = all.find(is);
  if (found === undefined) throw new Error(`snapshot: nothing under the key ${key}`);
  return found;
}

const cellPart = (cell: Cell): CellPart => ({
  timeframeMs: cell.bot.timeframeMs,
  indicators: cell.indicators.map(({ name, indicator, state }) => ({ name, what: indicator.name, state })),
  bars: cell.bars,
  lastCandle: cell.lastCandle,
  price: cell.price,
  position: cell.position,
  trip: cell.trip,
  trips: cell.trips,
  best: cell.best,
  orders: [...cell.orders.values()],
  memory: cell.memory,
});

const botPart = ({ nextIntent, recentEntries, latch, runState, runReason, toldEquity, toldDay }: BotState): BotPart => ({
  nextIntent,
  recentEntries,
  latch,
  runState,
  runReason,
  toldEquity,
  toldDay,
});

function restoreCell(cell: Cell, part: CellPart): void {
  cell.price = part.price;
  cell.position = part.position;
  cell.trip = part.trip;
  cell.trips = part.trips;
  cell.best = part.best;
  cell.orders = new Map(part.orders.map((order) => [order.clientId, order]));
  cell.memory = part.memory;
  const same =
    part.timeframeMs === cell.bot.timeframeMs &&
    part.indicators.length === cell.indicators.length &&
    cell.indicators.every(({ name, indicator }, n) => part.indicators[n]?.name === name && part.indicators[n].what === indicator.name);
  if (!same) return;
  cell.bars = part.bars;
  cell.lastCandle = part.lastCandle;
  for (const [n, indicator] of cell.indicators.entries()) indicator.state = part.indicators[n]?.state;
}

function retire(state: EngineState, { account, realised, fees }: Position): void {
  const kept = state.accounts.get(account);
  if (kept !== undefined) kept.retired = money(kept.retired + realised - fees);
}

function restoreBot(bot: BotState, body: string | undefined): void {
  if (body === undefined) return;
  Object.assign(bot, decode(body) as BotPart);
}

function restoreAccount(account: AccountState, body: string | undefined): void {
  if (body === undefined) return;
  Object.assign(account, decode(body) as AccountPart);
}

const isOpen = (order: Order): boolean => !isClosed(order.status);

// JSON has no bigint: one is written as a string behind a control sign that no text of ours begins with.
const BIGINT = '\u0001';
const encode = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? BIGINT + each.toString() : each));
const decode = (body: string): unknown =>
  JSON.parse(body, (_, each: unknown) => (typeof each === 'string' && each.startsWith(BIGINT) ? BigInt(each.slice(1)) : each));
