import type { Context } from 'hono';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { DashboardEnv } from '../environment.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { Problem } from '../problem.ts';
import { count, type Query } from './query.ts';

/** `GET /api/stream`: written straight to the socket, the same bytes for every phone. HEAD only tells that it is there. */
export function stream(c: Context<DashboardEnv>, hub: LiveHub): Response {
  const session = c.get('session');
  if (session === null) throw new Problem('auth.required');
  const last = lastSeq(c.env.incoming.headers['last-event-id'], c.req.query());
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  hub.attach(c.env.outgoing, session, last);
  return RESPONSE_ALREADY_SENT;
}

/** The header, which a browser sends when it comes back by itself, is newer than the address it came with. */
function lastSeq(header: string | string[] | undefined, query: Query): number | null {
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header);
  const value = count(query, 'lastEventId', 0, 999_999_999, -1);
  return value < 0 ? null : value;
}
