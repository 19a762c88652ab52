import { chmodSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { ledgerMigrations, migrate, type Migration, refuseNewer, schemaVersion } from './migrate.ts';
import { DatabaseRefusal, refusing } from './refusal.ts';

/** A connection that writes. One process holds one for a file. */
export type Writer = Database.Database;
/** A connection that cannot write; every integer it reads is a bigint. */
export type Reader = Database.Database;

/** A pragma and the value it must read back as. */
export type PragmaList = readonly (readonly [name: string, value: string | number])[];

/**
 * How the ledger is written: in a write-ahead log, each commit on disk before it counts (FULL is 2). The order matters: better-sqlite3
 * is built with DEFAULT_WAL_SYNCHRONOUS=1, so that `synchronous` falls to NORMAL where a file is in WAL and it has to be raised again.
 */
export const LEDGER_PRAGMAS: PragmaList = [
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['busy_timeout', 5000],
  ['journal_size_limit', 67_108_864],
  ['wal_autocheckpoint', 1000],
  // Two megabytes of pages: a trader writes where it wrote before, and the machine is small (negative: in KiB).
  ['cache_size', -2000],
];

/** A reader seeks few pages, and an export passes each one once: four megabytes of them are enough to remember (negative: in KiB). */
const READER_PRAGMAS: PragmaList = [
  ['query_only', 1],
  ['cache_size', -4000],
];

/**
 * Opens the ledger to write it: creates the file (0600) if there is none, asserts the pragmas, checks the file if the last run did not
 * end, and brings the schema up. Throws `DatabaseRefusal`.
 */
export function openWriter(path: string, migrations: readonly Migration[] = ledgerMigrations()): Writer {
  const db = openPrivate(path, LEDGER_PRAGMAS);
  try {
    return refusing(path, () => {
      refuseNewer(db, migrations);
      if (lastRunDidNotEnd(db)) refuseDamaged(db);
      migrate(db, migrations);
      return db;
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens a file of ours, private to its user, with pragmas set and read back. Throws `DatabaseRefusal`. */
export function openPrivate(path: string, pragmas: PragmaList): Writer {
  refuseMissingFolder(path);
  return refusing(path, () => {
    makePrivate(path);
    const db = new Database(path, { timeout: 5000 });
    try {
      for (const [name, value] of pragmas) db.pragma(`${name} = ${value}`);
      assertPragmas(db, pragmas);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Throws `DatabaseRefusal` unless every pragma of the connection reads as it must. */
export function assertPragmas(db: Database.Database, pragmas: PragmaList): void {
  for (const [name, value] of pragmas) {
    const found: unknown = db.pragma(name, { simple: true });
    if (String(found) === String(value)) continue;
    throw new DatabaseRefusal(
      'database.pragma',
      db.name,
      `${name} is ${String(found)}, must be ${value}`,
      'The file system or this build of SQLite does not keep what a ledger needs: put the data folder on a local disk.',
    );
  }
}

/**
 * Opens the ledger to read it. Throws `DatabaseRefusal`: `database.file-missing` or `database.not-ready` until a trader has made it,
 * `database.newer-schema` where a newer program did.
 */
export function openReader(path: string, migrations: readonly Migration[] = ledgerMigrations()): Reader {
  refuseMissingFolder(path);
  if (!existsSync(path)) {
    throw new DatabaseRefusal('database.file-missing', path, 'there is no such file', 'Start the daemon: the trader makes it.');
  }
  return refusing(path, () => {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
    try {
      for (const [name, value] of READER_PRAGMAS) db.pragma(`${name} = ${value}`);
      assertPragmas(db, READER_PRAGMAS);
      refuseNewer(db, migrations);
      refuseUnfinished(db, migrations);
      return db.defaultSafeIntegers(true);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function refuseUnfinished(db: Database.Database, migrations: readonly Migration[]): void {
  const version = schemaVersion(db);
  if (version === migrations.length) return;
  throw new DatabaseRefusal(
    'database.not-ready',
    db.name,
    `its schema is version ${version}, needed is ${migrations.length}`,
    'Start the daemon: the trader brings it up to date.',
  );
}

function refuseMissingFolder(path: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new DatabaseRefusal(
    'database.folder-missing',
    path,
    `there is no folder ${folder}`,
    `Make it (mkdir -p ${folder}) or name another with --data.`,
  );
}

/** SQLite gives `-wal` and `-shm` the rights of the file itself, so these are the rights of all three. */
function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600));
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

function lastRunDidNotEnd(db: Writer): boolean {
  if (schemaVersion(db) === 0) return false;
  return db.prepare<[], number>('SELECT ended_at IS NULL FROM runs ORDER BY id DESC LIMIT 1').pluck().get() === 1;
}

function refuseDamaged(db: Writer): void {
  const found: unknown = db.pragma('quick_check(1)', { simple: true });
  if (found === 'ok') return;
  throw new DatabaseRefusal(
    'database.corrupt',
    db.name,
    `it was damaged when the last run was cut off: ${String(found)}`,
    'Move the file aside and restore the last backup; do not delete it, most of it can usually be recovered.',
  );
}
