import { Hono } from 'hono';
import type { AppFiles } from './assets/app-files.ts';
import { appFileFor, noApp, serveApp } from './assets/serve-app.ts';
import type { Sessions } from './auth/sessions.ts';
import type { DashboardEnv, Route } from './environment.ts';
import { guard } from './guard/guard.ts';
import type { DashboardLog } from './log.ts';
import { errorBody, Problem } from './problem.ts';
import { limitBody } from './routes.ts';

/** What the app is put together from. */
export interface AppParts {
  readonly routes: readonly Route[];
  readonly files: AppFiles;
  readonly sessions: Sessions;
  readonly log: DashboardLog;
  /** Wall time. */
  readonly now: () => number;
}

/** Puts the guard before the list of routes, the app's own files after it, and every fault into an `ErrorBody`. */
export function buildApp({ routes, files, sessions, log, now }: AppParts): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  app.use('*', guard({ routes, sessions, now, isAppFile: (path) => appFileFor(files, path) !== null || (path === '/' && files.size === 0) }));
  for (const { method, path, handle } of routes) {
    if (method === 'POST') app.post(path, limitBody, handle);
    else app.get(path, handle);
  }
  app.get('*', (c) => {
    const file = appFileFor(files, c.req.path);
    if (file === null) throw c.req.path === '/' ? noApp() : new Problem('not-found');
    return serveApp(c, file);
  });
  app.notFound(() => {
    throw new Problem('not-found');
  });
  app.onError((error, c) => {
    const problem = error instanceof Problem ? error : new Problem('internal');
    if (problem.code === 'internal') log.error({ err: error, path: c.req.path }, 'the dashboard failed to answer');
    return c.json(errorBody(problem), problem.status, problem.headers);
  });
  return app;
}
