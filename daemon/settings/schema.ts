import { z } from 'zod';
import { replayFeed, simulatedFeed } from './schema-feed.ts';
import { instrumentSettings } from './schema-instrument.ts';
import { currency, identity, instrument } from './schema-names.ts';
import { limits, risk } from './schema-risk.ts';
import { above0, decimalAbove0, filePath, shaped, timeframe, timeZone, whole, within, words } from './values.ts';

/**
 * The settings file, whole. This schema is the law: it validates, it gives the defaults, and docs/settings.md is printed
 * from it. Every object is strict, so that a misspelt key is a fault and never a default in disguise. Descriptions are
 * read by people; the example of each key is also its remedy.
 */

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
