import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sqliteLedger } from '../../daemon/adapters/ledger/sqlite-ledger.ts';
import type { EngineConfig } from '../../daemon/core/engine/config.ts';
import type { Ledger, Recovered } from '../../daemon/ports/ledger.ts';
import { type LedgerWriter, openLedgerWriter } from '../../db/ledger.ts';
import { simulatedClock } from '../daemon/adapters/clock/simulated-clock.ts';
import { temporaryFolder } from '../db/fixture.ts';

/** What the machine's clock says in every life over a ledger file: it stands still, so that lives can be compared. */
export const WALL = 1_700_000_000_000;
const STARTED = WALL - 1;
/** The process id that every life over a ledger file gives as its own. */
export const PID = 4711;

export type Row = Readonly<Record<string, unknown>>;

/** A real `trades.db` in a folder of its own, and lives over it. */
export interface LedgerFile {
  /** Begins a life; the one before it is over. `tamper` may put a faulty writer under it. */
  begin(tamper?: (writer: LedgerWriter) => LedgerWriter): { readonly ledger: Ledger; readonly recovered: Recovered };
  /** Reads what is on disk, over a connection of its own. */
  rows(sql: string): readonly Row[];
  /** Every row of every table but the lives and their settings, by table. */
  dump(): Readonly<Record<string, readonly Row[]>>;
  remove(): void;
}

/** A ledger file that knows the accounts, instruments and bots of a config, and a feed named `test`. */
export function ledgerFile(config: EngineConfig): LedgerFile {
  const folder = temporaryFolder();
  const path = join(folder.path, 'trades.db');
  let open: LedgerWriter | null = null;

  const rows = (sql: string): readonly Row[] => {
    const reader = new Database(path, { readonly: true });
    try {
      return reader.prepare<[], Row>(sql).all();
    } finally {
      reader.close();
    }
  };
  return {
    rows,
    begin(tamper = (writer) => writer) {
      open?.close();
      const writer = openLedgerWriter(path);
      open = writer;
      recordNames(writer, config);
      const run = writer.startRun({ pid: PID, version: '0.0.0', startedAt: STARTED });
      const ledger = sqliteLedger(tamper(writer), { run, pid: PID, startedAt: STARTED }, simulatedClock(WALL));
      const recovered = ledger.recover();
      writer.recordFeed({ kind: 'replay', label: 'a list', fingerprint: 'test', simulated: false, speed: null, faults: 0, firstFaults: '[]' });
      return { ledger, recovered };
    },
    dump() {
      const tables = rows(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('runs', 'heartbeat', 'settings_in_force') ORDER BY name`);
      return Object.fromEntries(tables.map(({ name }) => [String(name), rows(`SELECT * FROM ${String(name)}`)]));
    },
    remove() {
      open?.close();
      folder.remove();
    },
  };
}

function recordNames(writer: LedgerWriter, { accounts, instruments, bots }: EngineConfig): void {
  const updatedAt = WALL;
  for (const { id, currency, capital, days } of accounts.values()) {
    writer.recordAccount({ id, venue: 'paper', mode: 'paper', simulated: false, currency, capitalE8: capital, timeZone: days.zone, updatedAt });
  }
  for (const { id, exchange, symbol, base, quote, priceDecimals, quantityDecimals, tick, lot, calendar } of instruments.values()) {
    writer.recordInstrument({ id, exchange, symbol, base, quote, priceDecimals, quantityDecimals, tick, lot, calendar, updatedAt });
  }
  for (const { id, account, timeframeMs, capital, strategy, instruments: traded } of bots) {
    writer.recordBot({
      ...{ id, name: id, account, timeframeMs, capitalE8: capital, instruments: traded, updatedAt },
      ...{ strategy: strategy.id, strategyVersion: strategy.version, codeHash: 'c0de', params: '{}', state: 'WARMING', reason: 'starting' },
    });
  }
}
