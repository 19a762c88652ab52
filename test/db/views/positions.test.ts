import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../../db/ledger.ts';
import type { PositionRow } from '../../../db/rows.ts';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import { positionTotals } from '../../../db/views/positions.ts';
import { ledgerWithNames, order, temporaryFolder, trade } from '../fixture.ts';

const E8 = 100_000_000n;
const HOUR = 3_600_000;
/** Noon of the second day in Kolkata (UTC+5:30), where the paper account has its days. */
const NOON = Date.UTC(2022, 0, 2, 6, 30);
const TODAY = 20220102;

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

const position = (over: Partial<PositionRow>): PositionRow => ({
  bot: 'alpha',
  instrument: 'NSE:INFY',
  account: 'paper',
  quantity: 10n,
  costE8: 1000n * E8,
  realisedE8: 0n,
  feesE8: 0n,
  stopPrice: 9_000n,
  targetPrice: null,
  roundTrip: null,
  openedAt: NOON - 24 * HOUR,
  updatedAt: NOON,
  ...over,
});
const price = (instrument: string, scaled: bigint, at = NOON) => ({ instrument, at, wallAt: at + 7, price: scaled, day: TODAY });

describe('open positions', () => {
  it('are marked at the last price, long and short, and summed book by book', () => {
    ledger.recordPosition(position({ quantity: 10n, costE8: 1000n * E8 }));
    ledger.recordPosition(position({ bot: 'beta', quantity: -10n, costE8: 1000n * E8 }));
    ledger.recordPosition(position({ bot: 'gamma', account: 'real', quantity: 3n, costE8: 300n * E8 }));
    ledger.recordPosition(position({ bot: 'beta', instrument: 'BINANCE:BTCUSDT', quantity: 0n, costE8: 0n }));
    ledger.recordPrice(price('NSE:INFY', 11_000n));
    const open = views.positions.open();

    expect(
      open.map(({ bot, direction, quantity, entryPrice, valueE8, unrealisedE8 }) => ({
        bot,
        direction,
        quantity,
        entryPrice,
        valueE8,
        unrealisedE8,
      })),
    ).toEqual([
      { bot: 'alpha', direction: 'long', quantity: 10n, entryPrice: 10_000n, valueE8: 1100n * E8, unrealisedE8: 100n * E8 },
      { bot: 'beta', direction: 'short', quantity: 10n, entryPrice: 10_000n, valueE8: 1100n * E8, unrealisedE8: -100n * E8 },
      { bot: 'gamma', direction: 'long', quantity: 3n, entryPrice: 10_000n, valueE8: 330n * E8, unrealisedE8: 30n * E8 },
    ]);
    expect(open[0]).toMatchObject({
      priceAt: NOON,
      priceHeardAt: NOON + 7,
      stopPrice: 9_000n,
      targetPrice: null,
      symbol: 'INFY',
      exchange: 'NSE',
    });
    expect(positionTotals(open)).toEqual([
      { currency: 'USDT', mode: 'live', simulated: false, positions: 1, costE8: 300n * E8, valueE8: 330n * E8, unrealisedE8: 30n * E8 },
      { currency: 'USDT', mode: 'paper', simulated: false, positions: 2, costE8: 2000n * E8, valueE8: 2200n * E8, unrealisedE8: 0n },
    ]);
  });

  it('claim no worth while there is no price', () => {
    ledger.recordPosition(position({}));

    expect(views.positions.open()[0]).toMatchObject({ price: null, valueE8: null, unrealisedE8: null, priceAt: null });
  });
});

describe('position page', () => {
  it('keeps its address after the close, with its trades and orders and without lots', () => {
    const trip = {
      number: 1,
      account: 'paper',
      bot: 'alpha',
      instrument: 'NSE:INFY',
      direction: 'long' as const,
      openedAt: NOON,
      closedAt: null,
      closedDay: null,
      peakQuantity: 10n,
      entryNotionalE8: 1000n * E8,
      exitNotionalE8: 0n,
      grossE8: 0n,
      feesE8: 1n,
      adverseE8: 0n,
      favourableE8: 0n,
      entryReason: 'RSI 20 ≤ 35',
      exitReason: null,
    };
    const id = ledger.recordRoundTrip(trip);
    for (const [clientId, createdAt] of [
      ['before', NOON - HOUR],
      ['entry', NOON - 60_000],
      ['stop', NOON],
      ['later', NOON + 3 * HOUR],
    ] as const) {
      ledger.recordOrder(order({ clientId, createdAt, instrument: 'NSE:INFY', slot: clientId }), {
        at: createdAt,
        event: 'placed',
        fromStatus: null,
      });
    }
    ledger.recordTrade(trade({ clientId: 'entry', instrument: 'NSE:INFY', roundTrip: id, at: NOON, source: 'MANUAL' }));
    ledger.recordPosition(position({ roundTrip: id, openedAt: NOON }));
    ledger.replaceLots('alpha', 'NSE:INFY', [{ number: 1, openedAt: NOON, quantity: 10n, price: 10_000n }]);

    expect(views.positionPage(id)).toMatchObject({
      position: { id, source: 'MANUAL' },
      lots: [{ number: 1, quantity: 10n }],
      orders: [{ id: 'later' }, { id: 'stop' }, { id: 'entry' }],
      trades: [{ order: 'entry' }],
    });

    ledger.recordRoundTrip({ ...trip, closedAt: NOON + HOUR, closedDay: TODAY, grossE8: 50n });
    ledger.recordPosition(position({ quantity: 0n, costE8: 0n }));

    expect(views.positionPage(id)).toMatchObject({
      position: null,
      roundTrip: { netE8: 49n, entryReason: 'RSI 20 ≤ 35' },
      lots: [],
      orders: [{ id: 'stop' }, { id: 'entry' }],
      trades: [{ order: 'entry' }],
    });
    expect(views.positionPage(id + 1)).toBeNull();
  });
});
