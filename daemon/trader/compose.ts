import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type LedgerWriter, openLedgerWriter } from '../../db/ledger.ts';
import { sqliteArchive } from '../adapters/candle-archive/sqlite-archive.ts';
import { simulatedFeed } from '../adapters/feed-simulated/simulated-feed.ts';
import { replayFeed } from '../adapters/feed-replay/replay-feed.ts';
import { recoverFrom, sqliteLedger } from '../adapters/ledger/sqlite-ledger.ts';
import { paperVenue } from '../adapters/venue-paper/venue-paper.ts';
import type { EngineConfig } from '../core/engine/config.ts';
import { restoreEngine } from '../core/engine/snapshot.ts';
import type { EngineState } from '../core/engine/state.ts';
import { type InstrumentId, botCode } from '../core/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, Recovered } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { MarketFeed } from '../ports/market-feed.ts';
import { EXIT, Refusal } from '../ports/refusal.ts';
import type { Compiled } from '../settings/compile.ts';
import type { Venues } from './cycle.ts';
import { type Trading, trading } from './trading.ts';

/** One life of the trader over one data folder: from reading the ledger to closing it. */
export interface Life {
  readonly engine: EngineState;
  readonly feed: MarketFeed;
  readonly ledger: Ledger;
  readonly trading: Trading;
  /** Writes the bars heard for charts; to be called each second. */
  keep(): void;
  /** Keeps tables within their bounds; to be called now and then, between cycles. */
  prune(): void;
  close(reason: string): Promise<void>;
  /** Closes without another word to a ledger that has failed. */
  abandon(): Promise<void>;
}

