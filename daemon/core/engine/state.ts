import type { Indicator, Reading } from '../indicators/indicator.ts';
import type { Candle } from '../model/candle.ts';
import type { Effect } from '../model/effect.ts';
import type { BotRunState, Fact } from '../model/fact.ts';
import type { AccountId, BotId, ClientOrderId, InstrumentId } from '../model/ids.ts';
import type { Instrument } from '../model/instrument.ts';
import type { Day, Instant } from '../model/instant.ts';
import { type Money, type Price, ZERO_MONEY, ZERO_QUANTITY, money } from '../model/money.ts';
import type { Order } from '../model/order.ts';
import type { Position } from '../model/position.ts';
import type { RoundTrip } from '../model/round-trip.ts';
import type { Memory } from '../strategy/strategy.ts';
import { unrealised } from './apply-fill.ts';
import type { AccountConfig, BotConfig, EngineConfig } from './config.ts';

/** A latch that keeps a bot from entries until its day is over. */
export interface HeldLatch {
  readonly rule: string;
  readonly reason: string;
  readonly since: Instant;
  readonly untilDay: Day;
}

/** One bot on one instrument: the unit that is stepped, and the unit whose state is stored. */
export interface Cell {
  readonly key: string;
  readonly bot: BotConfig;
  readonly instrument: Instrument;
  readonly indicators: readonly CellIndicator[];
  bars: number;
  lastCandle: Candle | null;
  price: Price | null;
  position: Position;
  trip: RoundTrip | null;
  trips: number;
  /** Best price since entry, for the trailing stop. */
  best: Price | null;
  /** Open orders by client id, and the last few that ended unfilled: a late fill may still name them. */
  orders: Map<ClientOrderId, Order>;
  memory: Memory;
}

export interface CellIndicator {
  readonly name: string;
  readonly indicator: Indicator<unknown, Reading>;
  state: unknown;
}

export interface BotState {
  readonly config: BotConfig;
  readonly cells: readonly Cell[];
  nextIntent: number;
  /** Market times of its entry orders of the last minute. */
  recentEntries: readonly Instant[];
  latch: HeldLatch | null;
  /** Set when its strategy threw: it is not asked again in this life, its protective orders stay. */
  fault: string | null;
  runState: BotRunState;
  runReason: string;
  /** Equity as last told, so that an unchanged figure is not told again. */
  toldEquity: Money | null;
  toldDay: Day | null;
}

export interface AccountState {
  readonly config: AccountConfig;
  readonly bots: readonly BotState[];
  day: Day | null;
  /** Result of the account at the moment the day began; reckoned from results, so that a change of capital is no loss. */
  dayStartResult: Money;
  /** Realised result of what traded on the account once and is no longer configured: its money is gone, or won, all the same. */
  retired: Money;
}

/** The engine's whole memory. Owned and changed in place by `step`, which alone may write to it. */
export interface EngineState {
  readonly config: EngineConfig;
  readonly accounts: ReadonlyMap<AccountId, AccountState>;
  readonly bots: ReadonlyMap<BotId, BotState>;
  readonly cells: readonly Cell[];
  readonly cellsOf: ReadonlyMap<InstrumentId, readonly Cell[]>;
  at: Instant;
  stopping: boolean;
  /** Keys of the parts changed since the last snapshot. */
  readonly touched: Set<string>;
}

/** What a step gives beside the state it changed. */
export interface Outcome {
  readonly facts: Fact[];
  readonly effects: Effect[];
}

/** A fresh engine: nothing seen, nothing held. */
export function startEngine(config: EngineConfig): EngineState {
  const bots = config.bots.map((bot) => startBot(bot, config));
  const cells = bots.flatMap((bot) => bot.cells);
  const accounts = [...config.accounts.values()].map((account): [AccountId, AccountState] => [
    account.id,
    { config: account, bots: bots.filter((bot) => bot.config.account === account.id), day: null, dayStartResult: ZERO_MONEY, retired: ZERO_MONEY },
  ]);
  return {
    config,
    accounts: new Map(accounts),
    bots: new Map(bots.map((bot) => [bot.config.id, bot])),
    cells,
    cellsOf: byInstrument(cells),
    at: 0 as Instant,
    stopping: false,
    touched: new Set(),
  };
}

function byInstrument(cells: readonly Cell[]): ReadonlyMap<InstrumentId, readonly Cell[]> {
  const groups = new Map<InstrumentId, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(cell.instrument.id);
    if (group === undefined) groups.set(cell.instrument.id, [cell]);
    else group.push(cell);
  }
  return groups;
}

function startBot(config: BotConfig, engine: EngineConfig): BotState {
  const cells = config.instruments.map((id) => {
    const instrument = engine.instruments.get(id);
    if (instrument === undefined) throw new Error(`bot ${config.id}: instrument ${id} is not configured`);
    return startCell(config, instrument);
  });
  return {
    config,
    cells,
    nextIntent: 1,
    recentEntries: [],
    latch: null,
    fault: null,
    runState: 'WARMING',
    runReason: 'waiting for the first bars',
    toldEquity: null,
    toldDay: null,
  };
}

function startCell(bot: BotConfig, instrument: Instrument): Cell {
  const indicators = Object.entries(bot.strategy.indicators(bot.params)).map(([name, given]) => {
    const indicator = given as unknown as Indicator<unknown, Reading>;
    return { name, indicator, state: indicator.start() };
  });
  return {
    key: `cell:${bot.id}|${instrument.id}`,
    bot,
    instrument,
    indicators,
    bars: 0,
    lastCandle: null,
    price: null,
    position: emptyPosition(bot, instrument),
    trip: null,
    trips: 0,
    best: null,
    orders: new Map(),
    memory: {},
  };
}

function emptyPosition(bot: BotConfig, instrument: Instrument): Position {
  return {
    bot: bot.id,
    account: bot.account,
    instrument: instrument.id,
    quantity: ZERO_QUANTITY,
    cost: ZERO_MONEY,
    realised: ZERO_MONEY,
    fees: ZERO_MONEY,
    openedAt: null,
    lots: [],
    nextLot: 1,
  };
}

/** What a bot has made of its capital, at the last prices. */
export interface Worth {
  readonly equity: Money;
  readonly unrealised: Money;
  readonly realised: Money;
  readonly fees: Money;
}

export function worthOf(bot: BotState): Worth {
  let open = 0n;
  let realised = 0n;
  let fees = 0n;
  for (const { position, price, instrument } of bot.cells) {
    open += unrealised(position, price, instrument);
    realised += position.realised;
    fees += position.fees;
  }
  return {
    equity: money(bot.config.capital + realised - fees + open),
    unrealised: money(open),
    realised: money(realised),
    fees: money(fees),
  };
}

/** What the account has made of its capital, realised and open, by all that ever traded on it. */
export function accountResult(account: AccountState): Money {
  let made: bigint = account.retired;
  for (const bot of account.bots) made += worthOf(bot).equity - bot.config.capital;
  return money(made);
}

export const accountEquity = (account: AccountState): Money => money(account.config.capital + accountResult(account));
