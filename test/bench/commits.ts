import { join } from 'node:path';
import Database from 'better-sqlite3';
import { wallClock } from '../../daemon/adapters/clock/wall-clock.ts';
import { sqliteLedger } from '../../daemon/adapters/ledger/sqlite-ledger.ts';
import { paperVenue } from '../../daemon/adapters/venue-paper/venue-paper.ts';
import { startEngine } from '../../daemon/core/engine/state.ts';
import { closeOf } from '../../daemon/core/model/candle.ts';
import { accountId } from '../../daemon/core/model/ids.ts';
import { MINUTE } from '../../daemon/core/model/instant.ts';
import type { Cycle, Ledger } from '../../daemon/ports/ledger.ts';
import { cycles } from '../../daemon/trader/cycle.ts';
import { type LedgerWriter, openLedgerWriter } from '../../db/ledger.ts';
import { ledgerWithNames, order, trade } from '../db/fixture.ts';
import { afterwards, atMost, bench, cpuOf, digits, median, report, runFolder, wallOf } from './harness.ts';
import { INSTRUMENT, PAPER, minuteWalk, twoBots } from './market.ts';

const COMMITS = 1500;

await bench(async () => {
  const folder = runFolder('commits');
  const insert = bareInsert(join(folder, 'bare.db'));
  tradesBeside(insert, join(folder, 'one-trade.db'));
  await cyclesBeside(insert, join(folder, 'cycles.db'));
});

/** One execution with its day sums, in a transaction of its own, beside one row of the same columns and as many indexes as a bare table would need. */
function tradesBeside(insert: (n: number) => void, path: string): void {
  const ledger = ledgerWithNames(path);
  afterwards(() => ledger.close());
  ledger.transaction(() => ledger.recordOrder(order(), { at: 0, event: 'accepted', fromStatus: null }));
  const { ours, bare } = inTurn((n) => ledger.transaction(() => ledger.recordTrade(trade({ venueFillId: `f${n}` }))), insert);
  const ratio = median(ours.wall) / median(bare.wall);
  report(
    'a trade committed, synchronous=FULL',
    `${digits(median(ours.wall))} ms`,
    `bare insert, ${digits(median(bare.wall))} ms`,
    ratio,
    atMost(ratio, 1.5),
  );
}

/** The trader's own cycles: a bar's price, decisions, worth and engine state, now and then an order and its fill. */
async function cyclesBeside(insert: (n: number) => void, path: string): Promise<void> {
  const told = await cyclesOfTheEngine();
  const writer = openLedgerWriter(path);
  afterwards(() => writer.close());
  const ledger = sqliteLedger(writer, { run: named(writer), pid: process.pid, startedAt: 0 }, wallClock());
  const { ours, bare } = inTurn((n) => {
    const cycle = told[n];
    if (cycle !== undefined) ledger.commit(cycle);
  }, insert);
  const name = 'cycles committed, synchronous=FULL';
  report(
    name,
    `${digits(1000 / median(ours.wall))} /s`,
    `bare insert, ${digits(1000 / median(bare.wall))} /s`,
    median(ours.wall) / median(bare.wall),
    null,
  );
  report(`${name}, CPU`, `${digits(ours.cpu / COMMITS)} ms`, `bare insert, ${digits(bare.cpu / COMMITS)} ms`, ours.cpu / bare.cpu, null);
}

interface Cost {
  /** Milliseconds of each commit. */
  readonly wall: readonly number[];
  /** Milliseconds of all. */
  readonly cpu: number;
}

/** One of ours, one bare, one of ours: a disk that slows down slows both. */
function inTurn(ours: (n: number) => void, bare: (n: number) => void): { readonly ours: Cost; readonly bare: Cost } {
  const walls: [number[], number[]] = [[], []];
  const cpus: [number, number] = [0, 0];
  for (let n = 0; n < COMMITS; n += 1) {
    cpus[0] += cpuOf(() => walls[0].push(wallOf(() => ours(n))));
    cpus[1] += cpuOf(() => walls[1].push(wallOf(() => bare(n))));
  }
  return { ours: { wall: walls[0], cpu: cpus[0] }, bare: { wall: walls[1], cpu: cpus[1] } };
}

