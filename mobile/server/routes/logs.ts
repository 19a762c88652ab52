import type { Context } from 'hono';
import { basename } from 'node:path';
import type { DashboardEnv } from '../environment.ts';
import { tail } from '../logs/tail.ts';
import { count, keyword, logLevel } from './query.ts';

/** `GET /api/logs?lines&level&q`: the end of the one log there is; no name of a file is ever taken from a request. */
export async function logs(c: Context<DashboardEnv>, logPath: string): Promise<Response> {
  const query = c.req.query();
  const lines = count(query, 'lines', 1, 1000, 100);
  return c.json(await tail(logPath, basename(logPath), { lines, level: logLevel(query, 'level'), keyword: keyword(query, 'q') }));
}
