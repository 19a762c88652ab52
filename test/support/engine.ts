import type { EngineConfig } from '../../daemon/core/engine/config.ts';
import { type EngineState, startEngine } from '../../daemon/core/engine/state.ts';
import { step } from '../../daemon/core/engine/step.ts';
import type { Candle } from '../../daemon/core/model/candle.ts';
import type { EngineEvent } from '../../daemon/core/model/event.ts';
import type { Fact } from '../../daemon/core/model/fact.ts';
import type { Effect } from '../../daemon/core/model/effect.ts';
import { accountId, botId, instrumentId } from '../../daemon/core/model/ids.ts';
import { dayReader, instant } from '../../daemon/core/model/instant.ts';
import type { Instrument } from '../../daemon/core/model/instrument.ts';
import { money, parseDecimal, price, quantity } from '../../daemon/core/model/money.ts';
import type { RiskLimits } from '../../daemon/core/risk/limits.ts';
import { strategy } from '../../daemon/core/strategy/strategy.ts';
import type { Strategy, StrategyView } from '../../daemon/core/strategy/strategy.ts';

export const MINUTE = 60_000;
export const START = Date.UTC(2026, 0, 5, 0, 0);

export const scaled = (text: string, decimals: number): bigint => {
  const parsed = parseDecimal(text, decimals);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
};
export const cash = (text: string) => money(scaled(text, 8));
export const px = (text: string) => price(scaled(text, 2));
export const qty = (text: string) => quantity(scaled(text, 5));

export function anInstrument(overrides: Partial<Instrument> = {}): Instrument {
  return {
    id: instrumentId('TEST:COIN'),
    exchange: 'TEST',
    symbol: 'COIN',
    base: 'COIN',
    quote: 'USDT',
    priceDecimals: 2,
    quantityDecimals: 5,
    tick: price(1n),
    lot: quantity(1n),
    minQuantity: quantity(1n),
    maxQuantity: null,
    minNotional: money(0n),
    calendar: '24x7',
    fees: { kind: 'flat', makerPpm: 1_000, takerPpm: 1_000 },
    ...overrides,
  };
}

/** Every rule off: a test switches on the one it is about. */
export const NO_LIMITS: RiskLimits = {
  maxOpenPositions: 1_000,
  maxPositionPct: 100,
  maxPositionAmount: null,
  dailyLossLimitPct: null,
  stopLossPct: null,
  takeProfitPct: null,
  trailingStopPct: null,
  catastrophicStopPct: null,
  staleAfterBars: 1_000,
  maxOrdersPerMinute: 10_000,
};

/** A strategy without indicators whose every bar is scripted by the test. */
export function scripted(on: (view: StrategyView<Record<string, never>, Record<string, never>>) => void): Strategy {
  return strategy({ id: 'scripted', version: 1, title: 'Scripted', params: {}, indicators: () => ({}), on });
}

export interface EngineOptions {
  readonly strategy: Strategy;
  readonly limits?: Partial<RiskLimits>;
  readonly instruments?: readonly Instrument[];
  readonly capital?: string;
  readonly accountCapital?: string;
  readonly zone?: string;
  readonly bots?: number;
  readonly params?: Readonly<Record<string, number | boolean | string | null>>;
}

export function aConfig(options: EngineOptions): EngineConfig {
  const instruments = options.instruments ?? [anInstrument()];
  const account = accountId('paper');
  return {
    salt: '',
    accounts: new Map([
      [account, { id: account, currency: 'USDT', capital: cash(options.accountCapital ?? options.capital ?? '10000'), days: dayReader(options.zone ?? 'UTC') }],
    ]),
    instruments: new Map(instruments.map((one) => [one.id, one])),
    bots: Array.from({ length: options.bots ?? 1 }, (_, n) => ({
      id: botId(`bot-${n + 1}`),
      code: `00${n + 1}`,
      account,
      instruments: instruments.map((one) => one.id),
      timeframeMs: MINUTE,
      capital: cash(options.capital ?? '10000'),
      strategy: options.strategy,
      params: options.params ?? {},
      limits: { ...NO_LIMITS, ...options.limits },
      warmupBars: null,
    })),
  };
}

/** An engine with its tape: every fact and effect it ever gave. */
export interface Bench {
  readonly state: EngineState;
  readonly facts: Fact[];
  readonly effects: Effect[];
  play(event: EngineEvent): readonly Fact[];
  /** Closes the n-th bar of the test's minute grid at one price (or open, high, low, close). */
  bar(n: number, ...prices: readonly string[]): readonly Fact[];
  /** Opens the n-th bar. */
  open(n: number, at: string): readonly Fact[];
  /** The venue accepts and fills every market order that is waiting, at this price. */
  fillMarket(at: string): readonly Fact[];
}

export function bench(options: EngineOptions): Bench {
  const state = startEngine(aConfig(options));
  const facts: Fact[] = [];
  const effects: Effect[] = [];
  let fills = 0;
  const play = (event: EngineEvent): readonly Fact[] => {
    const stepped = step(state, event);
    facts.push(...stepped.facts);
    effects.push(...stepped.effects);
    for (const effect of stepped.effects) {
      if (effect.kind === 'submit') play({ kind: 'order-accepted', at: state.at, clientId: effect.order.clientId, venueId: `v-${effect.order.clientId}` });
      else play({ kind: 'order-canceled', at: state.at, clientId: effect.clientId, reason: 'asked' });
    }
    return stepped.facts;
  };
  const instrument = [...state.config.instruments.keys()][0] ?? instrumentId('TEST:COIN');
  return {
    state,
    facts,
    effects,
    play,
    bar: (n, ...prices) => play({ kind: 'candle-closed', at: instant(START + (n + 1) * MINUTE), instrument, candle: aCandle(n, ...prices) }),
    open: (n, at) => play({ kind: 'candle-opened', at: instant(START + n * MINUTE), instrument, timeframeMs: MINUTE, price: px(at) }),
    fillMarket(at) {
      const before = facts.length;
      for (const cell of state.cells) {
        for (const order of [...cell.orders.values()]) {
          if (order.type !== 'market' || order.status !== 'ACCEPTED') continue;
          fills += 1;
          play({
            kind: 'order-filled',
            at: state.at,
            clientId: order.clientId,
            venueFillId: `f-${fills}`,
            quantity: quantity(order.quantity - order.filled),
            price: px(at),
            fee: { total: cash('1'), parts: { commission: cash('1') } },
            liquidity: 'taker',
          });
        }
      }
      return facts.slice(before);
    },
  };
}

export function aCandle(n: number, ...prices: readonly string[]): Candle {
  const [open = '100', high = open, low = open, close = open] = prices;
  return {
    openAt: instant(START + n * MINUTE),
    timeframeMs: MINUTE,
    open: px(open),
    high: px(high),
    low: px(low),
    close: px(close),
    volume: qty('1000'),
  };
}