/** A prepared insert into a plain table with two indexes, each a commit of its own under the ledger's own pragmas. */
function bareInsert(path: string): (n: number) => void {
  const db = new Database(path);
  afterwards(() => void db.close());
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`
    CREATE TABLE plain(id INTEGER PRIMARY KEY, at INTEGER, account TEXT, bot TEXT, instrument TEXT, side TEXT, quantity INTEGER,
                       price INTEGER, fee INTEGER, source TEXT, reason TEXT, gross INTEGER) STRICT;
    CREATE INDEX plain_at ON plain(at, id);
    CREATE INDEX plain_of_instrument ON plain(instrument, at, id)`);
  const statement = db.prepare(`
    INSERT INTO plain(at, account, bot, instrument, side, quantity, price, fee, source, reason, gross)
    VALUES (?, 'paper', 'alpha', 'BINANCE:BTCUSDT', 'BUY', 100, 5000000, 5000000, 'BOT', 'RSI 28.4 ≤ 35', 0)`);
  return (n) => void statement.run(n);
}

/** What the trader would have committed over the first bars after its warm-up. */
async function cyclesOfTheEngine(): Promise<readonly Cycle[]> {
  const kept: Cycle[] = [];
  const memory: Ledger = {
    recover: () => ({ state: new Map(), feed: null }),
    commit: (cycle) => void kept.push(cycle),
    beat: () => undefined,
    close: () => undefined,
  };
  const cycle = cycles(startEngine(twoBots(MINUTE)), memory, new Map([[accountId('paper'), paperVenue(PAPER)]]), { holdOpens: true });
  await cycle.open();
  let place = 0;
  for (const candle of minuteWalk(2 * COMMITS)) {
    place += 2;
    const at = { instrument: INSTRUMENT.id, timeframeMs: MINUTE };
    cycle.market({
      event: { kind: 'candle-opened', at: candle.openAt, ...at, price: candle.open, previousVolume: candle.volume },
      place: place - 1,
      warmup: false,
    });
    cycle.market({ event: { kind: 'candle-closed', at: closeOf(candle), instrument: INSTRUMENT.id, candle }, place, warmup: false });
  }
  return kept;
}

/** Records what the cycles name, as the trader does when it starts; answers the run. */
function named(writer: LedgerWriter): number {
  const { id, exchange, symbol, base, quote, priceDecimals, quantityDecimals, tick, lot, calendar } = INSTRUMENT;
  const config = twoBots(MINUTE);
  return writer.transaction(() => {
    writer.recordAccount({
      id: 'paper',
      venue: 'paper',
      mode: 'paper',
      simulated: true,
      currency: quote,
      capitalE8: 0n,
      timeZone: 'UTC',
      updatedAt: 0,
    });
    writer.recordInstrument({ id, exchange, symbol, base, quote, priceDecimals, quantityDecimals, tick, lot, calendar, updatedAt: 0 });
    for (const bot of config.bots) {
      const { id: name, account, timeframeMs, capital, strategy, params } = bot;
      writer.recordBot({
        ...{
          id: name,
          name,
          strategy: strategy.id,
          strategyVersion: strategy.version,
          codeHash: '',
          account,
          timeframeMs,
          capitalE8: capital,
        },
        ...{ instruments: [id], params: JSON.stringify(params), state: 'RUNNING', reason: '', updatedAt: 0 },
      });
    }
    writer.recordFeed({
      kind: 'simulated',
      label: 'generated',
      fingerprint: 'bench',
      simulated: true,
      speed: null,
      faults: 0,
      firstFaults: '[]',
    });
    return writer.startRun({ pid: process.pid, version: 'bench', startedAt: 0 });
  });
}
