import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../../../db/open.ts';
import type { Home, Trades } from '../../../mobile/contract/index.ts';
import { routes, type RouteDeps } from '../../../mobile/server/routes.ts';
import { beat, beginLedger, bookTrade, DAY, NOON } from './support/ledger.ts';
import { PASSWORD, PASSWORD_HASH, serve, type Served } from './support/serve.ts';

describe('the routes over a ledger', () => {
  let served: Served;
  let cookie: string;
  let monotonic = 0;

  beforeAll(async () => {
    served = await serve({}, { monotonic: () => monotonic });
    cookie = await served.signIn();
  });
  afterAll(() => served.close());

  it('show a system that never started, with empty lists, before there is a ledger', async () => {
    const home = (await (await served.get('/api/home', { cookie })).json()) as Home;
    expect(home.status).toMatchObject({ link: 'never-started', state: 'STOPPED', seq: 0 });
    expect(home.figures).toEqual([]);
    for (const path of ['/api/positions', '/api/trades', '/api/round-trips', '/api/decisions', '/api/alerts']) {
      const answer = await served.get(path, { cookie });
      expect([path, answer.status, ((await answer.json()) as { items: unknown[] }).items]).toEqual([path, 200, []]);
    }
    expect((await served.get('/api/positions/1', { cookie })).status).toBe(404);
  });

  it('open the ledger when it appears', async () => {
    const ledger = beginLedger(join(served.folder, 'trades.db'));
    bookTrade(ledger, 1);
    beat(ledger, served.clock.now - 1000);
    monotonic += 600;

    const home = (await (await served.get('/api/home', { cookie })).json()) as Home;
    expect(home.status).toMatchObject({ link: 'online', state: 'RUNNING', reason: null, cycle: 7, seq: 1 });
    expect(home.figures).toMatchObject([{ currency: 'USDT', mode: 'paper', todayRealised: '-64.2501', tradesToday: 1 }]);
    const trades = (await (await served.get('/api/trades', { cookie })).json()) as Trades;
    expect(trades.items).toMatchObject([{ side: 'BUY', quantity: '1', price: '64250.10', fee: '64.2501', net: '-64.2501', symbol: 'BTCUSDT' }]);
    expect(trades.summary).toMatchObject({ count: 1, totals: [{ currency: 'USDT', mode: 'paper', net: '-64.2501' }] });
    ledger.close();
  });
});

