import type { Context } from 'hono';
import { writeCookie } from '../auth/cookie.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { DashboardEnv } from '../environment.ts';
import type { DashboardLog } from '../log.ts';

/** `POST /api/logout`: 204; ends the session and its streams, and has the browser drop what it kept. Also without a session. */
export function logout(c: Context<DashboardEnv>, deps: { readonly sessions: Sessions; readonly log: DashboardLog }): Response {
  const session = c.get('session');
  if (session !== null) {
    deps.sessions.end(session);
    deps.log.info({ address: c.env.client.address }, 'signed out');
  }
  c.env.outgoing.appendHeader('Set-Cookie', writeCookie('sid', '', c.env.client.https, 0));
  return c.body(null, 204, { 'Clear-Site-Data': '"cache", "storage"' });
}
