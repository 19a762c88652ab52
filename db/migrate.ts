import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { DatabaseRefusal, refusing } from './refusal.ts';

/** One numbered step of the schema. */
export interface Migration {
  /** From 1, without gaps; `user_version` of the database once it is applied. */
  readonly number: number;
  readonly file: string;
  readonly sql: string;
}

/**
 * Brings a database up to the newest migration. Each runs in a transaction of its own together with its number, so that one that
 * fails leaves the version before it whole. Throws `DatabaseRefusal` on a failing one and on a schema newer than the program.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  refuseNewer(db, migrations);
  for (const migration of migrations.slice(schemaVersion(db))) {
    refusing(db.name, () => applyOnce(db, migration));
  }
}

/** Throws where the database is of a version this program does not know. */
export function refuseNewer(db: Database, migrations: readonly Migration[]): void {
  const version = schemaVersion(db);
  if (version <= migrations.length) return;
  throw new DatabaseRefusal(
    'database.newer-schema',
    db.name,
    `its schema is version ${version}, this program knows up to ${migrations.length}`,
    'Run the newer bot-daemon that wrote it, or restore the backup made before that upgrade.',
  );
}

/** The number of the last migration a database has seen; 0 for a fresh file. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Reads the migrations of a folder, in order: `0001-ledger.sql`, `0002-….sql`. Throws `DatabaseRefusal` on a gap. */
export function readMigrations(folder: string): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort();
  return files.map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) {
      throw new DatabaseRefusal(
        'database.migration',
        join(folder, file),
        `expected migration ${index + 1} here`,
        'The installation is incomplete: install bot-daemon again.',
      );
    }
    return { number, file, sql: readFileSync(join(folder, file), 'utf8') };
  });
}

/** The migrations of the ledger: beside this file in the source, beside the bundle in `dist`. */
export function ledgerMigrations(): readonly Migration[] {
  known ??= readMigrations(fileURLToPath(new URL('migrations', import.meta.url)));
  return known;
}
let known: readonly Migration[] | null = null;

function applyOnce(db: Database, migration: Migration): void {
  db.transaction(() => {
    // Another process may have applied it while this one waited for the lock.
    if (schemaVersion(db) >= migration.number) return;
    try {
      db.exec(migration.sql);
    } catch (error) {
      throw new DatabaseRefusal(
        'database.migration',
        db.name,
        `migration ${migration.file} failed: ${error instanceof Error ? error.message : String(error)}`,
        'The database is as it was before. Report this with the message; the version that wrote it still works.',
        error,
      );
    }
    db.pragma(`user_version = ${migration.number}`);
  }).immediate();
}
