import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hashSync } from 'bcryptjs';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { type Dashboard, type DashboardParts, openDashboard } from '../../../../mobile/server/dashboard.ts';
import type { DashboardLog } from '../../../../mobile/server/log.ts';
import type { StartOptions } from '../../../../mobile/server/start-options.ts';

export const PASSWORD = 'correct horse battery';
/** Cost 4 keeps the tests quick; the cost itself is tested where passwords are hashed. */
export const PASSWORD_HASH = hashSync(PASSWORD, 4);

/** A dashboard on a free port of the loopback, over a folder of its own. */
export interface Served {
  readonly folder: string;
  readonly url: string;
  readonly dashboard: Dashboard;
  /** Lines the dashboard logged. */
  readonly logged: readonly { readonly level: string; readonly fields: Readonly<Record<string, unknown>>; readonly message: string }[];
  /** Wall time, which a test may move. */
  readonly clock: { now: number };
  /** Signs in and returns the Cookie header. */
  signIn(keep?: boolean): Promise<string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

export async function serve(options: Partial<StartOptions> = {}, parts: Partial<DashboardParts> = {}): Promise<Served> {
  const folder = options.dataDir ?? (await temporaryFolder());
  const appFolder = join(folder, 'app');
  await mkdir(join(appFolder, 'assets'), { recursive: true });
  await writeFile(join(appFolder, 'index.html'), '<!doctype html><title>shell</title>');
  await writeFile(join(appFolder, 'assets', 'main-abc.js'), 'console.log(1)');
  await writeFile(join(appFolder, 'assets', 'main-abc.js.br'), 'BR');
  await writeFile(join(appFolder, 'assets', 'main-abc.js.gz'), 'GZ');
  await writeFile(join(appFolder, 'sw.js'), '// worker');
  await writeFile(join(appFolder, 'app.webmanifest'), '{}');
  const clock = { now: Date.UTC(2026, 10, 21, 12, 0, 30) };
  const logged: { level: string; fields: Readonly<Record<string, unknown>>; message: string }[] = [];
  const dashboard = await openDashboard(
    { host: '127.0.0.1', port: 0, passwordHash: PASSWORD_HASH, trustedProxies: [], dataDir: folder, logPath: join(folder, 'daemon.log'), name: 'My bots', version: '0.1.0', timeZone: 'UTC', currency: 'USDT', ...options },
    { appFolder, passwordWorker: await passwordWorker(), log: memoryLog(logged), now: () => clock.now, monotonic: () => performance.now(), ...parts },
  );
  const url = dashboard.address;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(url + path, { headers, redirect: 'manual' });
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return {
    folder, url, dashboard, logged, clock, get, post,
    async signIn(keep = false) {
      const answer = await post('/api/login', { password: PASSWORD, keep });
      if (answer.status !== 204) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`);
      return cookiesOf(answer);
    },
    async close() {
      await dashboard.close();
      if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The cookies an answer sets, as a browser would send them back. */
export function cookiesOf(answer: Response): string {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

/** A folder that is cleared away with the last test of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bot-daemon-mobile-'));
  folders.push(folder);
  return folder;
}
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

let bundled: Promise<URL> | null = null;

/** The worker as it is shipped: one JavaScript file. */
export function passwordWorker(): Promise<URL> {
  bundled ??= (async () => {
    const folder = await temporaryFolder();
    const outfile = join(folder, 'password-worker.mjs');
    const entry = fileURLToPath(new URL('../../../../mobile/server/auth/password-worker.ts', import.meta.url));
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' });
    return pathToFileURL(outfile);
  })();
  return bundled;
}

function memoryLog(lines: { level: string; fields: Readonly<Record<string, unknown>>; message: string }[]): DashboardLog {
  const at = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string): void => void lines.push({ level, fields, message });
  return { info: at('info'), warn: at('warn'), error: at('error'), reopen: () => undefined };
}
