import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type MobileStore, openMobile } from '../../db/mobile.ts';
import { openViews } from '../../db/views/open-views.ts';
import { buildApp } from './app.ts';
import { readAppFiles } from './assets/app-files.ts';
import { loginThrottle } from './auth/login-throttle.ts';
import { openPasswordCheck } from './auth/password-check.ts';
import { openSessions, type Sessions } from './auth/sessions.ts';
import { trustedProxies } from './guard/client.ts';
import { type HttpServer, listen } from './http-server.ts';
import { ledgerAccess } from './ledger-access.ts';
import { openLive } from './live/live.ts';
import type { DashboardLog } from './log.ts';
import type { SupervisorWord } from './present/status.ts';
import { reads } from './reads.ts';
import { routes } from './routes.ts';
import type { StartOptions } from './start-options.ts';

/** A dashboard that is being served. */
export interface Dashboard {
  /** `http://127.0.0.1:8420`. */
  readonly address: string;
  /** A new password: every session ends. */
  setPasswordHash(hash: string): void;
  /** The supervisor says how the trader fares. */
  hear(kind: SupervisorWord['kind'], reason: string): void;
  /** Ends streams and connections; within two seconds nothing is left. */
  close(): Promise<void>;
}

/** What does not come from the settings: where the built files lie, the log, and the clocks. */
export interface DashboardParts {
  readonly appFolder: string;
  readonly passwordWorker: URL;
  readonly log: DashboardLog;
  /** Wall time, milliseconds. */
  readonly now: () => number;
  /** Never goes back, milliseconds. */
  readonly monotonic: () => number;
}

const CLOSE_GRACE_MS = 1000;

/** Opens everything the dashboard needs and serves it. Rejects where an address or a file is not to be had. */
export async function openDashboard(options: StartOptions, parts: DashboardParts): Promise<Dashboard> {
  const { log, now, monotonic } = parts;
  let { passwordHash } = options;
  let word: SupervisorWord | null = null;
  const store = openMobile(join(options.dataDir, 'mobile.db'));
  const sessions: Sessions = openSessions(store, now, (session) => live.streams.closeOf(session));
  const access = ledgerAccess(join(options.dataDir, 'trades.db'), openViews, monotonic);
  const shown = reads({ access, name: options.name, version: options.version, timeZone: options.timeZone, now, word: () => word });
  const live = openLive({ access, shown, sessions, logPath: options.logPath, log, monotonic });
  const check = openPasswordCheck(parts.passwordWorker);
  const login = { sessions, throttle: loginThrottle(), check, passwordHash: () => passwordHash, devices: store, log, now };
  const list = routes({ ...login, reads: shown, hub: live.hub, logPath: options.logPath });
  const app = buildApp({ routes: list, files: readAppFiles(parts.appFolder), sessions, log, now });
  endSessionsOfAnotherPassword(store, sessions, passwordHash);

  async function close(server: HttpServer | null): Promise<void> {
    const stopped = live.close();
    await Promise.all([server?.close(CLOSE_GRACE_MS), stopped, check.close()]);
    access.close();
    store.close();
  }

  try {
    const server = await listen(app, { host: options.host, port: options.port, trusted: trustedProxies(options.trustedProxies) });
    return {
      address: server.address,
      setPasswordHash(hash) {
        passwordHash = hash;
        endSessionsOfAnotherPassword(store, sessions, hash);
      },
      hear(kind, reason) {
        word = { kind, reason, at: now() };
      },
      close: () => close(server),
    };
  } catch (error) {
    await close(null);
    throw error;
  }
}

/** Also when the password was changed while the dashboard was not running. */
function endSessionsOfAnotherPassword(store: MobileStore, sessions: Sessions, passwordHash: string): void {
  const mark = createHash('sha256').update(passwordHash).digest('base64url');
  if (store.meta('password') === mark) return;
  sessions.endAll();
  store.putMeta('password', mark);
}
