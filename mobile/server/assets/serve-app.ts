import type { Context } from 'hono';
import type { DashboardEnv } from '../environment.ts';
import { Problem } from '../problem.ts';
import { accepts } from './accepts.ts';
import type { AppFile, AppFiles, Variant } from './app-files.ts';

/** The file an address stands for: itself, or the shell for a page of the app; null where it is neither. */
export function appFileFor(files: AppFiles, path: string): AppFile | null {
  return files.get(path) ?? (PAGE.test(path) && !NOT_A_PAGE.test(path) ? (files.get('/index.html') ?? null) : null);
}

/** Answers with a file of the app, in the smallest encoding the browser takes. The shell holds no data, and needs no session. */
export function serveApp(c: Context<DashboardEnv>, file: AppFile): Response {
  const headers = c.env.incoming.headers;
  const { encoding, variant } = choose(file, headers['accept-encoding']);
  const answer: Record<string, string> = {
    'Content-Type': file.type,
    'Cache-Control': file.cacheControl,
    'ETag': variant.etag,
    'Vary': 'Accept-Encoding',
  };
  if (encoding !== null) answer['Content-Encoding'] = encoding;
  if (headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === variant.etag) === true) {
    return c.body(null, 304, answer);
  }
  return c.body(variant.body, 200, { ...answer, 'Content-Length': String(variant.body.byteLength) });
}

/** What is said when the address is a page, but the app was never built. */
export function noApp(): Problem {
  return new Problem('not-found', { message: 'The app of the dashboard is not installed beside it.', remedy: 'Run "npm run build", then start again.' });
}

/** Segments without dots, percent signs or doubled slashes: any trick with a path fails here. */
const PAGE = /^\/(?:[A-Za-z0-9_:-]+(?:\/[A-Za-z0-9_:-]+)*)?$/;
const NOT_A_PAGE = /^\/(?:api|ws|healthz|assets)(?:\/|$)/;

function choose(file: AppFile, accepted: string | undefined): { readonly encoding: string | null; readonly variant: Variant } {
  if (file.br !== null && accepts(accepted, 'br')) return { encoding: 'br', variant: file.br };
  if (file.gzip !== null && accepts(accepted, 'gzip')) return { encoding: 'gzip', variant: file.gzip };
  return { encoding: null, variant: file.plain };
}
