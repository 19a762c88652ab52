import { appendFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../mobile/server/auth/sessions.ts';
import { STREAM_LIMITS, streamSet } from '../../../mobile/server/live/stream-set.ts';
import { beginLedger, bookTrade } from './support/ledger.ts';
import { listenTo, type Listener } from './support/listen.ts';
import { serve, type Served } from './support/serve.ts';

describe('the stream', () => {
  let served: Served;
  afterEach(() => served.close());

  it('is an event stream that no proxy holds back, and begins with a snapshot', async () => {
    served = await serve();
    const phone = await listenTo(served.url, await served.signIn());
    expect(phone.status).toBe(200);
    expect(phone.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' });
    expect((await phone.until(() => true)).message.type).toBe('snapshot');
    phone.cut();
  });

  it('loses no trade and tells none twice, however often the phone is cut off', async () => {
    // Each question for the time finds it 100 ms later, so that no second is long enough for a burst.
    let monotonic = 0;
    served = await serve({}, { monotonic: () => (monotonic += 100) });
    const ledger = beginLedger(join(served.folder, 'trades.db'));
    const cookie = await served.signIn();
    const random = lehmer(7);
    const seen: number[] = [];
    let last: number | null = null;
    let booked = 0;
    let phone: Listener = await listenTo(served.url, cookie);
    await phone.until(({ message }) => message.type === 'snapshot');
    const hangUp = (): void => {
      phone.cut();
      for (const { id, message } of phone.heard) {
        last = id ?? last;
        if (message.type === 'trade_executed') seen.push(message.data.id);
      }
    };
    for (let round = 0; round < 25; round += 1) {
      const count = 1 + (random() % 8);
      for (let n = 0; n < count; n += 1) bookTrade(ledger, (booked += 1));
      // Sometimes the phone hears them all, sometimes it is cut before, in between or while nobody listens.
      if (random() % 3 === 0) await phone.until(({ id }) => id === booked);
      if (random() % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      hangUp();
      if (random() % 2 === 0) bookTrade(ledger, (booked += 1));
      phone = await listenTo(served.url, cookie, last);
    }
    bookTrade(ledger, (booked += 1));
    await phone.until(({ id }) => id === booked);
    hangUp();
    expect(seen).toEqual(Array.from({ length: booked }, (_, n) => n + 1));
    ledger.close();
  });

  it('tells new lines of the log, redacted', async () => {
    served = await serve();
    const log = join(served.folder, 'daemon.log');
    await appendFile(log, '{"level":"info","msg":"old"}\n');
    const phone = await listenTo(served.url, await served.signIn());
    await phone.until(() => true);
    // Its first look marks the end of the file; a line may come before that look, so lines come until one is heard.
    const more = setInterval(() => void appendFile(log, '{"level":"warn","name":"trader","msg":"new","password":"hunter2"}\n'), 50);
    const { message } = await phone.until((heard) => heard.message.type === 'log');
    clearInterval(more);
    expect(JSON.stringify(message)).toContain('"fields":"password=[redacted]"');
    expect(JSON.stringify(message)).not.toMatch(/hunter2|old/);
    phone.cut();
  });

  it('ends with its session, and not with another', async () => {
    served = await serve();
    const [mine, other] = [await served.signIn(), await served.signIn()];
    const [phone, tablet] = [await listenTo(served.url, mine), await listenTo(served.url, other)];
    await served.post('/api/logout', {}, { cookie: mine });
    expect(await phone.ended).toBe(true);
    let isOver = false;
    void tablet.ended.then(() => (isOver = true));
    expect((await served.get('/api/home', { cookie: other })).status).toBe(200);
    expect(isOver).toBe(false);
    served.dashboard.setPasswordHash('$2b$12$abcdefghijklmnopqrstuuBpX3rGvm4AzZ1d0xJZzJ3Yx8n6rQ0eW');
    await tablet.ended;
  });

  it('is open five times for one session and fifty times in all', async () => {
    served = await serve({ trustedProxies: ['127.0.0.1'] });
    const cookie = await served.signIn();
    const phones = await Promise.all(Array.from({ length: 5 }, () => listenTo(served.url, cookie)));
    expect((await served.get('/api/stream', { cookie })).status).toBe(503);
    phones[0]?.cut();
    await phones[0]?.ended;
    for (;;) {
      const again = await listenTo(served.url, cookie);
      phones.push(again);
      // The server may hear of the cut a moment later than we do.
      if (again.status === 200) break;
    }
    phones.forEach((phone) => phone.cut());
  });

  it('is refused to a stranger and to a malformed place', async () => {
    served = await serve();
    expect((await listenTo(served.url, 'sid=x')).status).toBe(401);
    expect((await served.get('/api/stream?lastEventId=abc', { cookie: await served.signIn() })).status).toBe(400);
  });

  it('is ended, not broken off, when the dashboard stops', async () => {
    served = await serve();
    const phone = await listenTo(served.url, await served.signIn());
    const closed = served.dashboard.close();
    expect(await phone.ended).toBe(true);
    await closed;
    served = await serve();
  });
});

describe('the set of streams', () => {
  const session = (): Session => ({ idHash: 'h', keep: false, expiresAt: 0, touchedAt: 0, cookieAt: 0 });
  class Response extends EventEmitter {
    readonly written: string[] = [];
    isDestroyed = false;
    readonly writableLength: number;

    constructor(writableLength: number) {
      super();
      this.writableLength = writableLength;
    }
    writeHead(): void {}
    write(bytes: Buffer): void {
      this.written.push(bytes.toString());
    }
    destroy(): void {
      this.isDestroyed = true;
      this.emit('close');
    }
  }
  const response = (writableLength: number): Response => new Response(writableLength);

  it('drops a reader that lags a megabyte behind, and only that one', () => {
    const streams = streamSet(() => undefined, () => true);
    const [slow, quick] = [response(STREAM_LIMITS.bufferedBytes + 1), response(10)];
    for (const outgoing of [slow, quick]) streams.add(outgoing as unknown as ServerResponse, session());
    streams.broadcast(Buffer.from('message'));
    expect([slow.isDestroyed, quick.isDestroyed, streams.size]).toEqual([true, false, 1]);
    expect(quick.written.at(-1)).toBe('message');
    expect(slow.written).not.toContain('message');
    quick.destroy();
  });

  it('takes fifty and no more', () => {
    const streams = streamSet(() => undefined, () => true);
    const all = Array.from({ length: STREAM_LIMITS.inAll }, () => response(0));
    for (const outgoing of all) streams.add(outgoing as unknown as ServerResponse, session());
    expect(() => streams.add(response(0) as unknown as ServerResponse, session())).toThrow('Too many live streams');
    all.forEach((outgoing) => outgoing.destroy());
    expect(streams.size).toBe(0);
  });
});

/** The minimal standard generator of Park and Miller: the same sequence on every machine. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647);
}
