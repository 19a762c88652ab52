import type { Fact } from '../../../../daemon/core/model/fact.ts';
import type { Trade } from '../../../../daemon/core/model/fill.ts';
import { accountId, botId, clientOrderIdOf, instrumentId } from '../../../../daemon/core/model/ids.ts';
import { type Day, instant } from '../../../../daemon/core/model/instant.ts';
import { money, price, quantity } from '../../../../daemon/core/model/money.ts';
import type { Order } from '../../../../daemon/core/model/order.ts';
import type { LotClosure, Position } from '../../../../daemon/core/model/position.ts';
import type { RoundTrip } from '../../../../daemon/core/model/round-trip.ts';

/** Facts in which no two figures are alike, so that one written in another's place is seen. */
export const AT = Date.UTC(2026, 0, 5, 10, 0);
export const day = (number: number): Day => number as Day;
export const BOT = botId('bot-1');
export const OTHER_BOT = botId('bot-2');
export const COIN = instrumentId('TEST:COIN');
export const ORDER = clientOrderIdOf('k0010000000100000000');
const OWNED = { bot: BOT, account: accountId('paper'), instrument: COIN } as const;

export const anOrder = (over: Partial<Order> = {}): Fact => ({
  kind: 'order',
  at: instant(AT + 3),
  from: 'ACCEPTED',
  event: 'fill',
  order: {
    ...OWNED,
    clientId: ORDER,
    slot: 'entry',
    side: 'BUY',
    type: 'stop',
    reduceOnly: true,
    quantity: quantity(900n),
    asked: quantity(900n),
    limit: price(10_101n),
    trigger: price(10_202n),
    arrival: price(10_303n),
    source: 'BOT',
    reason: 'RSI 28.4 ≤ 35',
    createdAt: instant(AT + 1),
    updatedAt: instant(AT + 2),
    status: 'PARTIALLY_FILLED',
    resting: 'ACCEPTED',
    venueId: 'paper-1',
    filled: quantity(400n),
    filledNotional: money(41_000n),
    outcome: null,
    ...over,
  },
});

export const aClosure = (over: Partial<LotClosure> = {}): LotClosure => ({
  lot: 3,
  openedAt: instant(AT - 60_000),
  closedAt: instant(AT + 4),
  quantity: quantity(70n),
  openPrice: price(9_900n),
  closePrice: price(10_310n),
  gross: money(28_700n),
  ...over,
});

export const aTrade = (over: Partial<Trade> = {}, booked: { readonly tripNumber?: number; readonly closures?: readonly LotClosure[] } = {}): Fact => ({
  kind: 'trade',
  tripNumber: booked.tripNumber ?? 2,
  closures: booked.closures ?? [],
  trade: {
    ...OWNED,
    clientId: ORDER,
    venueFillId: 'f-1',
    at: instant(AT + 4),
    day: day(20260105),
    side: 'BUY',
    quantity: quantity(400n),
    price: price(10_304n),
    notional: money(4_121_600_000n),
    fee: { total: money(150_000_001n), parts: { brokerage: money(100_000_001n), stt: money(50_000_000n) } },
    liquidity: 'maker',
    source: 'MANUAL',
    reason: 'by hand',
    gross: money(-12_345n),
    positionAfter: quantity(-330n),
    ...over,
  },
});

export const aPosition = (over: Partial<Position> = {}, tripNumber: number | null = 2): Fact => ({
  kind: 'position',
  at: instant(AT + 5),
  tripNumber,
  levels: { stop: price(9_800n), target: price(11_000n) },
  position: {
    ...OWNED,
    quantity: quantity(330n),
    cost: money(3_399_000n),
    realised: money(-555n),
    fees: money(777n),
    openedAt: instant(AT - 5),
    lots: [
      { number: 4, openedAt: instant(AT - 4), quantity: quantity(300n), price: price(10_290n) },
      { number: 5, openedAt: instant(AT - 3), quantity: quantity(30n), price: price(10_400n) },
    ],
    nextLot: 6,
    ...over,
  },
});

export const aTrip = (over: Partial<RoundTrip> = {}): Fact => ({
  kind: 'round-trip',
  roundTrip: {
    ...OWNED,
    number: 2,
    direction: 'long',
    openedAt: instant(AT - 5),
    closedAt: null,
    closedDay: null,
    peakQuantity: quantity(800n),
    entryNotional: money(8_000n),
    exitNotional: money(4_000n),
    gross: money(600n),
    fees: money(70n),
    adverse: money(-30n),
    favourable: money(90n),
    entryReason: 'RSI 28.4 ≤ 35',
    exitReason: null,
    ...over,
  },
});

/** Trips before the second of our bot and instrument, so that no trip's id is its number. */
export const EARLIER_TRIPS: readonly Fact[] = [1, 2, 3].map((number) => aTrip({ bot: OTHER_BOT, number })).concat(aTrip({ number: 1 }));

export const aDecision = (): Fact => ({
  kind: 'decision',
  decision: {
    ...{ bot: BOT, instrument: COIN, at: instant(AT + 6), close: price(10_305n), outcome: 'refused', reason: 'too much at once' },
    inputs: { rsi: 28.4, ema: 101.25 },
    rules: [{ rule: 'max-position', verdict: 'shrunk', text: 'to 20 %' }, { rule: 'daily-loss', verdict: 'passed', text: null }],
    orders: [ORDER],
  },
});

export const anEquityPoint = (at = AT, equity = 1_000n): Fact => ({
  kind: 'equity',
  equity: {
    ...{ bot: BOT, account: accountId('paper'), at: instant(at), day: day(20260105) },
    ...{ equity: money(equity), unrealised: money(-20n), realised: money(300n), fees: money(4n) },
  },
});

export const aPrice = (at = AT, of = 10_306n): Fact => ({ kind: 'price', at: instant(at), day: day(20260105), instrument: COIN, price: price(of) });

export const aLatch = (liftedAt: number | null = null, rule = 'daily-loss'): Fact => ({
  kind: 'latch',
  latch: {
    ...{ scope: 'bot', key: BOT, rule, reason: 'lost 3 %', since: instant(AT + 7), untilDay: day(20260106) },
    liftedAt: liftedAt === null ? null : instant(liftedAt),
  },
});

export const aBotState = (): Fact => ({ kind: 'bot-state', at: instant(AT + 8), bot: BOT, state: 'HALTED', reason: 'lost 3 %' });

export const anAlert = (at = AT + 9, title = 'The day is over'): Fact => ({
  kind: 'alert',
  at: instant(at),
  alert: { key: 'daily-loss:paper', severity: 'critical', bot: BOT, title, body: 'lost 3 % of the day’s capital' },
});
