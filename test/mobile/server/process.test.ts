import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readStartOptions } from '../../../mobile/server/start-options.ts';
import { PASSWORD, PASSWORD_HASH, temporaryFolder } from './support/serve.ts';
import { listenTo } from './support/listen.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('the dashboard process', () => {
  let dist: string;
  let data: string;
  let child: ChildProcess | null = null;

  beforeAll(async () => {
    dist = await temporaryFolder();
    await build({
      absWorkingDir: root,
      entryPoints: [{ in: 'mobile/server/main.ts', out: 'dashboard' }, { in: 'mobile/server/auth/password-worker.ts', out: 'password-worker' }],
      outdir: dist, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', external: ['better-sqlite3'], logLevel: 'error',
      banner: { js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);" },
    });
    await symlink(join(root, 'node_modules'), join(dist, 'node_modules'));
    await cp(join(root, 'db/migrations'), join(dist, 'migrations'), { recursive: true });
    await writeFile(join(dist, 'package.json'), '{"type":"module"}');
    await mkdir(join(dist, 'app'));
    await writeFile(join(dist, 'app', 'index.html'), 'shell');
    data = await temporaryFolder();
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    child = null;
  });
  afterAll(async () => {
    await rm(dist, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  });

  const options = (): Record<string, unknown> => ({ host: '127.0.0.1', port: 0, passwordHash: PASSWORD_HASH, trustedProxies: [], dataDir: data, logPath: join(data, 'daemon.log'), name: 'n', version: '0.1.0', timeZone: 'UTC', currency: 'USDT' });

  function start(given: unknown): ChildProcess {
    child = spawn(process.execPath, [join(dist, 'dashboard.js')], { stdio: ['pipe', 'ignore', 'pipe', 'ipc'] });
    child.stdin?.end(JSON.stringify(given));
    return child;
  }
  const said = async (from: ChildProcess): Promise<Record<string, unknown>> => ((await once(from, 'message')) as [Record<string, unknown>])[0];
  const exit = async (from: ChildProcess): Promise<unknown> => (await once(from, 'exit'))[0];
  const ready = async (): Promise<{ process: ChildProcess; url: string }> => {
    const started = start(options());
    const message = await said(started);
    expect(message).toMatchObject({ kind: 'ready', address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown });
    return { process: started, url: String(message['address']) };
  };
  const signIn = (url: string, password = PASSWORD): Promise<Response> =>
    fetch(`${url}/api/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password }) });

  it('says where it serves, signs in, and stops with open streams when told to', async () => {
    const { process: running, url } = await ready();
    const answer = await signIn(url);
    expect(answer.status).toBe(204);
    const phone = await listenTo(url, (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '');
    running.send({ kind: 'stop' });
    expect(await exit(running)).toBe(0);
    await phone.ended;
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops with exit 0 on %s, heard twice', async (signal) => {
    const { process: running } = await ready();
    running.kill(signal);
    running.kill(signal);
    expect(await exit(running)).toBe(0);
  });

  it('stops when its supervisor is gone', async () => {
    const { process: running } = await ready();
    running.disconnect();
    expect(await exit(running)).toBe(0);
  });

  it('goes on in a new log file after a rotation, takes a new password, and tells of a dead trader', async () => {
    const { process: running, url } = await ready();
    await rename(join(data, 'daemon.log'), join(data, 'daemon.log.1'));
    running.send({ kind: 'reopen-log' });
    running.send({ kind: 'crash-loop', reason: 'five crashes in five minutes' });
    running.send({ kind: 'password-hash', hash: await import('bcryptjs').then(({ hash }) => hash('a new password', 4)) });
    running.send({ kind: 'nonsense' });
    // Messages arrive in order: once the new password holds, the others have been heard.
    let answer = await signIn(url, 'a new password');
    for (let each = 0; each < 3 && answer.status === 401; each += 1) answer = await signIn(url, 'a new password');
    expect(answer.status).toBe(204);
    const home = await fetch(`${url}/api/home`, { headers: { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' } });
    expect(await home.json()).toMatchObject({ status: { crashLoop: 'five crashes in five minutes' } });
    const log = await readFile(join(data, 'daemon.log'), 'utf8');
    expect(log).toMatch(/^\{"level":"warn","time":"[^"]+Z","name":"dashboard","msg":"unknown message from the supervisor"\}$/m);
    expect(log).toContain('"msg":"signed in"');
    expect(log).not.toContain('a new password');
  });

  it('refuses a taken port with the remedy, and does not ask to be started again', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = start({ ...options(), port });
    expect(await said(refused)).toMatchObject({ kind: 'refused', code: 'dashboard.port-in-use', exitCode: 1, faults: [{ path: 'mobile.port', found: port, expected: 'a free port', remedy: expect.stringContaining('mobile.port') as unknown }] });
    expect(await exit(refused)).toBe(1);
    other.close();
  });

  it('serves nothing without a password', async () => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      const refused = start({ ...options(), host, passwordHash: '' });
      expect(await said(refused)).toMatchObject({ kind: 'refused', code: 'dashboard.no-password', exitCode: 78 });
      expect(await exit(refused)).toBe(78);
    }
  });

  it('refuses options it cannot read, each with a sentence', () => {
    const good = options();
    expect(readStartOptions(JSON.stringify(good))).toEqual(good);
    const bad: [unknown, string][] = [
      ['text', 'dashboard.options'],
      [{ ...good, port: 70_000 }, 'dashboard.port'],
      [{ ...good, host: '' }, 'dashboard.options'],
      [{ ...good, trustedProxies: ['nginx'] }, 'dashboard.proxies'],
      [{ ...good, trustedProxies: ['10.0.0.0/33'] }, 'dashboard.proxies'],
      [{ ...good, trustedProxies: '127.0.0.1' }, 'dashboard.proxies'],
      [{ ...good, passwordHash: 'plain text password' }, 'dashboard.no-password'],
    ];
    for (const [given, code] of bad) {
      const text = given === 'text' ? 'not json' : JSON.stringify(given);
      expect(() => readStartOptions(text)).toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/./) as unknown }));
    }
  });
});
