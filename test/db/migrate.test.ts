import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerMigrations, migrate, type Migration, readMigrations, schemaVersion } from '../../db/migrate.ts';
import { openWriter } from '../../db/open.ts';
import { temporaryFolder } from './fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'trades.db');
});
afterEach(() => {
  folder.remove();
});

const first: Migration = { number: 1, file: '0001-a.sql', sql: 'CREATE TABLE a(x)' };
const second: Migration = { number: 2, file: '0002-b.sql', sql: 'CREATE TABLE b(x)' };
const broken: Migration = { number: 3, file: '0003-c.sql', sql: 'CREATE TABLE c(x); INSERT INTO nowhere VALUES (1)' };

describe('migrate', () => {
  it('applies each migration once, in order', () => {
    const db = new Database(path);

    migrate(db, [first]);
    migrate(db, [first, second]);
    migrate(db, [first, second]);

    expect(tables(db)).toEqual(['a', 'b']);
    expect(schemaVersion(db)).toBe(2);
    db.close();
  });

  it('leaves the version before a failing migration whole', () => {
    const db = new Database(path);

    expect(() => migrate(db, [first, second, broken])).toThrow(/0003-c\.sql failed: no such table: nowhere/);

    expect(tables(db)).toEqual(['a', 'b']);
    expect(schemaVersion(db)).toBe(2);
    db.close();
  });

  it('goes on where a life that was cut off in a migration had stopped', () => {
    const cutOff = new Database(path);
    migrate(cutOff, [first]);
    cutOff.exec(`BEGIN IMMEDIATE; ${second.sql}`);
    cutOff.close();
    const db = new Database(path);

    migrate(db, [first, second]);

    expect(tables(db)).toEqual(['a', 'b']);
    db.close();
  });

  it('refuses a version it does not know', () => {
    const db = new Database(path);
    migrate(db, [first, second]);

    expect(() => migrate(db, [first])).toThrow(expect.objectContaining({ code: 'database.newer-schema' }));
    db.close();
  });

  it('refuses a ledger that a newer program wrote, and changes nothing', () => {
    const newer = new Database(path);
    newer.pragma('user_version = 99');
    newer.close();

    expect(() => openWriter(path)).toThrow(
      expect.objectContaining({ code: 'database.newer-schema', remedy: expect.stringMatching(/newer bot-daemon/) }),
    );

    const db = new Database(path);
    expect(tables(db)).toEqual([]);
    expect(schemaVersion(db)).toBe(99);
    db.close();
  });
});

describe('readMigrations', () => {
  it('refuses a gap in the numbers', () => {
    const migrations = join(folder.path, 'migrations');
    mkdirSync(migrations);
    writeFileSync(join(migrations, '0001-a.sql'), '');
    writeFileSync(join(migrations, '0003-c.sql'), '');

    expect(() => readMigrations(migrations)).toThrow(/0003-c\.sql: expected migration 2 here/);
  });

  it('finds those of the ledger beside the source', () => {
    expect(ledgerMigrations()[0]).toMatchObject({ number: 1, file: '0001-ledger.sql' });
  });
});

function tables(db: Database.Database): unknown[] {
  return db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck().all();
}
