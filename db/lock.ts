import Database from 'better-sqlite3';

/** A lock that is held until it is released or its process ends, however it ends. */
export interface HeldLock {
  release(): void;
}

/**
 * Takes the lock of one installation: a connection to `path` kept in `BEGIN EXCLUSIVE`. The kernel holds it (fcntl), so
 * nobody can take it from a holder that is frozen, and it is free the moment a holder is killed. Null: another process
 * has it.
 */
export function acquireLock(path: string): HeldLock | null {
  const connection = new Database(path, { timeout: 0 });
  try {
    // A rollback journal: in WAL mode an exclusive transaction would still let others begin.
    connection.pragma('journal_mode = DELETE');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => connection.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
