import { z } from 'zod';
import { instrument } from './schema-names.ts';
import { above0, decimalAbove0, filePath, moment, timeframe, whole } from './values.ts';

/** Prices from a generator. */
export const simulatedFeed = z.strictObject({
  kind: z.literal('simulated').meta({ description: 'Prices from a seeded generator, shown as SIMULATED everywhere.' }),
  seed: whole(0, 4_294_967_295).default(7).meta({ description: 'The same seed gives the same prices.', example: 7 }),
  speed: above0(1_000_000).default(60).meta({ description: 'Market seconds per second.', example: 60 }),
  timeframe: timeframe.default('1m').meta({ description: "Length of the bars it makes; the bots' timeframe.", example: '1m' }),
  start: moment.default('2026-01-05T00:00:00Z').meta({ description: 'Market time of its first bar.', example: '2026-01-05T00:00:00Z' }),
  startPrices: z
    .record(z.string(), decimalAbove0, { error: 'prices by instrument id' })
    .default({})
    .meta({ description: 'First price by instrument id; 100 where none is given.', example: { 'SIM:BTCUSDT': '60000' } }),
});

const replayFile = z.strictObject({
  instrument: instrument.meta({ description: 'Whose candles they are.', example: 'BINANCE:BTCUSDT' }),
  timeframe: timeframe.meta({ description: 'Length of its bars.', example: '1h' }),
  path: filePath.meta({
    description: 'CSV or CSV.gz with the header timestamp_ms,open,high,low,close,volume; relative to the settings file.',
    example: 'btc.csv.gz',
  }),
});

/** Prices from files. */
export const replayFeed = z.strictObject({
  kind: z.literal('replay').meta({ description: 'Prices from files.' }),
  speed: z
    .union([above0(1_000_000), z.literal('max')], { error: 'a number above 0 or "max"' })
    .default(60)
    .meta({ description: 'Market seconds per second; "max": as fast as it can be read.', example: 60 }),
  files: z
    .array(replayFile, { error: 'a list of files' })
    .min(1, { error: 'at least one file' })
    .meta({ description: 'What is replayed, merged by time.' }),
});
