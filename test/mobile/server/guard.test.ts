import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody } from '../../../mobile/contract/index.ts';
import { routes, type RouteDeps } from '../../../mobile/server/routes.ts';
import { raw } from './support/raw.ts';
import { PASSWORD, serve, type Served } from './support/serve.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];

// The list does not depend on what the routes need: only their handlers do.
const list = routes({ reads: {} } as RouteDeps);
const concrete = (path: string): string => path.replace(':id', '1');

describe('the guard', () => {
  let served: Served;
  let cookie: string;

  beforeAll(async () => {
    served = await serve();
    cookie = await served.signIn();
  });
  afterAll(() => served.close());

  it('opens exactly these routes to strangers', () => {
    expect(list.filter((route) => route.access === 'open').map((route) => `${route.method} ${route.path}`)).toEqual([
      'GET /healthz',
      'GET /api/session',
      'POST /api/login',
      'POST /api/logout',
    ]);
  });

  it('answers every other route with 401 and nothing else to a stranger', async () => {
    for (const route of list.filter((each) => each.access === 'session')) {
      const answer = await raw(served.url, 'GET', concrete(route.path));
      expect([route.path, answer.status]).toEqual([route.path, 401]);
      expect((JSON.parse(answer.body) as ErrorBody).error.code).toBe('auth.required');
    }
  });

  it('refuses by default what no route and no file answers', async () => {
    for (const path of ['/api', '/api/', '/api/unknown', '/ws', '/settings.json', '/assets/other.js', '/.env']) {
      expect([path, (await raw(served.url, 'GET', path)).status]).toEqual([path, 401]);
      expect([path, (await raw(served.url, 'GET', path, { cookie })).status]).toEqual([path, 404]);
    }
  });

  it('takes no verb but GET and HEAD, except to sign in and out', async () => {
    for (const path of [...new Set(list.map((route) => concrete(route.path))), '/', '/app.webmanifest', '/api/unknown']) {
      for (const method of VERBS) {
        if (method === 'GET' && path === '/api/stream') continue;
        const { status, headers } = await raw(served.url, method, path, { cookie });
        const takesPost = path === '/api/login' || path === '/api/logout';
        const allowed = takesPost ? method === 'POST' : method === 'GET' || method === 'HEAD';
        expect([method, path, status === 405]).toEqual([method, path, !allowed]);
        if (!allowed) expect(headers['allow']).toBe(takesPost ? 'POST' : 'GET, HEAD');
        if (path === '/api/logout' && method === 'POST') cookie = await served.signIn();
      }
    }
  });

  it('sends the same security headers with every answer, faults included', async () => {
    const paths = ['/', '/healthz', '/sw.js', '/api/home', '/api/unknown', '/api/trades?limit=x', `/api/home?${'x'.repeat(3000)}`, '/api/login'];
    for (const headers of [{}, { cookie }]) {
      for (const path of paths) {
        const answer = await raw(served.url, 'GET', path, headers);
        expect([path, answer.headers['content-security-policy']]).toEqual([path, POLICY]);
        expect(answer.headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'permissions-policy': expect.stringContaining('camera=()') as unknown,
          'cross-origin-opener-policy': 'same-origin',
        });
        expect(answer.headers['strict-transport-security']).toBeUndefined();
      }
    }
  });

  it('lets nobody store what the API says', async () => {
    for (const path of ['/api/home', '/api/trades.csv', '/api/unknown', '/%61pi/home', '/healthz']) {
      expect([path, (await raw(served.url, 'GET', path, { cookie })).headers['cache-control']]).toEqual([path, 'no-store']);
    }
  });

  it('is not fooled by tricks with the path', async () => {
    const tricks = ['/api%2Fhome', '//api/home', '/%2e%2e/api/home', '/..%5capi/home', '/%252e%252e/api/home', '/api/./home', '/%61pi/home', '/api/home/', '/assets/%2e%2e/%2e%2e/settings.json', '/assets/..%2f..%2ftrades.db', '/api/home%00', '/API/home'];
    for (const path of tricks) {
      const { status, body } = await raw(served.url, 'GET', path);
      // A page of the app is the empty shell; anything else is refused. Nobody sees a figure.
      expect([path, status === 401 || status === 400 || body.includes('<title>shell</title>')]).toEqual([path, true]);
      expect(body).not.toContain('serverNow');
    }
    expect((await raw(served.url, 'GET', '/assets/..%2f..%2ftrades.db', { cookie })).status).toBe(404);
  });

  it('answers what is not HTTP with the headers, too', async () => {
    const { port } = new URL(served.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain(`Content-Security-Policy: ${POLICY}`);
  });

  it('takes no body over 4 KiB and no address over 2 KiB', async () => {
    const large = JSON.stringify({ password: 'x'.repeat(5000) });
    const json = { 'content-type': 'application/json' };
    expect((await raw(served.url, 'POST', '/api/login', { ...json, 'content-length': String(large.length) }, large)).status).toBe(413);
    expect((await raw(served.url, 'POST', '/api/login', { ...json, 'transfer-encoding': 'chunked' }, large)).status).toBe(413);
    expect((await raw(served.url, 'GET', `/${'a'.repeat(2048)}`)).status).toBe(414);
    expect((await raw(served.url, 'GET', '/', { 'x-large': 'y'.repeat(20_000) })).status).toBe(431);
  });

  it('lets only its own page, or a program, sign in and out', async () => {
    const own = served.url;
    const variants: [Record<string, string>, number][] = [
      [{}, 204],
      [{ 'sec-fetch-site': 'same-origin', origin: own }, 204],
      [{ origin: own }, 204],
      [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
      [{ 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ origin: 'null' }, 403],
      [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, 403],
    ];
    for (const [headers, status] of variants) {
      const body = JSON.stringify({ password: PASSWORD });
      expect([headers, (await raw(own, 'POST', '/api/login', { 'content-type': 'application/json', ...headers }, body)).status]).toEqual([headers, status]);
      expect([headers, (await raw(own, 'POST', '/api/logout', headers)).status]).toEqual([headers, status]);
    }
    const form = await raw(own, 'POST', '/api/login', { 'content-type': 'text/plain' }, JSON.stringify({ password: PASSWORD }));
    expect(form.status).toBe(400);
  });

  it('tells nothing of what went wrong inside', async () => {
    const broken = await serve({}, { monotonic: () => { throw new Error('secret path /root/x'); } });
    const answer = await raw(broken.url, 'GET', '/api/home', { cookie: await broken.signIn() });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toMatch(/secret|root|at /);
    expect(broken.logged.some((line) => line.level === 'error')).toBe(true);
    await broken.close();
  });
});

describe('a proxy', () => {
  it('is believed about https only when it is trusted', async () => {
    const trusted = await serve({ trustedProxies: ['127.0.0.1'] });
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
    expect((await raw(trusted.url, 'GET', '/healthz', forwarded)).headers['strict-transport-security']).toContain('max-age=31536000');
    const login = await trusted.post('/api/login', { password: PASSWORD }, forwarded);
    expect(login.headers.getSetCookie()[0]).toMatch(/^__Host-sid=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    await trusted.close();

    const untrusting = await serve({ trustedProxies: [] });
    expect((await raw(untrusting.url, 'GET', '/healthz', forwarded)).headers['strict-transport-security']).toBeUndefined();
    await untrusting.close();
  });
});
