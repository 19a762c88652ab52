import { z } from 'zod';
import { above0, decimalAbove0, decimalFrom0, filePath, moment, shaped, timeframe, timeZone, whole, within, words } from './values.ts';

/**
 * The settings file, whole. This schema is the law: it validates, it gives the defaults, and docs/settings.md is printed
 * from it. Every object is strict, so that a misspelt key is a fault and never a default in disguise. Descriptions are
 * read by people; the example of each key is also its remedy.
 */

const identity = shaped(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'an id of 1 to 40 letters, digits, ".", "_" or "-"');
const instrument = shaped(/^[A-Z0-9_]{1,20}:[A-Za-z0-9_.&/-]{1,40}$/, 'EXCHANGE:SYMBOL, such as "BINANCE:BTCUSDT" or "NSE:INFY"');
const currency = shaped(/^[A-Z][A-Z0-9]{1,9}$/, 'a currency code such as "INR" or "USDT"');
const percentOff = (to: number) => above0(to, 'a percentage', ', or null for off').nullable();

const limits = {
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

const risk = z.strictObject({
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

const simulatedFeed = z.strictObject({
  kind: z.literal('simulated'),
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

const replayFeed = z.strictObject({
  kind: z.literal('replay'),
  speed: z
    .union([above0(1_000_000), z.literal('max')], { error: 'a number above 0 or "max"' })
    .default(60)
    .meta({ description: 'Market seconds per second; "max": as fast as it can be read.', example: 60 }),
  files: z
    .array(replayFile, { error: 'a list of files' })
    .min(1, { error: 'at least one file' })
    .meta({ description: 'What is replayed, merged by time.' }),
});

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

const instrumentSettings = z.strictObject({
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

const account = z.strictObject({
  id: identity.meta({ description: 'Unique.', example: 'paper' }),
  venue: z
    .literal('paper', { error: '"paper": no other venue is available in this version' })
    .meta({ description: 'Where orders go.', example: 'paper' }),
  mode: z
    .literal('paper', { error: '"paper": live trading is not available in this version' })
    .default('paper')
    .meta({ description: 'Paper and live are never added up.', example: 'paper' }),
  currency: currency
    .optional()
    .meta({ description: "The currency it is kept in; the quote currency of its bots' instruments where left out.", example: 'USDT' }),
  capital: decimalAbove0.meta({ description: 'What it begins with.', example: '100000' }),
  slippagePct: within(0, 10, 'a percentage')
    .default(0.02)
    .meta({ description: 'Paper: how much worse than the price a market order fills.', example: 0.02 }),
  spreadPct: within(0, 10, 'a percentage')
    .default(0)
    .meta({ description: 'Paper: distance of bid and ask, half of which a market order pays.', example: 0.01 }),
  maxVolumeSharePct: above0(100, 'a percentage')
    .default(10)
    .meta({ description: "Paper: largest share of a bar's volume that one order fills.", example: 10 }),
});

const bot = z.strictObject({
  id: identity.meta({ description: 'Unique; part of the history, so keep it.', example: 'rsi-btc' }),
  name: words(60).optional().meta({ description: 'What the dashboard calls it; its id where left out.', example: 'RSI on Bitcoin' }),
  enabled: z.boolean({ error: 'true or false' }).default(true).meta({ description: 'false: kept in the file, not run.', example: true }),
  strategy: shaped(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a strategy\'s id such as "rsi-mean-reversion"').meta({
    description: 'A built-in strategy or one from strategiesDir.',
    example: 'rsi-mean-reversion',
  }),
  account: identity.meta({ description: 'Id of the account it trades on.', example: 'paper' }),
  instruments: z
    .array(instrument, { error: 'a list of instrument ids' })
    .min(1, { error: 'at least one instrument id' })
    .meta({ description: 'Ids of the instruments it trades.', example: ['BINANCE:BTCUSDT'] }),
  timeframe: timeframe.meta({ description: 'Length of the bars it decides on.', example: '1h' }),
  capital: decimalAbove0.meta({ description: 'What its sizes are a percentage of.', example: '50000' }),
  params: z
    .record(z.string(), z.unknown(), { error: 'parameters by name' })
    .default({})
    .meta({ description: "The strategy's parameters; see docs/strategies.md.", example: { period: 14 } }),
  risk: z.strictObject(limits).partial().default({}).meta({ description: 'Where this bot differs from `risk`.' }),
  warmupBars: whole(0, 100_000).optional().meta({
    description: 'Bars to see before the strategy is asked; where left out, until its slowest indicator has settled.',
    example: 200,
  }),
});

const mobile = z.strictObject({
  host: words(255)
    .default('127.0.0.1')
    .meta({ description: 'Address the dashboard listens on; leave it on loopback and put nginx before it.', example: '127.0.0.1' }),
  port: whole(0, 65_535).default(8420).meta({ description: 'Port of the dashboard; 0: any free one.', example: 8420 }),
  passwordHash: shaped(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/, 'a bcrypt hash, as `bot-daemon passwd` writes it')
    .optional()
    .meta({ description: 'Hash of the dashboard password; `bot-daemon passwd` sets it, BOT_DAEMON_PASSWORD_HASH overrides it.' }),
  trustedProxies: z
    .array(shaped(/^[0-9a-fA-F.:/]+$/, 'an IP address'), { error: 'a list of IP addresses' })
    .default(['127.0.0.1', '::1'])
    .meta({ description: 'Proxies whose X-Forwarded headers are believed.', example: ['127.0.0.1', '::1'] }),
});

const log = z.strictObject({
  level: z
    .enum(['debug', 'info', 'warn', 'error'], { error: '"debug", "info", "warn" or "error"' })
    .default('info')
    .meta({ description: 'Least severe line that is kept.', example: 'info' }),
});

/** The schema of a settings file. */
export const settingsSchema = z.strictObject({
  name: words(60).default('bot-daemon').meta({ description: 'What the dashboard calls this installation.', example: 'My bots' }),
  timezone: timeZone
    .default('UTC')
    .meta({ description: 'IANA zone that trading days are reckoned and times are shown in.', example: 'Asia/Kolkata' }),
  currency: currency.optional().meta({ description: "Currency shown first; the first account's where left out.", example: 'INR' }),
  dataDir: filePath.optional().meta({
    description: 'Data folder, relative to the settings file; --data and BOT_DAEMON_DATA come first, ./data last.',
    example: 'data',
  }),
  strategiesDir: filePath
    .optional()
    .meta({ description: 'Folder of your own strategy files, relative to the settings file.', example: 'strategies' }),
  feed: z
    .discriminatedUnion('kind', [simulatedFeed, replayFeed], { error: '"simulated" or "replay"' })
    .prefault({ kind: 'simulated' })
    .meta({ description: 'Where prices come from.' }),
  instruments: z.array(instrumentSettings, { error: 'a list of instruments' }).default([]).meta({ description: 'What may be traded.' }),
  accounts: z.array(account, { error: 'a list of accounts' }).default([]).meta({ description: 'The books that bots trade on.' }),
  bots: z.array(bot, { error: 'a list of bots' }).default([]).meta({ description: 'Strategies at work.' }),
  risk: risk.prefault({}).meta({ description: 'What the risk gate holds every bot to.' }),
  mobile: mobile.prefault({}).meta({ description: 'The dashboard.' }),
  log: log.prefault({}).meta({ description: 'The log.' }),
});

/** The schemas of those parts that are checked on their own when another part is broken. */
export const parts = { instrument: instrumentSettings, account, bot, risk, simulatedFeed, replayFeed } as const;

/** Settings as read: defaults filled in where they do not depend on another value; amounts as plain decimal text. */
export type Settings = z.output<typeof settingsSchema>;
export type FeedSettings = Settings['feed'];
export type InstrumentSettings = z.output<typeof instrumentSettings>;
export type AccountSettings = z.output<typeof account>;
export type BotSettings = z.output<typeof bot>;
export type RiskSettings = z.output<typeof risk>;
