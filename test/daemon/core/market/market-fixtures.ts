import type { WorkingOrder } from '../../../../daemon/core/market/fill-model.ts';
import type { Candle } from '../../../../daemon/core/model/candle.ts';
import type { CandleClosed, CandleOpened } from '../../../../daemon/core/model/event.ts';
import { botId, clientOrderIdOf, instrumentId } from '../../../../daemon/core/model/ids.ts';
import type { Instrument } from '../../../../daemon/core/model/instrument.ts';
import { MINUTE, instant, later } from '../../../../daemon/core/model/instant.ts';
import { money, price, quantity } from '../../../../daemon/core/model/money.ts';

/** 2026-01-05T03:45:00Z, 09:15 in India. */
export const T0 = instant(1_767_584_700_000);

export const COIN: Instrument = {
  id: instrumentId('TEST:COIN'),
  exchange: 'TEST',
  symbol: 'COIN',
  base: 'COIN',
  quote: 'USDT',
  priceDecimals: 2,
  quantityDecimals: 0,
  tick: price(5n),
  lot: quantity(1n),
  minQuantity: quantity(1n),
  maxQuantity: null,
  minNotional: money(0n),
  calendar: '24x7',
  fees: { kind: 'flat', makerPpm: 200, takerPpm: 500 },
};

/** The bar that begins so many minutes after T0; prices in hundredths. */
export function bar(minute: number, [open, high, low, close]: readonly [number, number, number, number], volume = 0): Candle {
  return {
    openAt: later(T0, minute * MINUTE),
    timeframeMs: MINUTE,
    open: price(BigInt(open)),
    high: price(BigInt(high)),
    low: price(BigInt(low)),
    close: price(BigInt(close)),
    volume: quantity(BigInt(volume)),
  };
}

export function openedOf(candle: Candle, previousVolume?: number): CandleOpened {
  const event = { kind: 'candle-opened', at: candle.openAt, instrument: COIN.id, timeframeMs: MINUTE, price: candle.open } as const;
  return previousVolume === undefined ? event : { ...event, previousVolume: quantity(BigInt(previousVolume)) };
}

export function closedOf(candle: Candle): CandleClosed {
  return { kind: 'candle-closed', at: later(candle.openAt, MINUTE), instrument: COIN.id, candle };
}

export function order(given: Partial<WorkingOrder> = {}): WorkingOrder {
  return {
    clientId: clientOrderIdOf('k0010000000100000001'),
    bot: botId('one'),
    instrument: COIN.id,
    side: 'BUY',
    type: 'market',
    reduceOnly: false,
    quantity: quantity(100n),
    limit: null,
    trigger: null,
    createdAt: T0,
    filled: quantity(0n),
    ...given,
  };
}

export const buyLimit = (limit: number, given: Partial<WorkingOrder> = {}): WorkingOrder =>
  order({ type: 'limit', limit: price(BigInt(limit)), ...given });
export const sellStop = (trigger: number, given: Partial<WorkingOrder> = {}): WorkingOrder =>
  order({ type: 'stop', side: 'SELL', trigger: price(BigInt(trigger)), reduceOnly: true, ...given });
export const sellTarget = (limit: number, given: Partial<WorkingOrder> = {}): WorkingOrder =>
  order({ type: 'limit', side: 'SELL', limit: price(BigInt(limit)), reduceOnly: true, ...given });
