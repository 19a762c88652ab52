import { openPrivate, type PragmaList } from './open.ts';
import { refusing } from './refusal.ts';

/** One sign-in, as stored: the secret itself is nowhere, only its SHA-256. Times are wall time in UTC milliseconds. */
export interface SessionRow {
  /** SHA-256 of the cookie's value, base64url. */
  readonly idHash: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  /** True: "keep me signed in". */
  readonly keep: boolean;
  readonly userAgent: string;
}

/** The dashboard's own small file: who is signed in, and which browsers have signed in before. */
export interface MobileStore {
  readonly sessions: () => readonly SessionRow[];
  readonly addSession: (row: SessionRow) => void;
  readonly touchSession: (idHash: string, lastSeenAt: number, expiresAt: number) => void;
  readonly dropSession: (idHash: string) => void;
  readonly dropSessionsExpiredBy: (now: number) => void;
  readonly addDevice: (idHash: string, at: number) => void;
  readonly isDevice: (idHash: string) => boolean;
  /** Ends everything that a former password gave: all sessions, and the devices known by it. */
  readonly forgetAll: () => void;
  readonly meta: (key: string) => string | null;
  readonly putMeta: (key: string, value: string) => void;
  readonly close: () => void;
}

/** A session ended must not come back with the power: hence FULL, here too; it writes once a minute at most. */
const MOBILE_PRAGMAS: PragmaList = [
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['busy_timeout', 5000],
];

/** Rows read at once, and devices kept: the oldest give way. */
const MOST_SESSIONS = 1000;
const MOST_DEVICES = 200;

/** Opens mobile.db, making it (0600) where there is none. Throws `DatabaseRefusal`. */
export function openMobile(path: string): MobileStore {
  const db = openPrivate(path, MOBILE_PRAGMAS);
  refusing(path, () => db.exec(SCHEMA));

  const newestSessions = db.prepare<[number], StoredSession>(`
    SELECT id_hash AS idHash, created_at AS createdAt, last_seen_at AS lastSeenAt, expires_at AS expiresAt, keep, user_agent AS userAgent
    FROM sessions ORDER BY last_seen_at DESC LIMIT ?`);
  const insertSession = db.prepare(`
    INSERT INTO sessions(id_hash, created_at, last_seen_at, expires_at, keep, user_agent)
    VALUES (@idHash, @createdAt, @lastSeenAt, @expiresAt, @keep, @userAgent)`);
  const touch = db.prepare('UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE id_hash = ?');
  const drop = db.prepare('DELETE FROM sessions WHERE id_hash = ?');
  const dropExpired = db.prepare('DELETE FROM sessions WHERE expires_at <= ?');
  const insertDevice = db.prepare('INSERT INTO devices(id_hash, seen_at) VALUES (?, ?) ON CONFLICT(id_hash) DO UPDATE SET seen_at = excluded.seen_at');
  const pruneDevices = db.prepare('DELETE FROM devices WHERE id_hash NOT IN (SELECT id_hash FROM devices ORDER BY seen_at DESC LIMIT ?)');
  const device = db.prepare<[string], number>('SELECT 1 FROM devices WHERE id_hash = ?').pluck();
  const forget = db.transaction(() => {
    db.exec('DELETE FROM sessions');
    db.exec('DELETE FROM devices');
  });
  const metaOf = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const putMeta = db.prepare('INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value');

  return {
    sessions: () => newestSessions.all(MOST_SESSIONS).map((row) => ({ ...row, keep: row.keep === 1 })),
    addSession: (row) => void insertSession.run({ ...row, keep: row.keep ? 1 : 0 }),
    touchSession: (idHash, lastSeenAt, expiresAt) => void touch.run(lastSeenAt, expiresAt, idHash),
    dropSession: (idHash) => void drop.run(idHash),
    dropSessionsExpiredBy: (now) => void dropExpired.run(now),
    addDevice: db.transaction((idHash: string, at: number) => {
      insertDevice.run(idHash, at);
      pruneDevices.run(MOST_DEVICES);
    }),
    isDevice: (idHash) => device.get(idHash) === 1,
    forgetAll: () => forget(),
    meta: (key) => metaOf.get(key) ?? null,
    putMeta: (key, value) => void putMeta.run(key, value),
    close: () => void db.close(),
  };
}

interface StoredSession extends Omit<SessionRow, 'keep'> {
  readonly keep: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta(
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sessions(
    id_hash      TEXT NOT NULL PRIMARY KEY,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    keep         INTEGER NOT NULL CHECK (keep IN (0, 1)),
    user_agent   TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS devices(
    id_hash TEXT NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
