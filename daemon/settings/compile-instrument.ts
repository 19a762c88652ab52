import { instrumentId, splitInstrumentId } from '../core/model/ids.ts';
import type { FeeSchedule, Instrument } from '../core/model/instrument.ts';
import { price, quantity } from '../core/model/money.ts';
import { amount, scaled } from './scaled.ts';
import type { InstrumentSettings } from './schema.ts';

/** An instrument in scaled integers, what the settings leave out filled in. */
export function compileInstrument(entry: InstrumentSettings): Instrument {
  const { priceDecimals, quantityDecimals } = entry;
  const lot = entry.lot === undefined ? 1n : scaled(entry.lot, quantityDecimals);
  return {
    id: instrumentId(entry.id),
    ...splitInstrumentId(instrumentId(entry.id)),
    base: entry.base,
    quote: entry.quote,
    priceDecimals,
    quantityDecimals,
    tick: price(entry.tick === undefined ? 1n : scaled(entry.tick, priceDecimals)),
    lot: quantity(lot),
    minQuantity: quantity(entry.minQuantity === undefined ? lot : scaled(entry.minQuantity, quantityDecimals)),
    maxQuantity: entry.maxQuantity === null ? null : quantity(scaled(entry.maxQuantity, quantityDecimals)),
    minNotional: amount(entry.minNotional),
    calendar: entry.calendar,
    fees: feeSchedule(entry),
  };
}

function feeSchedule({ fees, calendar }: InstrumentSettings): FeeSchedule {
  if (fees === undefined) return calendar === 'NSE' ? { kind: 'schedule', name: 'nse-delivery' } : flat(0.1, 0.1);
  return 'schedule' in fees ? { kind: 'schedule', name: fees.schedule } : flat(fees.makerPct, fees.takerPct);
}

function flat(makerPct: number, takerPct: number): FeeSchedule {
  return { kind: 'flat', makerPpm: Math.round(makerPct * 10_000), takerPpm: Math.round(takerPct * 10_000) };
}
