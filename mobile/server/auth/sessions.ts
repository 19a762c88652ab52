import { createHash, randomBytes } from 'node:crypto';

/** A sign-in that is in force. */
export interface Session {
  readonly idHash: string;
  readonly keep: boolean;
  expiresAt: number;
  /** When the record was last brought up to date. */
  touchedAt: number;
  /** When the browser was last given the cookie, with its age counted from then. */
  cookieAt: number;
}

/** Who is signed in: in memory for reading, on disk for the next start. Times are wall time, milliseconds. */
export interface Sessions {
  /** Signs a browser in; the token goes into its cookie and is kept nowhere else. */
  begin(keep: boolean, userAgent: string): { readonly token: string; readonly session: Session };
  /** The session of a cookie's value, or null; a minute after the last time, it is also prolonged. */
  find(token: string): Session | null;
  /** Whether it is still in force, without prolonging it. */
  isLive(session: Session): boolean;
  end(session: Session): void;
  /** Ends every session, and what the former password was kept for. */
  endAll(): void;
}

/** What sessions need of the store; `db/mobile.ts` has it. */
export interface SessionStore {
  readonly sessions: () => readonly { readonly idHash: string; readonly lastSeenAt: number; readonly expiresAt: number; readonly keep: boolean }[];
  readonly addSession: (row: { idHash: string; createdAt: number; lastSeenAt: number; expiresAt: number; keep: boolean; userAgent: string }) => void;
  readonly touchSession: (idHash: string, lastSeenAt: number, expiresAt: number) => void;
  readonly dropSession: (idHash: string) => void;
  readonly dropSessionsExpiredBy: (now: number) => void;
  readonly forgetAll: () => void;
}

/** "Keep me signed in": thirty days after the last visit. */
export const KEPT_MS = 30 * 24 * 3_600_000;
/** Otherwise twelve hours after the last request. */
export const IDLE_MS = 12 * 3_600_000;
/** A request costs no write unless the last one is this old. */
export const TOUCH_EVERY_MS = 60_000;

/** Opens the sessions of a store. `onEnd` hears of each session that ends, so that its streams can be closed. */
export function openSessions(store: SessionStore, now: () => number, onEnd: (session: Session) => void): Sessions {
  store.dropSessionsExpiredBy(now());
  const live = new Map<string, Session>(
    store.sessions().map((row) => [row.idHash, { idHash: row.idHash, keep: row.keep, expiresAt: row.expiresAt, touchedAt: row.lastSeenAt, cookieAt: 0 }]),
  );

  function end(session: Session): void {
    live.delete(session.idHash);
    store.dropSession(session.idHash);
    onEnd(session);
  }

  return {
    begin(keep, userAgent) {
      const at = now();
      const token = randomBytes(32).toString('base64url');
      const session: Session = { idHash: tokenHash(token), keep, expiresAt: at + span(keep), touchedAt: at, cookieAt: at };
      store.dropSessionsExpiredBy(at);
      store.addSession({ idHash: session.idHash, createdAt: at, lastSeenAt: at, expiresAt: session.expiresAt, keep, userAgent: userAgent.slice(0, 200) });
      live.set(session.idHash, session);
      return { token, session };
    },
    find(token) {
      const session = TOKEN.test(token) ? live.get(tokenHash(token)) : undefined;
      if (session === undefined) return null;
      const at = now();
      if (at >= session.expiresAt) {
        end(session);
        return null;
      }
      if (at - session.touchedAt >= TOUCH_EVERY_MS) {
        session.touchedAt = at;
        session.expiresAt = at + span(session.keep);
        store.touchSession(session.idHash, at, session.expiresAt);
      }
      return session;
    },
    isLive: (session) => live.get(session.idHash) === session && now() < session.expiresAt,
    end,
    endAll() {
      const ended = [...live.values()];
      live.clear();
      store.forgetAll();
      ended.forEach(onEnd);
    },
  };
}

/** SHA-256 of a token, base64url: what is stored and looked up instead of the token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** 256 random bits in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

function span(keep: boolean): number {
  return keep ? KEPT_MS : IDLE_MS;
}
