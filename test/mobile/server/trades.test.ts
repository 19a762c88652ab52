import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../../db/ledger-writer.ts';
import type { ErrorBody, Trades } from '../../../mobile/contract/index.ts';
import { CSV_HEADER } from '../../../db/views/trades-csv.ts';
import type { DashboardEnv } from '../../../mobile/server/environment.ts';
import type { DashboardLog } from '../../../mobile/server/log.ts';
import type { Reads } from '../../../mobile/server/reads.ts';
import { csvName, tradesCsv } from '../../../mobile/server/routes/trades-csv.ts';
import { bookTrade, beginLedger, NOON } from './support/ledger.ts';
import { serve, type Served } from './support/serve.ts';

const XSS = '<img src=x onerror=alert(1)>';

describe('the trades', () => {
  let served: Served;
  let ledger: LedgerWriter;
  let cookie: string;

  beforeAll(async () => {
    served = await serve();
    ledger = beginLedger(join(served.folder, 'trades.db'));
    for (let n = 1; n <= 25; n += 1) bookTrade(ledger, n, { reason: XSS, symbol: n % 5 === 0 ? 'ETHUSDT' : 'BTCUSDT' });
    cookie = await served.signIn();
  });
  afterAll(async () => {
    ledger.close();
    await served.close();
  });

  const page = async (query: string): Promise<Trades> => (await (await served.get(`/api/trades?${query}`, { cookie })).json()) as Trades;
  const ids = (trades: Trades): number[] => trades.items.map((trade) => trade.id);

  it('come in pages that cover each of them once, with sums on the first only', async () => {
    const first = await page('limit=10');
    expect(ids(first)).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
    expect(first).toMatchObject({ total: 25, summary: { count: 25 }, days: [{ day: '2026-11-21', totals: [{ trades: 25 }] }] });
    const second = await page(`limit=10&cursor=${first.next ?? ''}`);
    expect(second).toMatchObject({ total: null, summary: null });
    const third = await page(`limit=10&cursor=${second.next ?? ''}`);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
    expect(third.next).toBeNull();
  });

  it('are filtered by time, symbol, side, source, bot and mode', async () => {
    expect(ids(await page('symbol=ETHUSDT'))).toEqual([25, 20, 15, 10, 5]);
    expect(ids(await page('symbol=BINANCE:ETHUSDT&side=BUY'))).toEqual([25, 15, 5]);
    expect(ids(await page('source=MANUAL'))).toEqual([]);
    expect(ids(await page('bot=rsi&mode=paper&limit=1'))).toEqual([25]);
    expect(ids(await page('mode=live'))).toEqual([]);
    expect(ids(await page(`from=${new Date(NOON + 24_000).toISOString()}`))).toEqual([25, 24]);
    expect(ids(await page(`to=${new Date(NOON + 3000).toISOString()}`))).toEqual([2, 1]);
    expect((await page('from=2026-11-21&to=2026-11-21')).summary?.count).toBe(25);
    expect((await page('from=2026-11-22')).summary?.count).toBe(0);
  });

  it('refuse a value that is not valid, and say what would be', async () => {
    const bad = ['from=yesterday', 'from=2026-02-30', 'to=2026-11-21T10:00', 'side=LONG', 'source=bot', 'mode=both', 'limit=0', 'limit=501', 'limit=1e2', 'cursor=1;DROP', 'symbol=%3Cscript%3E', `bot=${'b'.repeat(101)}`];
    for (const query of bad) {
      const answer = await served.get(`/api/trades?${query}`, { cookie });
      const { error } = (await answer.json()) as ErrorBody;
      expect([query, answer.status, error.code]).toEqual([query, 400, 'query.invalid']);
      expect(error.message).toMatch(/^\w+: expected .+, was ".+"\.$/);
      expect(error.remedy).not.toBe('');
    }
    expect((await served.get('/api/logs?lines=1001', { cookie })).status).toBe(400);
    expect((await served.get(`/api/logs?q=${'q'.repeat(101)}`, { cookie })).status).toBe(400);
    expect((await served.get('/api/logs?level=loud', { cookie })).status).toBe(400);
    expect((await served.get('/api/positions/1%20OR%201', { cookie })).status).toBe(404);
  });

  it('pass a script through as the text it is', async () => {
    const answer = await served.get('/api/trades?limit=1', { cookie });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(((await answer.json()) as Trades).items[0]?.reason).toBe(XSS);
  });

  it('are exported as CSV under the same filter, named after it', async () => {
    const answer = await served.get('/api/trades.csv?symbol=ETHUSDT&from=2026-11-01', { cookie });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="trades_2026-11-01_ETHUSDT.csv"');
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toMatch(/^time,day,account/);
    expect(lines.slice(1, -1).map((line) => line.split(',').at(-1))).toEqual(['25', '20', '15', '10', '5']);
    expect((await served.get('/api/trades.csv?side=x', { cookie })).status).toBe(400);
  });

  it('are exported under a name that cannot leave the header', () => {
    expect(csvName({ symbol: 'M&M/../"x"\r\nSet-Cookie: a' })).toBe('trades_M-M-x-Set-Cookie-a.csv');
    expect(csvName({})).toBe('trades.csv');
  });
});

describe('a large export', () => {
  it('makes a page only when the reader asks for more, and none after it has gone', async () => {
    let made = 0;
    const page = () => ({ bytes: Buffer.from(`line ${(made += 1)}\r\n`), last: { at: 0, id: made } });
    const shown = { ledger: () => ({ tradesCsv: { page } }) } as unknown as Reads;
    const app = new Hono<DashboardEnv>().get('/', (c) => tradesCsv(c, shown, { info: () => undefined } as unknown as DashboardLog));
    const answer = await app.request('/', {}, { client: { address: '127.0.0.1' } });
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(CSV_HEADER);
    expect(made).toBe(0);
    for (let n = 1; n <= 5; n += 1) {
      expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(`line ${n}\r\n`);
      expect(made).toBe(n);
    }
    await reader?.cancel();
    await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBe(5);
  });

  it('goes on for a slow reader while others are answered, and bears one that leaves', async () => {
    const served = await serve();
    const ledger = beginLedger(join(served.folder, 'trades.db'));
    ledger.transaction(() => {
      for (let n = 1; n <= 10_000; n += 1) bookTrade(ledger, n, { reason: 'r'.repeat(2000) });
    });
    const cookie = await served.signIn();
    const ask = async (): Promise<Socket> => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
      socket.write(`GET /api/trades.csv HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
      await new Promise((resolve) => socket.once('readable', resolve));
      return socket;
    };
    const slow = await ask();
    expect((await served.get('/api/home', { cookie })).status).toBe(200);
    expect(slow.bytesRead).toBeLessThan(10_000_000);
    let received = 0;
    for await (const chunk of slow) received += (chunk as Buffer).length;
    expect(received).toBeGreaterThan(20_000_000);

    (await ask()).destroy();
    expect((await served.get('/api/home', { cookie })).status).toBe(200);
    expect(served.logged.filter((line) => line.level === 'error')).toEqual([]);
    ledger.close();
    await served.close();
  });
});
