import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../../db/ledger.ts';
import type { PositionRow } from '../../../db/rows.ts';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import { ledgerWithNames, order, temporaryFolder, trade } from '../fixture.ts';

const E8 = 100_000_000n;
const HOUR = 3_600_000;
/** Noon of the second day in Kolkata (UTC+5:30), where the paper account has its days. */
const NOON = Date.UTC(2022, 0, 2, 6, 30);
const YESTERDAY = 20220101;
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
const paper = () => views.home.figures().find((figure) => figure.mode === 'paper');

/** Yesterday: bought ten at 100, ended at 110, fee 1. Today: five sold at 120 (gross 100, fee 2), the rest is worth 130 each. */
function twoDays(): void {
  ledger.recordTrade(
    trade({ day: YESTERDAY, at: NOON - 24 * HOUR, instrument: 'NSE:INFY', venueFillId: 'buy', feeE8: 1n * E8, notionalE8: 1000n * E8 }),
  );
  ledger.recordEquity({
    bot: 'alpha',
    at: NOON - 20 * HOUR,
    day: YESTERDAY,
    equityE8: 50_099n * E8,
    unrealisedE8: 100n * E8,
    realisedE8: 0n,
    feesE8: 1n * E8,
  });
  ledger.recordEquity({
    bot: 'alpha',
    at: NOON - 2 * HOUR,
    day: TODAY,
    equityE8: 50_049n * E8,
    unrealisedE8: 50n * E8,
    realisedE8: 0n,
    feesE8: 1n * E8,
  });
  ledger.recordTrade(
    trade({
      day: TODAY,
      at: NOON - HOUR,
      instrument: 'NSE:INFY',
      venueFillId: 'sell',
      side: 'SELL',
      feeE8: 2n * E8,
      grossE8: 100n * E8,
      notionalE8: 600n * E8,
      source: 'MANUAL',
    }),
  );
  ledger.recordPosition(position({ quantity: 5n, costE8: 500n * E8, realisedE8: 100n * E8, feesE8: 3n * E8 }));
  ledger.recordEquity({
    bot: 'alpha',
    at: NOON - HOUR,
    day: TODAY,
    equityE8: 50_197n * E8,
    unrealisedE8: 100n * E8,
    realisedE8: 100n * E8,
    feesE8: 3n * E8,
  });
  ledger.recordPrice(price('NSE:INFY', 13_000n));
}

