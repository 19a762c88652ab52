import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import type { Home, Trades } from '../../../mobile/contract/index.ts';
import { beat, beginLedger, bookTrade } from './support/ledger.ts';
import { serve, type Served } from './support/serve.ts';

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
