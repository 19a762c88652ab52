import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedgerWriter } from '../../db/ledger.ts';
import { assertPragmas, LEDGER_PRAGMAS, openReader, openWriter } from '../../db/open.ts';
import { DatabaseRefusal, refusalOf } from '../../db/refusal.ts';
import { ledgerWithNames, temporaryFolder } from './fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'trades.db');
});
afterEach(() => {
  folder.remove();
});

describe('openWriter', () => {
  it('has every commit wait for the disk, although the build of SQLite would not', () => {
    openWriter(path).close();
    const plain = new Database(path);
    plain.prepare('SELECT * FROM meta').all();
    const db = openWriter(path);

    expect(plain.pragma('synchronous', { simple: true })).toBe(1);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
    expect(db.pragma('journal_size_limit', { simple: true })).toBe(67_108_864);
    expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(1000);
    plain.close();
    db.close();
  });

  it('refuses a connection that would not wait', () => {
    const db = openWriter(path);
    db.pragma('synchronous = NORMAL');

    expect(() => assertPragmas(db, LEDGER_PRAGMAS)).toThrow(/synchronous is 1, must be 2/);
    db.close();
  });

  it('makes the file and its log for the owner alone, whatever the umask', () => {
    const before = process.umask(0);
    try {
      const db = openWriter(path);
      db.prepare(`INSERT INTO meta VALUES ('a', 'b')`).run();

      for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
      db.close();
    } finally {
      process.umask(before);
    }
  });

  it('takes the rights of others away from a file that has them', () => {
    writeFileSync(path, '');
    chmodSync(path, 0o644);

    openWriter(path).close();

    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('names a missing folder and how to make it', () => {
    const refusal = refusalFrom(() => openWriter(join(folder.path, 'no', 'trades.db')));

    expect(refusal.code).toBe('database.folder-missing');
    expect(refusal.message).toContain(join(folder.path, 'no'));
    expect(refusal.remedy).toContain('mkdir -p');
  });

  it('says so where the path is a folder', () => {
    mkdirSync(path);

    expect(refusalFrom(() => openWriter(path)).code).toBe('database.unreadable');
  });

  it('refuses a file that is no database and leaves it as it was', () => {
    writeFileSync(path, 'dear diary, '.repeat(1000));

    const refusal = refusalFrom(() => openWriter(path));

    expect(refusal.code).toBe('database.corrupt');
    expect(readFileSync(path, 'utf8')).toBe('dear diary, '.repeat(1000));
  });

  it('says who is to blame when another program holds the file', () => {
    const other = new Database(path);
    other.exec('BEGIN EXCLUSIVE');

    const refusal = refusalFrom(() => openWriter(path));

    expect(refusal.code).toBe('database.locked');
    expect(refusal.remedy).toMatch(/Stop the other program/);
    other.close();
  });

  it('looks a ledger over whose last run was cut off, and refuses it damaged', () => {
    const ledger = ledgerWithNames(path);
    ledger.transaction(() => {
      for (let seq = 1; seq <= 2000; seq += 1)
        ledger.recordEvent({ at: seq, recordedAt: seq, type: 'alert', bot: null, body: 'x'.repeat(200) });
    });
    ledger.close();
    damageLastPage(path);

    expect(refusalFrom(() => openWriter(path)).code).toBe('database.corrupt');
  });

  it('opens the same ledger without looking it over after a run that ended', () => {
    const ledger = ledgerWithNames(path);
    ledger.endRun(1, 2, 'stopped');
    ledger.close();

    openWriter(path).close();

    expect(existsSync(`${path}-wal`)).toBe(false);
  });
});

describe('openReader', () => {
  it('cannot write', () => {
    ledgerWithNames(path).close();
    const db = openReader(path);

    expect(() => db.prepare(`INSERT INTO meta VALUES ('a', 'b')`).run()).toThrow(expect.objectContaining({ code: 'SQLITE_READONLY' }));
    expect(() => db.exec('CREATE TEMP TABLE t(x)')).toThrow(/readonly/);
    db.close();
  });

  it('reads whole what a double cannot hold', () => {
    const ledger = ledgerWithNames(path);
    ledger.recordAccount({
      id: 'rich',
      venue: 'paper',
      mode: 'paper',
      simulated: false,
      currency: 'USDT',
      capitalE8: 9_007_199_254_740_993n,
      timeZone: 'UTC',
      updatedAt: 1,
    });
    ledger.close();
    const db = openReader(path);

    expect(db.prepare(`SELECT capital_e8 FROM accounts WHERE id = 'rich'`).pluck().get()).toBe(9_007_199_254_740_993n);
    db.close();
  });

  it('tells a ledger that is not there yet from one that is not finished', () => {
    expect(refusalFrom(() => openReader(path)).code).toBe('database.file-missing');
    expect(existsSync(path)).toBe(false);

    new Database(path).exec('CREATE TABLE t(x)').close();
    expect(refusalFrom(() => openReader(path)).code).toBe('database.not-ready');
  });

  it('sees what the writer commits while both are open', () => {
    const ledger = openLedgerWriter(path);
    const db = openReader(path);

    ledger.putMeta('salt', 'pepper');

    expect(db.prepare(`SELECT value FROM meta WHERE key = 'salt'`).pluck().get()).toBe('pepper');
    db.close();
    ledger.close();
  });
});

describe('refusalOf', () => {
  it.each([
    ['SQLITE_FULL', 'database.full'],
    ['ENOSPC', 'database.full'],
    ['SQLITE_BUSY_SNAPSHOT', 'database.locked'],
    ['SQLITE_IOERR_FSYNC', 'database.disk-error'],
    ['SQLITE_READONLY_DIRECTORY', 'database.not-writable'],
    ['SQLITE_CORRUPT_INDEX', 'database.corrupt'],
  ])('knows %s', (code, expected) => {
    const refusal = refusalOf(Object.assign(new Error('x'), { code }), '/data/trades.db');

    expect(refusal?.code).toBe(expected);
    expect(refusal?.message).toContain('/data/trades.db');
    expect(refusal?.remedy).not.toBe('');
  });

  it('leaves a broken constraint and a plain bug to be what they are', () => {
    expect(refusalOf(Object.assign(new Error('x'), { code: 'SQLITE_CONSTRAINT_CHECK' }), 'p')).toBeNull();
    expect(refusalOf(new TypeError('x'), 'p')).toBeNull();
  });
});

function refusalFrom(work: () => unknown): DatabaseRefusal {
  try {
    work();
  } catch (error) {
    if (error instanceof DatabaseRefusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Writes noise over the end of the file, where the events are; its first page, which every opening reads, stays sound. */
function damageLastPage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xab, bytes.length - 40_960);
  writeFileSync(file, bytes);
}