describe('home figures', () => {
  it('tell the day apart from the life, and the realised from the open', () => {
    twoDays();

    expect(paper()).toMatchObject({
      currency: 'USDT',
      day: TODAY,
      todayRealisedE8: 98n * E8,
      todayOpenE8: 50n * E8,
      todayNetE8: 148n * E8,
      openProfitE8: 150n * E8,
      capitalE8: 100_000n * E8,
      startEquityE8: 100_099n * E8,
      equityE8: 100_247n * E8,
      capitalUsedE8: 500n * E8,
      activePositions: 1,
      tradesToday: 1,
      tradesTodayManual: 1,
    });
  });

  it('gain in a day what the worth has grown by since it began', () => {
    twoDays();
    const figure = paper();

    expect(figure?.todayNetE8).toBe((figure?.equityE8 ?? 0n) - (figure?.startEquityE8 ?? 0n));
  });

  it('draw a curve of today alone, against zero, that ends where the figure stands', () => {
    twoDays();

    expect(paper()?.curve).toEqual([
      { at: NOON - 2 * HOUR, valueE8: -50n * E8 },
      { at: NOON - HOUR, valueE8: 98n * E8 },
      { at: NOON, valueE8: 148n * E8 },
    ]);
  });

  it('add bots up in the curve, each with its last known worth', () => {
    const step = { day: TODAY, equityE8: 0n, realisedE8: 0n, feesE8: 0n };
    ledger.recordEquity({ ...step, bot: 'alpha', at: NOON, unrealisedE8: 10n });
    ledger.recordEquity({ ...step, bot: 'beta', at: NOON + 60_000, unrealisedE8: 5n });
    ledger.recordEquity({ ...step, bot: 'alpha', at: NOON + 120_000, unrealisedE8: 20n });
    ledger.recordEquity({ ...step, bot: 'beta', at: NOON + 120_000, unrealisedE8: 1n });

    expect(paper()?.curve.map((point) => point.valueE8)).toEqual([]);
    ledger.recordPrice(price('NSE:INFY', 1n));
    expect(paper()?.curve.map((point) => point.valueE8)).toEqual([10n, 15n, 0n]);
  });

  it('go on with the curve as steps are added and the last one changes, and begin it anew with the day', () => {
    const step = { bot: 'alpha', equityE8: 0n, realisedE8: 0n, feesE8: 0n };
    const drawn = (): readonly bigint[] => (paper()?.curve ?? []).map((point) => point.valueE8);
    ledger.recordEquity({ ...step, day: TODAY, at: NOON, unrealisedE8: 10n });
    ledger.recordEquity({ ...step, day: TODAY, at: NOON + 60_000, unrealisedE8: 20n });
    ledger.recordPrice(price('NSE:INFY', 1n, NOON + HOUR));
    expect(drawn()).toEqual([10n, 20n, 0n]);

    ledger.recordEquity({ ...step, day: TODAY, at: NOON + 61_000, unrealisedE8: 25n });
    ledger.recordEquity({ ...step, day: TODAY, at: NOON + 120_000, unrealisedE8: 30n });
    expect(drawn()).toEqual([10n, 25n, 30n, 0n]);

    ledger.recordEquity({ ...step, day: 20220103, at: NOON + 24 * HOUR, unrealisedE8: 37n });
    ledger.recordPrice(price('NSE:INFY', 1n, NOON + 25 * HOUR));
    expect(drawn()).toEqual([7n, -30n]);
  });

  it('never add paper to live', () => {
    twoDays();
    ledger.recordTrade(trade({ day: TODAY, at: NOON, account: 'real', bot: 'gamma', venueFillId: 'live', grossE8: 7n * E8, feeE8: 0n }));

    expect(views.home.figures().map(({ mode, todayRealisedE8 }) => ({ mode, todayRealisedE8 }))).toEqual([
      { mode: 'live', todayRealisedE8: 7n * E8 },
      { mode: 'paper', todayRealisedE8: 98n * E8 },
    ]);
  });

  it('begin a new day at midnight of the account, not of the machine', () => {
    twoDays();
    // 18:31 UTC is past midnight in Kolkata, and the same day still in the zone of the live account.
    ledger.recordPrice(price('NSE:INFY', 13_000n, Date.UTC(2022, 0, 2, 18, 31)));

    expect(paper()).toMatchObject({ day: 20220103, tradesToday: 0, todayRealisedE8: 0n, todayOpenE8: 50n * E8 });
    expect(views.home.figures().find((figure) => figure.mode === 'live')?.day).toBe(TODAY);
  });

  it('still speak of the day a bar ran in when it closes at midnight, until the next day has a price', () => {
    const midnight = Date.UTC(2022, 0, 2, 18, 30); // in Kolkata
    ledger.recordPrice({ ...price('NSE:INFY', 13_000n, midnight), day: TODAY });
    expect(paper()?.day).toBe(TODAY);

    ledger.recordPrice({ ...price('NSE:INFY', 13_100n, midnight), day: 20220103 });
    expect(paper()?.day).toBe(20220103);
  });

  it('count wins of today only', () => {
    const trip = {
      account: 'paper',
      bot: 'alpha',
      instrument: 'NSE:INFY',
      direction: 'long' as const,
      openedAt: 1,
      closedAt: NOON,
      peakQuantity: 1n,
      entryNotionalE8: 1n,
      exitNotionalE8: 1n,
      feesE8: 0n,
      adverseE8: 0n,
      favourableE8: 0n,
      entryReason: '',
      exitReason: '',
    };
    ledger.recordRoundTrip({ ...trip, number: 1, closedDay: YESTERDAY, grossE8: 5n });
    ledger.recordRoundTrip({ ...trip, number: 2, closedDay: TODAY, grossE8: 5n });
    ledger.recordRoundTrip({ ...trip, number: 3, closedDay: TODAY, grossE8: -5n });
    ledger.recordRoundTrip({ ...trip, number: 4, closedDay: TODAY, grossE8: 0n });
    ledger.recordPrice(price('NSE:INFY', 1n));

    expect(paper()).toMatchObject({ closedToday: 3, winsToday: 1, lossesToday: 1 });
  });

  it('stand at the capital on a ledger where nothing has happened yet', () => {
    expect(paper()).toMatchObject({
      day: 20220101,
      todayNetE8: 0n,
      equityE8: 100_000n * E8,
      startEquityE8: 100_000n * E8,
      activePositions: 0,
      curve: [],
    });
  });
});

describe('bots', () => {
  it('each have their own day, life and open result', () => {
    twoDays();
    const [alpha, beta] = views.bots.all();

    expect(alpha).toMatchObject({
      id: 'alpha',
      mode: 'paper',
      todayNetE8: 148n * E8,
      totalNetE8: 247n * E8,
      equityE8: 50_247n * E8,
      openPositions: 1,
      instruments: expect.arrayContaining(['NSE:INFY']),
    });
    expect(beta).toMatchObject({ id: 'beta', todayNetE8: 0n, totalNetE8: 0n, equityE8: 50_000n * E8, openPositions: 0 });
    expect(views.bots.one('gamma')?.mode).toBe('live');
    expect(views.bots.one('nobody')).toBeNull();
  });

  it('stay in sight when they leave the settings', () => {
    ledger.keepBots(['beta']);

    expect(views.bots.all().map(({ id, active }) => ({ id, active }))).toEqual([
      { id: 'alpha', active: false },
      { id: 'beta', active: true },
      { id: 'gamma', active: false },
    ]);
  });
});
