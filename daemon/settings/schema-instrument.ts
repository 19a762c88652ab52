import { z } from 'zod';
import { currency, instrument } from './schema-names.ts';
import { decimalAbove0, decimalFrom0, whole, within, words } from './values.ts';

const fees = z.union(
  [
    z.strictObject({
      makerPct: within(0, 10, 'a percentage').meta({
        description: 'Fee of a fill that rested in the book, percent of its notional.',
        example: 0.1,
      }),
      takerPct: within(0, 10, 'a percentage').meta({
        description: 'Fee of a fill that took from the book, percent of its notional.',
        example: 0.1,
      }),
    }),
    z.strictObject({
      schedule: z
        .enum(['nse-delivery', 'nse-intraday'], { error: '"nse-delivery" or "nse-intraday"' })
        .meta({ description: "A named, dated schedule of an exchange's charges.", example: 'nse-delivery' }),
    }),
  ],
  { error: '{ "makerPct", "takerPct" } or { "schedule" }' },
);

/** What is traded. */
export const instrumentSettings = z.strictObject({
  id: instrument.meta({ description: 'EXCHANGE:SYMBOL; unique.', example: 'BINANCE:BTCUSDT' }),
  base: words(20).meta({ description: 'What is bought and sold.', example: 'BTC' }),
  quote: currency.meta({ description: 'Currency of its prices, fees and profits.', example: 'USDT' }),
  priceDecimals: whole(0, 10).meta({ description: 'Decimals of a price.', example: 2 }),
  quantityDecimals: whole(0, 10).meta({ description: 'Decimals of a quantity; 0 for shares.', example: 5 }),
  tick: decimalAbove0
    .optional()
    .meta({ description: 'Smallest step of a price; one unit of the last price decimal where left out.', example: '0.01' }),
  lot: decimalAbove0
    .optional()
    .meta({ description: 'Smallest step of a quantity; one unit of the last quantity decimal where left out.', example: '0.00001' }),
  minQuantity: decimalAbove0.optional().meta({ description: 'Smallest order; the lot where left out.', example: '0.00001' }),
  maxQuantity: decimalAbove0.nullable().default(null).meta({ description: 'Largest order; null, the default: none.', example: '100' }),
  minNotional: decimalFrom0.default('0').meta({ description: 'Smallest order in the quote currency; 0 where left out.', example: '5' }),
  calendar: z.enum(['24x7', 'NSE'], { error: '"24x7" or "NSE"' }).default('24x7').meta({ description: 'When it trades.', example: '24x7' }),
  fees: fees.optional().meta({
    description: 'What a fill costs; the schedule nse-delivery for the calendar NSE, else 0.1 % either way, where left out.',
    example: { makerPct: 0.1, takerPct: 0.1 },
  }),
});
