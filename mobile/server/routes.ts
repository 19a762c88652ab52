import { bodyLimit } from 'hono/body-limit';
import type { Hello } from '../contract/index.ts';
import type { Route } from './environment.ts';
import type { LiveHub } from './live/live-hub.ts';
import { Problem } from './problem.ts';
import type { Reads } from './reads.ts';
import { ledgerRoutes } from './routes/ledger-routes.ts';
import { login, type LoginDeps } from './routes/login.ts';
import { logout } from './routes/logout.ts';
import { logs } from './routes/logs.ts';
import { stream } from './routes/stream.ts';
import { tradesCsv } from './routes/trades-csv.ts';
import { trades } from './routes/trades.ts';

/** What the routes need. */
export interface RouteDeps extends LoginDeps {
  readonly reads: Reads;
  readonly hub: LiveHub;
  readonly logPath: string;
}

/** Every route there is. What is not in this list, and not a file of the app, does not exist. */
export function routes(deps: RouteDeps): readonly Route[] {
  return [
    { method: 'GET', path: '/healthz', access: 'open', handle: (c) => c.json({ status: 'ok' }) },
    { method: 'GET', path: '/api/session', access: 'open', handle: (c) => c.json({ signedIn: c.get('session') !== null } satisfies Hello) },
    { method: 'POST', path: '/api/login', access: 'open', handle: (c) => login(c, deps) },
    { method: 'POST', path: '/api/logout', access: 'open', handle: (c) => logout(c, deps) },
    ...ledgerRoutes(deps.reads),
    { method: 'GET', path: '/api/trades', access: 'session', handle: (c) => trades(c, deps.reads) },
    { method: 'GET', path: '/api/trades.csv', access: 'session', handle: (c) => tradesCsv(c, deps.reads, deps.log) },
    { method: 'GET', path: '/api/logs', access: 'session', handle: (c) => logs(c, deps.logPath) },
    { method: 'GET', path: '/api/stream', access: 'session', handle: (c) => stream(c, deps.hub) },
  ];
}

/** No route takes more than this. */
export const limitBody = bodyLimit({
  maxSize: 4096,
  onError: () => {
    throw new Problem('body.too-large');
  },
});
