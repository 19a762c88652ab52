import type { Context, MiddlewareHandler } from 'hono';
import { readCookie, cookieName, writeCookie } from '../auth/cookie.ts';
import { KEPT_MS, type Session, type Sessions } from '../auth/sessions.ts';
import type { DashboardEnv, Route } from '../environment.ts';
import { Problem } from '../problem.ts';
import { comesFromOwnPage } from './origin.ts';

/** What stands before every route. */
export interface GuardOptions {
  readonly routes: readonly Route[];
  readonly sessions: Sessions;
  readonly now: () => number;
  /** True for an address of the app's own files and pages, which hold no data. */
  readonly isAppFile: (path: string) => boolean;
}

/**
 * The first handler for every address: refuses by default. An address is open only if the list of routes says so, or the
 * app has such a file; any verb but GET and HEAD only where a route of the list takes it; and a POST only from our own page.
 */
export function guard(options: GuardOptions): MiddlewareHandler<DashboardEnv> {
  const open = new Set(options.routes.filter((route) => route.access === 'open').map((route) => `${route.method} ${route.path}`));
  const posts = new Set(options.routes.filter((route) => route.method === 'POST').map((route) => route.path));

  return async (c, next) => {
    const { method, path } = c.req;
    if (method === 'POST' && posts.has(path)) {
      if (!comesFromOwnPage(c.env.incoming.headers, c.env.client.origin)) throw new Problem('origin.foreign');
    } else if ((method !== 'GET' && method !== 'HEAD') || posts.has(path)) {
      throw new Problem('method.not-allowed', { headers: { Allow: posts.has(path) ? 'POST' : 'GET, HEAD' } });
    }
    const session = sessionOf(c, options.sessions);
    c.set('session', session);
    const isOpen = open.has(`${method === 'HEAD' ? 'GET' : method} ${path}`) || options.isAppFile(path);
    if (!isOpen && session === null) throw new Problem('auth.required');
    if (session !== null) prolongCookie(c, session, options.now());
    await next();
  };
}

/** The session a request carries, or null. */
function sessionOf(c: Context<DashboardEnv>, sessions: Sessions): Session | null {
  const token = readCookie(c.env.incoming.headers.cookie, cookieName('sid', c.env.client.https));
  return token === null ? null : sessions.find(token);
}

/** A kept session slides on the server; once a day the browser's copy is given its thirty days anew. */
function prolongCookie(c: Context<DashboardEnv>, session: Session, now: number): void {
  if (!session.keep || now - session.cookieAt < DAY_MS) return;
  const { https } = c.env.client;
  const token = readCookie(c.env.incoming.headers.cookie, cookieName('sid', https));
  if (token === null) return;
  session.cookieAt = now;
  c.env.outgoing.appendHeader('Set-Cookie', writeCookie('sid', token, https, KEPT_MS / 1000));
}

const DAY_MS = 24 * 3_600_000;
