import type { LastPrice } from '../../../db/views/events.ts';
import type { PriceItem } from '../../contract/index.ts';
import { priceText } from './decimal.ts';
import { iso } from './time.ts';

/** Prices that have changed. */
export function presentPrices(rows: readonly LastPrice[]): readonly PriceItem[] {
  return rows.map((row) => ({
    instrument: row.instrument,
    symbol: row.symbol,
    price: priceText(row.price, row.priceDecimals),
    at: iso(row.at),
    heardAt: iso(row.heardAt),
  }));
}
