import { z } from 'zod';
import { above0, decimalAbove0, whole } from './values.ts';

const percentOff = (to: number) => above0(to, 'a percentage', ', or null for off').nullable();

/** The limits of the risk gate, each as a bot may set it for itself. */
export const limits = {
  maxOpenPositions: whole(1, 1_000).meta({
    description: 'Most open positions, entries in flight counted, of the whole account.',
    example: 10,
  }),
  maxPositionPct: above0(100, 'a percentage').meta({
    description: "Largest cost of one position, percent of the bot's capital.",
    example: 25,
  }),
  maxPositionAmount: decimalAbove0.nullable().meta({
    description: "Largest cost of one position as an amount of the account's currency; null, the default: no such limit.",
    example: '10000',
  }),
  dailyLossLimitPct: percentOff(100).meta({
    description:
      'Loss since the start of the trading day, realised and open, percent of the equity it began with, that halts the account until the next day; null: off.',
    example: 5,
  }),
  stopLossPct: percentOff(100).meta({ description: 'Closes a position this far below its average entry; null: off.', example: 5 }),
  takeProfitPct: percentOff(10_000).meta({ description: 'Closes a position this far above its average entry; null: off.', example: 10 }),
  trailingStopPct: percentOff(100).meta({
    description: 'Closes a position this far below its best price since entry; null: off.',
    example: 4,
  }),
  catastrophicStopPct: percentOff(100).meta({
    description: 'The last line: closes at market at this loss whatever the strategy promised; null: off.',
    example: 20,
  }),
  staleAfterBars: whole(1, 1_000).meta({
    description: 'No entries on a bar learnt later than this many bars after its close.',
    example: 2,
  }),
  maxOrdersPerMinute: whole(1, 10_000).meta({ description: 'Most entry orders of one bot in one minute of market time.', example: 30 }),
};

/** The limits that hold for every bot, with their defaults. */
export const risk = z.strictObject({
  maxOpenPositions: limits.maxOpenPositions.default(10),
  maxPositionPct: limits.maxPositionPct.default(25),
  maxPositionAmount: limits.maxPositionAmount.default(null),
  dailyLossLimitPct: limits.dailyLossLimitPct.default(5),
  stopLossPct: limits.stopLossPct.default(null),
  takeProfitPct: limits.takeProfitPct.default(null),
  trailingStopPct: limits.trailingStopPct.default(null),
  catastrophicStopPct: limits.catastrophicStopPct.default(20),
  staleAfterBars: limits.staleAfterBars.default(2),
  maxOrdersPerMinute: limits.maxOrdersPerMinute.default(30),
});
