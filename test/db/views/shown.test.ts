import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../../db/ledger.ts';
import { bookOrder } from '../../../db/views/book-order.ts';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import { ledgerWithNames, order, temporaryFolder, trade } from '../fixture.ts';

const E8 = 100_000_000n;
const NOON = Date.UTC(2022, 0, 2, 6, 30);
const TODAY = 20220102;
const TRIP = {
  ...{ number: 1, account: 'paper', bot: 'alpha', instrument: 'NSE:INFY', direction: 'long' as const, openedAt: NOON, closedAt: null, closedDay: null },
  ...{ peakQuantity: 100n, entryNotionalE8: 1000n * E8, exitNotionalE8: 0n, grossE8: 0n, feesE8: 1n * E8, adverseE8: 0n, favourableE8: 0n },
  ...{ entryReason: 'RSI 20 ≤ 35', exitReason: null },
};

let folder: ReturnType<typeof temporaryFolder>;
let ledger: LedgerWriter;
let views: Views;
beforeEach(() => {
  folder = temporaryFolder();
  ledger = ledgerWithNames(join(folder.path, 'trades.db'));
  ledger.recordOrder(order(), { at: 1, event: 'placed', fromStatus: null });
  views = openViews(join(folder.path, 'trades.db'));
});
afterEach(() => {
  views.close();
  ledger.close();
  folder.remove();
});

describe('an execution', () => {
  it('tells the net of its whole round trip where it closed it, and only there', () => {
    const roundTrip = ledger.recordRoundTrip(TRIP);
    const steps = [
      { side: 'BUY' as const, positionAfter: 100n, grossE8: 0n },
      { side: 'SELL' as const, positionAfter: 40n, quantity: 60n, grossE8: 2n * E8 },
      // Turns the position around: the trip it names ends with it.
      { side: 'SELL' as const, positionAfter: -60n, quantity: 100n, grossE8: 1n * E8 },
    ];
    steps.forEach((step, index) => ledger.recordTrade(trade({ quantity: 100n, ...step, instrument: 'NSE:INFY', venueFillId: `f${index}`, roundTrip })));
    const nets = () => views.trades.ofRoundTrip(roundTrip, 9).map((item) => item.roundTripNetE8);

    expect(nets()).toEqual([null, null, null]);
    ledger.recordRoundTrip({ ...TRIP, closedAt: NOON, closedDay: TODAY, grossE8: 3n * E8, feesE8: 4n * E8, exitReason: 'stop' });

    expect(nets()).toEqual([-1n * E8, null, null]);
    expect(views.trades.page({}, null, 9).items[0]?.roundTripNetE8).toBe(-1n * E8);
  });
});

describe('the market time of the heartbeat', () => {
  it('is that of the newest step, at which the figures end, not of the beat before it', () => {
    ledger.beat({ run: 1, pid: 1, startedAt: NOON, at: NOON, marketAt: NOON, cycle: 7, state: 'RUNNING', reason: null, feedHeardAt: NOON, loopLagMs: 1 });
    ledger.recordPrice({ instrument: 'NSE:INFY', at: NOON + 300_000, wallAt: NOON, price: 11_000n, day: TODAY });

    expect(views.health.heartbeat()?.marketAt).toBe(NOON + 300_000);
    expect(views.home.figures()[0]?.curve.at(-1)?.at).toBe(views.health.heartbeat()?.marketAt);
  });
});

describe('the order of books', () => {
  const book = (currency: string, mode: 'live' | 'paper') => ({ currency, mode, simulated: false });

  it('puts the currency of the settings first, then goes by name, live before paper', () => {
    const books = [book('INR', 'paper'), book('USDT', 'paper'), book('EUR', 'paper'), book('USDT', 'live')];

    expect(books.toSorted(bookOrder('USDT')).map((one) => `${one.currency} ${one.mode}`)).toEqual(['USDT live', 'USDT paper', 'EUR paper', 'INR paper']);
    expect(books.toSorted(bookOrder(null)).map((one) => one.currency)).toEqual(['EUR', 'INR', 'USDT', 'USDT']);
  });

  it('follows the settings in force, and bears those that name none', () => {
    const body = (value: string) => JSON.stringify({ groups: [{ id: 'general', items: [{ path: 'name', value: 'x' }, { path: 'currency', value }] }] });
    expect(views.positions.firstCurrency()).toBeNull();
    ledger.putSettings({ at: 1, hash: 'a', body: body('USDT') });
    expect(views.positions.firstCurrency()).toBe('USDT');
    ledger.putSettings({ at: 2, hash: 'b', body: body('INR') });
    expect(views.positions.firstCurrency()).toBe('INR');
    ledger.putSettings({ at: 3, hash: 'c', body: 'broken' });
    expect(views.positions.firstCurrency()).toBeNull();
  });
});