export interface LifeParts {
  readonly compiled: Compiled;
  /** The allow-listed view of the settings, JSON. */
  readonly settingsView: string;
  /** Hash of a strategy's code by its id: the program's version for built-ins. */
  readonly codeHash: (strategy: string) => string;
  readonly dataDir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens a life: start-up is recovery. The ledger tells where the last life stood, the engine is rebuilt from it bit for
 * bit, the feed goes on after the place it was at. Throws `Refusal` or `DatabaseRefusal`, with everything closed again.
 */
export async function openLife(parts: LifeParts): Promise<Life> {
  const writer = openLedgerWriter(join(parts.dataDir, 'trades.db'));
  try {
    return await openOn(writer, parts);
  } catch (error) {
    writer.close();
    throw error;
  }
}

async function openOn(writer: LedgerWriter, parts: LifeParts): Promise<Life> {
  const { compiled, clock, log } = parts;
  const startedAt = clock.now();
  const feed = feedOf(compiled, clock, log);
  const recovered = recoverFrom(writer);
  const before = recovered.feed;
  const sameFeed = before !== null && before.place > 0 && before.fingerprint === feed.description.fingerprint;
  await feed.open(sameFeed ? before.place : 0);
  const { engine, run } = begin(writer, parts, recovered, feed, startedAt);
  const ledger = sqliteLedger(writer, { run, pid: process.pid, startedAt }, clock);
  const archive = sqliteArchive(join(parts.dataDir, 'market.db'), log);
  const skipUntil = sameFeed || before === null || before.at === 0 ? null : before.at;
  log.info({ run, feed: feed.description.label, place: sameFeed ? before.place : 0 }, 'ledger recovered');
  return {
    engine,
    feed,
    ledger,
    trading: trading({ state: engine, feed, venues: venuesOf(compiled), ledger, archive, clock, log, skipUntil }),
    keep: archive.flush,
    prune: () => {
      writer.prune();
      archive.prune();
    },
    async close(reason) {
      await feed.close();
      archive.close();
      writer.endRun(run, clock.now(), reason);
      ledger.close();
    },
    async abandon() {
      await feed.close();
      archive.close();
      ledger.close();
    },
  };
}

/** Everything a start writes, in one transaction: a start that is refused, because the ledger holds what the settings no longer cover, leaves no trace. */
function begin(writer: LedgerWriter, parts: LifeParts, recovered: Recovered, feed: MarketFeed, startedAt: number): { readonly engine: EngineState; readonly run: number } {
  return writer.transaction(() => {
    const numbers = register(writer, parts, startedAt);
    const engine = restore(configOf(parts.compiled, numbers), recovered.state);
    for (const { config, runState, runReason } of engine.bots.values()) writer.recordBotState(config.id, runState, runReason, startedAt);
    tellFeed(writer, feed);
    return { engine, run: writer.startRun({ pid: process.pid, version: parts.version, startedAt }) };
  });
}

/** Writes what the settings say there is; gives each bot the number it keeps for ever. */
function register(writer: LedgerWriter, { compiled, settingsView, codeHash }: LifeParts, updatedAt: number): ReadonlyMap<string, number> {
  const simulated = compiled.feed.kind === 'simulated';
  return writer.transaction(() => {
    for (const { id, venue, mode, currency, capital, timeZone } of compiled.accounts.values()) {
      writer.recordAccount({ id, venue, mode, simulated, currency, capitalE8: capital, timeZone, updatedAt });
    }
    for (const { tick, lot, ...instrument } of compiled.instruments.values()) writer.recordInstrument({ ...instrument, tick, lot, updatedAt });
    const numbers = compiled.bots.map((bot): [string, number] => {
      const number = writer.recordBot({
        ...{ id: bot.id, name: bot.name, account: bot.account, timeframeMs: bot.timeframeMs, capitalE8: bot.capital },
        ...{ strategy: bot.strategy.id, strategyVersion: bot.strategy.version, codeHash: codeHash(bot.strategy.id) },
        ...{ instruments: bot.instruments, params: JSON.stringify(bot.params), updatedAt },
        ...{ state: 'WARMING', reason: 'starting' },
      });
      return [bot.id, number];
    });
    writer.keepBots(compiled.bots.map((bot) => bot.id));
    writer.putSettings({ at: updatedAt, hash: createHash('sha256').update(settingsView).digest('hex'), body: settingsView });
    return new Map(numbers);
  });
}

function configOf(compiled: Compiled, numbers: ReadonlyMap<string, number>): EngineConfig {
  return {
    // Paper venues live and die with the ledger: their order ids need no tie to an installation, and stay comparable.
    salt: '',
    accounts: compiled.accounts,
    instruments: compiled.instruments,
    bots: compiled.bots.map((bot) => ({ ...bot, code: botCode(numbers.get(bot.id) ?? 0) })),
  };
}

function restore(config: EngineConfig, stored: ReadonlyMap<string, string>): EngineState {
  const restored = restoreEngine(config, stored);
  if (restored.kind === 'restored') return restored.state;
  const faults = restored.orphans.map(({ key, what }) => {
    const [bot = '', instrument = ''] = key.slice('cell:'.length).split('|');
    return {
      path: `bots.${bot}`,
      found: `${what} in ${instrument} that no bot of the settings is in charge of`,
      expected: `the bot "${bot}" with the instrument ${instrument}`,
      remedy: 'put the bot back (enabled) until its position is closed, or use another data folder',
    };
  });
  throw new Refusal('LEDGER_ORPHANS', EXIT.refused, 'the ledger holds what the settings no longer cover', faults);
}

function feedOf({ feed }: Compiled, clock: Clock, log: Log): MarketFeed {
  return feed.kind === 'replay' ? replayFeed({ ...feed, clock, log }) : simulatedFeed({ ...feed, clock });
}

function tellFeed(writer: LedgerWriter, feed: MarketFeed): void {
  const { kind, label, fingerprint, speed } = feed.description;
  const { count, first } = feed.faults();
  writer.recordFeed({
    ...{ kind, label, fingerprint, simulated: kind === 'simulated', speed: Number.isFinite(speed) ? speed : null },
    ...{ faults: count, firstFaults: JSON.stringify(first) },
  });
}

function venuesOf({ accounts, instruments, feed }: Compiled): Venues {
  const all = [...instruments.values()];
  const finest = finestOf(feed);
  return new Map(
    [...accounts.values()].map(({ id, slippagePct, spreadPct, maxVolumeSharePct }) => [
      id,
      paperVenue({ instruments: all, slippagePct, spreadPct, maxShare: maxVolumeSharePct / 100, finest }),
    ]),
  );
}

/** The finest bars that the feed has of each instrument: the market of a paper venue. */
function finestOf(feed: Compiled['feed']): ReadonlyMap<InstrumentId, number> {
  const finest = new Map<InstrumentId, number>();
  const series = feed.kind === 'replay' ? feed.files : feed.instruments.map(({ instrument }) => ({ instrument, timeframeMs: feed.timeframeMs }));
  for (const { instrument, timeframeMs } of series) finest.set(instrument.id, Math.min(timeframeMs, finest.get(instrument.id) ?? timeframeMs));
  return finest;
}
