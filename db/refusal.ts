/** Why a database was refused; stable, for scripts and tests. */
export type DatabaseRefusalCode =
  | 'database.folder-missing'
  | 'database.file-missing'
  | 'database.unreadable'
  | 'database.not-writable'
  | 'database.locked'
  | 'database.full'
  | 'database.corrupt'
  | 'database.disk-error'
  | 'database.pragma'
  | 'database.not-ready'
  | 'database.newer-schema'
  | 'database.migration'
  | 'ledger.account-changed'
  | 'ledger.bot-moved'
  | 'ledger.instrument-changed';

/** A database that cannot be worked with, in words a person can act on: what is wrong with which file, and the remedy. */
export class DatabaseRefusal extends Error {
  readonly code: DatabaseRefusalCode;
  readonly path: string;
  readonly remedy: string;

  constructor(code: DatabaseRefusalCode, path: string, message: string, remedy: string, cause?: unknown) {
    super(`${path}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'DatabaseRefusal';
    this.code = code;
    this.path = path;
    this.remedy = remedy;
  }
}

/** The refusal that an error of SQLite or of the file system amounts to, or null where it is another's fault (a bug, a constraint). */
export function refusalOf(error: unknown, path: string): DatabaseRefusal | null {
  if (error instanceof DatabaseRefusal) return error;
  const code = codeOf(error);
  const known = code === null ? undefined : REFUSALS.find(([pattern]) => pattern.test(code));
  if (known === undefined) return null;
  const [, refusal, message, remedy] = known;
  return new DatabaseRefusal(refusal, path, `${message} (${code})`, remedy, error);
}

/** Runs what touches a database and throws refusals in place of SQLite's codes. */
export function refusing<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw refusalOf(error, path) ?? error;
  }
}

/** SQLite's result codes (sqlite.org/rescode.html) and Node's, most telling first. */
const REFUSALS: readonly (readonly [pattern: RegExp, code: DatabaseRefusalCode, message: string, remedy: string])[] = [
  [
    /^SQLITE_(BUSY|LOCKED)/,
    'database.locked',
    'another process holds it locked',
    'Stop the other program that writes this file (a second daemon, a sqlite3 shell in a transaction), then start again.',
  ],
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    'database.full',
    'the disk is full',
    'Free space on that disk; nothing was half-written, and the daemon goes on from the last whole step.',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'database.corrupt',
    'it is damaged or not a SQLite database',
    'Move the file aside and restore the last backup; do not delete it, most of it can usually be recovered.',
  ],
  [
    /^SQLITE_CANTOPEN|^(EACCES|EPERM|EISDIR|ENOTDIR|ELOOP)$/,
    'database.unreadable',
    'it cannot be opened',
    'Check that it is a file and that it and its folder belong to the user the daemon runs as.',
  ],
  [
    /^SQLITE_(READONLY|PERM)|^EROFS$/,
    'database.not-writable',
    'it cannot be written',
    'Give the user the daemon runs as the right to write the file and its folder.',
  ],
  [
    /^SQLITE_IOERR|^EIO$/,
    'database.disk-error',
    'the disk failed to read or write it',
    'Check the disk (dmesg, smartctl); start again only when it is sound.',
  ],
];

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
