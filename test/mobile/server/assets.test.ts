import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepts } from '../../../mobile/server/assets/accepts.ts';
import { raw } from './support/raw.ts';
import { serve, type Served } from './support/serve.ts';

describe('the files of the app', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  });
  afterAll(() => served.close());

  it('are open to strangers, so that the app can be installed before signing in', async () => {
    for (const path of ['/', '/sw.js', '/app.webmanifest', '/assets/main-abc.js', '/index.html']) {
      expect([path, (await raw(served.url, 'GET', path)).status]).toEqual([path, 200]);
    }
  });

  it('are kept for ever where their name changes with them, and asked for again where not', async () => {
    expect((await raw(served.url, 'GET', '/assets/main-abc.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const path of ['/', '/index.html', '/sw.js', '/app.webmanifest', '/trades']) {
      expect([path, (await raw(served.url, 'GET', path)).headers['cache-control']]).toEqual([path, 'no-cache']);
    }
  });

  it('come in the smallest encoding the browser takes', async () => {
    const get = async (encoding: string) => {
      const { headers, body } = await raw(served.url, 'GET', '/assets/main-abc.js', { 'accept-encoding': encoding });
      return [headers['content-encoding'], body, headers['vary'], headers['content-type']];
    };
    const type = 'text/javascript; charset=utf-8';
    expect(await get('gzip, deflate, br')).toEqual(['br', 'BR', 'Accept-Encoding', type]);
    expect(await get('gzip, br;q=0')).toEqual(['gzip', 'GZ', 'Accept-Encoding', type]);
    expect(await get('identity')).toEqual([undefined, 'console.log(1)', 'Accept-Encoding', type]);
    expect(accepts('BR;q=1.0', 'br')).toBe(true);
    expect(accepts('brotli', 'br')).toBe(false);
    expect(accepts('br;q=0.000', 'br')).toBe(false);
    expect(accepts(undefined, 'gzip')).toBe(false);
  });

  it('are not sent again to who has them, in that encoding', async () => {
    const first = await raw(served.url, 'GET', '/assets/main-abc.js', { 'accept-encoding': 'br' });
    const etag = String(first.headers['etag']);
    const again = await raw(served.url, 'GET', '/assets/main-abc.js', { 'accept-encoding': 'br', 'if-none-match': `"other", W/${etag}` });
    expect([again.status, again.body, again.headers['etag']]).toEqual([304, '', etag]);
    expect((await raw(served.url, 'GET', '/assets/main-abc.js', { 'if-none-match': etag })).status).toBe(200);
  });

  it('give the shell for every page of the app, and for nothing that looks like a file', async () => {
    for (const path of ['/trades', '/positions/17', '/?src=pwa', '/bots/rsi-btc']) {
      expect([path, (await raw(served.url, 'GET', path)).body]).toEqual([path, '<!doctype html><title>shell</title>']);
    }
    for (const path of ['/trades.db', '/assets/gone.js', '/favicon.ico', '/assets', '/api/x', '/ws/x', '/a//b', '/main-abc.js.map', '/assets/main-abc.js.br']) {
      expect([path, (await raw(served.url, 'GET', path)).status]).toEqual([path, 401]);
    }
  });

  it('answer HEAD with the same headers and nothing else', async () => {
    const head = await raw(served.url, 'HEAD', '/assets/main-abc.js');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '14']);
  });

  it('say how to build the app where there is none', async () => {
    const bare = await serve({}, { appFolder: '/nonexistent' });
    const answer = await raw(bare.url, 'GET', '/');
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('npm run build');
    await bare.close();
  });
});