describe('the other read models', () => {
  let served: Served;
  let cookie: string;
  const CANARIES = ['canary-password-hash', 'canary-broker-key', 'canary-in-a-log-line'];

  beforeAll(async () => {
    served = await serve();
    const ledger = beginLedger(join(served.folder, 'trades.db'));
    ledger.transaction(() => {
      const trip = { number: 1, account: 'paper', bot: 'rsi', instrument: 'BINANCE:BTCUSDT', direction: 'long', openedAt: NOON, closedAt: null, closedDay: null, peakQuantity: 100_000n, entryNotionalE8: 64_250_10000000n, exitNotionalE8: 0n, grossE8: 0n, feesE8: 64_25010000n, adverseE8: 0n, favourableE8: 0n, entryReason: 'RSI 28.1 < 30', exitReason: null } as const;
      const roundTrip = ledger.recordRoundTrip(trip);
      bookTrade(ledger, 1, { roundTrip });
      ledger.recordPosition({ bot: 'rsi', instrument: 'BINANCE:BTCUSDT', account: 'paper', quantity: 100_000n, costE8: 64_250_10000000n, realisedE8: 0n, feesE8: 64_25010000n, stopPrice: 61_037_59n, targetPrice: null, roundTrip, openedAt: NOON, updatedAt: NOON });
      ledger.replaceLots('rsi', 'BINANCE:BTCUSDT', [{ number: 1, openedAt: NOON, quantity: 100_000n, price: 64_250_10n }]);
      ledger.recordPrice({ instrument: 'BINANCE:BTCUSDT', at: NOON, wallAt: NOON, price: 64_892_60n, day: DAY });
      for (let n = 0; n < 3; n += 1) {
        ledger.recordDecision({ at: NOON + n, bot: 'rsi', instrument: 'BINANCE:BTCUSDT', close: 64_250_10n, outcome: 'wait', reason: `RSI ${n}`, inputs: '{"rsi":41.2,"note":"x"}', rules: '[{"rule":"stale-data","verdict":"passed","text":null},{"rule":7}]', orders: '[]' });
      }
      ledger.recordAlert({ key: 'daily-loss:paper', severity: 'critical', bot: null, title: 'Daily loss limit', body: 'b', at: NOON });
      const item = { path: 'risk.stopLossPct', label: 'Stop loss', value: '5 %', source: 'file', brokerKey: CANARIES[1] };
      ledger.putSettings({ at: NOON, hash: 'h', body: JSON.stringify({ file: 's.json', passwordHash: CANARIES[0], groups: [{ id: 'risk', title: 'Risk', items: [item] }] }) });
    });
    beat(ledger, served.clock.now);
    ledger.close();
    await writeFile(join(served.folder, 'daemon.log'), `${JSON.stringify({ level: 'info', msg: 'm', apiKey: CANARIES[2] })}\n`);
    cookie = await served.signIn();
  });
  afterAll(() => served.close());

  const get = async (path: string): Promise<unknown> => {
    const answer = await served.get(path, { cookie });
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.json();
  };

  it('show a position with its lots, orders, stop and trades', async () => {
    expect(await get('/api/positions')).toMatchObject({
      items: [{ id: 1, quantity: '1', entry: '64250.10', current: '64892.60', profit: '642.5', profitPercent: 1, stop: '61037.59', target: null }],
      totals: [{ currency: 'USDT', mode: 'paper', positions: 1, cost: '64250.1', profit: '642.5' }],
    });
    expect(await get('/api/positions/1')).toMatchObject({
      position: { id: 1 }, entryReason: 'RSI 28.1 < 30', closedAt: null,
      lots: [{ number: 1, quantity: '1', price: '64250.10' }], trades: [{ id: 1, roundTrip: 1 }], orders: [{ id: 'o-1', status: 'FILLED' }],
    });
    expect((await served.get('/api/positions/2', { cookie })).status).toBe(404);
  });

  it('show bots and why they decided as they did, page by page', async () => {
    expect(await get('/api/bots')).toMatchObject([{ id: 'rsi', state: 'RUNNING', timeframe: '1m', openPositions: 1, totalNet: '578.2499' }]);
    expect(await get('/api/bots/rsi')).toMatchObject({ params: { period: 14 }, decisions: [{ reason: 'RSI 2' }, {}, {}] });
    expect((await served.get('/api/bots/none', { cookie })).status).toBe(404);
    const first = (await get('/api/decisions?limit=2')) as { items: { reason: string }[]; next: string };
    expect(first.items).toMatchObject([{ reason: 'RSI 2', inputs: { rsi: 41.2 }, rules: [{ rule: 'stale-data', verdict: 'passed', text: null }] }, { reason: 'RSI 1' }]);
    expect(await get(`/api/decisions?limit=2&cursor=${first.next}`)).toMatchObject({ items: [{ reason: 'RSI 0' }], next: null });
  });

  it('show alerts, health, equity, round trips and logs', async () => {
    expect(await get('/api/alerts')).toMatchObject({ items: [{ key: 'daily-loss:paper', severity: 'critical', count: 1, resolvedAt: null }] });
    expect(await get('/api/health')).toMatchObject({ checks: expect.arrayContaining([expect.objectContaining({ id: 'trader', state: 'ok' }), expect.objectContaining({ id: 'alerts', state: 'warning', value: '1' })]) as unknown });
    expect(await get('/api/equity?bot=rsi')).toMatchObject({ series: [{ bot: 'rsi', points: [] }] });
    expect(await get('/api/round-trips')).toEqual({ items: [], next: null });
    expect(await get('/api/logs')).toMatchObject({ lines: [{ message: 'm', fields: 'apiKey=[redacted]' }], truncated: false });
  });

  it('let no secret out, by any route', async () => {
    for (const route of routes({ reads: {} } as RouteDeps).filter((each) => each.method === 'GET' && each.path !== '/api/stream')) {
      const body = await (await served.get(route.path.replace('/api/bots/:id', '/api/bots/rsi').replace(':id', '1'), { cookie })).text();
      expect(body.length).toBeGreaterThan(0);
      for (const canary of [...CANARIES, PASSWORD_HASH, PASSWORD, cookie.slice(4, 47)]) expect([route.path, body.includes(canary)]).toEqual([route.path, false]);
    }
    for (const line of served.logged) expect(JSON.stringify(line)).not.toMatch(/correct horse|sid=/);
  });

  it('read through a connection that cannot write', () => {
    const db = openReader(join(served.folder, 'trades.db'));
    expect(() => db.exec('DELETE FROM trades')).toThrow(/readonly/);
    db.close();
  });
});

describe('a ledger that cannot be read', () => {
  it('is told as such, with the remedy and without its path', async () => {
    const served = await serve();
    await writeFile(join(served.folder, 'trades.db'), 'this is no database, but long enough to be looked at as one'.repeat(100));
    const cookie = await served.signIn();
    const home = (await (await served.get('/api/home', { cookie })).json()) as Home;
    expect(home.status.reason).toMatch(/^The ledger cannot be read: it is damaged or not a SQLite database/);
    const answer = await served.get('/api/trades', { cookie });
    const body = await answer.text();
    expect([answer.status, body.includes('ledger.unreadable'), body.includes(served.folder)]).toEqual([503, true, false]);
    await served.close();
  });

  it('is read anew when another takes its place', async () => {
    let monotonic = 0;
    const served = await serve({}, { monotonic: () => (monotonic += 1000) });
    const cookie = await served.signIn();
    const path = join(served.folder, 'trades.db');
    const count = async (): Promise<number> => ((await (await served.get('/api/trades', { cookie })).json()) as Trades).items.length;
    const first = beginLedger(path);
    bookTrade(first, 1);
    expect(await count()).toBe(1);
    first.close();
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(path + suffix, { force: true })));
    expect(await count()).toBe(0);
    const second = beginLedger(path);
    for (let n = 1; n <= 3; n += 1) bookTrade(second, n);
    expect(await count()).toBe(3);
    second.close();
    await served.close();
  });
});
