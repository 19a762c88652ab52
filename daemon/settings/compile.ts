import { resolve } from 'node:path';
import type { AccountConfig, BotConfig } from '../core/engine/config.ts';
import { type AccountId, accountId, botId, type InstrumentId, instrumentId } from '../core/model/ids.ts';
import { dayReader, type Instant, instant } from '../core/model/instant.ts';
import type { Instrument } from '../core/model/instrument.ts';
import { floorTo, larger, type Price, price } from '../core/model/money.ts';
import type { RiskLimits } from '../core/risk/limits.ts';
import type { Registry } from '../core/strategy/registry.ts';
import type { LogLevel } from '../ports/process-messages.ts';
import type { Fault } from '../ports/refusal.ts';
import { compileInstrument } from './compile-instrument.ts';
import { accountCurrency, displayCurrency } from './currency.ts';
import { amount, scaled } from './scaled.ts';
import type { AccountSettings, BotSettings, RiskSettings, Settings } from './schema.ts';
import { checkStrategy } from './strategy-faults.ts';
import { timeframeMs } from './values.ts';

/** The settings in the words of the engine: amounts scaled, paths absolute, references resolved. */
export interface Compiled {
  readonly name: string;
  readonly timeZone: string;
  /** Currency shown first. */
  readonly currency: string;
  readonly accounts: ReadonlyMap<AccountId, CompiledAccount>;
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  /** Enabled bots only, in the order of the file. */
  readonly bots: readonly CompiledBot[];
  readonly feed: CompiledFeed;
  readonly mobile: CompiledMobile;
  readonly log: { readonly level: LogLevel };
}

export interface CompiledAccount extends AccountConfig {
  readonly venue: 'paper';
  readonly mode: 'paper';
  readonly timeZone: string;
  /** Percent of the price. */
  readonly slippagePct: number;
  /** Percent of the price, bid to ask. */
  readonly spreadPct: number;
  /** Largest share of a bar's volume that one order fills, percent. */
  readonly maxVolumeSharePct: number;
}

/** A bot without its code, which the ledger gives at first sight. */
export interface CompiledBot extends Omit<BotConfig, 'code'> {
  readonly name: string;
}

export type CompiledFeed =
  | {
      readonly kind: 'simulated';
      readonly seed: number;
      /** Market seconds per wall second. */
      readonly speed: number;
      readonly timeframeMs: number;
      readonly startAt: Instant;
      readonly instruments: readonly { readonly instrument: Instrument; readonly startPrice: Price }[];
    }
  | {
      readonly kind: 'replay';
      /** Market seconds per wall second; Infinity: as fast as it can be read. */
      readonly speed: number;
      readonly files: readonly { readonly instrument: Instrument; readonly timeframeMs: number; readonly path: string }[];
    };

export interface CompiledMobile {
  readonly host: string;
  readonly port: number;
  /** bcrypt, as the file has it; null: none set yet. */
  readonly passwordHash: string | null;
  readonly trustedProxies: readonly string[];
}

export type CompileResult = { readonly ok: true; readonly compiled: Compiled } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Turns settings that `readSettings` has passed into what the trader runs. What only a strategy can tell (an unknown
 * strategy, its parameters, a contradiction with the exits) is found here and returned as faults.
 *
 * @param file absolute path of the settings file, which relative paths are relative to
 */
export function compileSettings(settings: Settings, strategies: Registry, file: string): CompileResult {
  const faults: Fault[] = [];
  const bots: CompiledBot[] = [];
  for (const [index, bot] of settings.bots.entries()) {
    const checked = checkStrategy(bot, index, settings.risk, strategies);
    if (!checked.ok) faults.push(...checked.faults);
    else if (bot.enabled) bots.push({ ...plainBot(bot, settings.risk), strategy: checked.strategy, params: checked.params });
  }
  if (faults.length > 0) return { ok: false, faults };

  const instruments = new Map(settings.instruments.map((entry) => [instrumentId(entry.id), compileInstrument(entry)]));
  const { host, port, passwordHash = null, trustedProxies } = settings.mobile;
  const compiled: Compiled = {
    name: settings.name,
    timeZone: settings.timezone,
    currency: displayCurrency(settings),
    accounts: new Map(settings.accounts.map((entry) => [accountId(entry.id), compileAccount(entry, settings)])),
    instruments,
    bots,
    feed: compileFeed(settings, instruments, file),
    mobile: { host, port, passwordHash, trustedProxies },
    log: settings.log,
  };
  return { ok: true, compiled };
}

/** The limits of a bot: the common ones, with its own put over them. */
export function limitsOf(risk: RiskSettings, own: BotSettings['risk']): RiskLimits {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const merged: RiskSettings = { ...risk, ...given };
  const { maxPositionAmount } = merged;
  return { ...merged, maxPositionAmount: maxPositionAmount === null ? null : amount(maxPositionAmount) };
}

function plainBot(bot: BotSettings, risk: RiskSettings): Omit<CompiledBot, 'strategy' | 'params'> {
  return {
    id: botId(bot.id),
    name: bot.name ?? bot.id,
    account: accountId(bot.account),
    instruments: bot.instruments.map(instrumentId),
    timeframeMs: span(bot.timeframe),
    capital: amount(bot.capital),
    limits: limitsOf(risk, bot.risk),
    warmupBars: bot.warmupBars ?? null,
  };
}

function compileAccount(entry: AccountSettings, settings: Settings): CompiledAccount {
  const currency = accountCurrency(entry, settings);
  if (!currency.ok) throw new TypeError(`account ${entry.id}: its currency was not checked`);
  return {
    id: accountId(entry.id),
    venue: entry.venue,
    mode: entry.mode,
    currency: currency.currency,
    capital: amount(entry.capital),
    days: dayReader(settings.timezone),
    timeZone: settings.timezone,
    slippagePct: entry.slippagePct,
    spreadPct: entry.spreadPct,
    maxVolumeSharePct: entry.maxVolumeSharePct,
  };
}

function compileFeed(settings: Settings, instruments: ReadonlyMap<InstrumentId, Instrument>, file: string): CompiledFeed {
  const { feed } = settings;
  if (feed.kind === 'simulated') {
    const priced = [...instruments.values()].map((instrument) => ({ instrument, startPrice: startPrice(instrument, feed.startPrices) }));
    const startAt = instant(Date.parse(feed.start));
    return { kind: 'simulated', seed: feed.seed, speed: feed.speed, timeframeMs: span(feed.timeframe), startAt, instruments: priced };
  }
  const files = feed.files.map((entry) => {
    const instrument = instruments.get(instrumentId(entry.instrument));
    if (instrument === undefined) throw new TypeError(`feed: instrument ${entry.instrument} was not checked`);
    return { instrument, timeframeMs: span(entry.timeframe), path: resolve(file, '..', entry.path) };
  });
  return { kind: 'replay', speed: feed.speed === 'max' ? Number.POSITIVE_INFINITY : feed.speed, files };
}

/** The configured first price, or 100, cut to the tick. */
function startPrice(instrument: Instrument, prices: Readonly<Record<string, string>>): Price {
  const asked = scaled(prices[instrument.id] ?? '100', instrument.priceDecimals);
  return price(larger(floorTo(asked, instrument.tick), instrument.tick));
}

function span(text: string): number {
  const milliseconds = timeframeMs(text);
  if (milliseconds === null) throw new TypeError(`settings: timeframe ${text} was not checked`);
  return milliseconds;
}
