import { dayStart } from '../day.ts';
import type { Reader } from '../open.ts';

/** What one bot's trades of one day add up to. */
export interface DaySums {
  readonly trades: number;
  readonly tradesManual: number;
  readonly grossE8: bigint;
  readonly feesE8: bigint;
  readonly closed: number;
  readonly wins: number;
  readonly losses: number;
}

/** A bot's results at an instant, over its life. */
export interface Worth {
  /** Gross profit minus fees plus open result. */
  readonly netE8: bigint;
  readonly unrealisedE8: bigint;
}
export const NO_WORTH: Worth = { netE8: 0n, unrealisedE8: 0n };

export interface DaySumsReader {
  readonly ofBot: (day: number, account: string, bot: string) => DaySums;
  /** The bot's worth at the end of the last day before the given one; nothing earned, where there is none. */
  readonly worthBefore: (day: number, bot: string) => Worth;
}

/** Reads what a day has added up to and what it began with, each by one seek of a primary key. */
export function daySumsReader(db: Reader): DaySumsReader {
  const selectTrades = db.prepare<[number, string, string], Record<'trades' | 'tradesManual' | 'grossE8' | 'feesE8', bigint>>(`
    SELECT coalesce(sum(trades), 0) AS trades, coalesce(sum(CASE source WHEN 'MANUAL' THEN trades ELSE 0 END), 0) AS tradesManual,
           coalesce(sum(gross_e8), 0) AS grossE8, coalesce(sum(fees_e8), 0) AS feesE8
    FROM trade_days WHERE day = ? AND account = ? AND bot = ?`);
  const selectTrips = db.prepare<[number, string, string], Record<'closed' | 'wins' | 'losses', bigint>>(
    'SELECT closed, wins, losses FROM round_trip_days WHERE day = ? AND account = ? AND bot = ?',
  );
  const selectWorth = db.prepare<[string, number], Worth>(`
    SELECT realised_e8 - fees_e8 + unrealised_e8 AS netE8, unrealised_e8 AS unrealisedE8
    FROM equity WHERE bot = ? AND resolution = 86400 AND at < ? ORDER BY at DESC LIMIT 1`);

  return {
    ofBot: (day, account, bot) => {
      const trades = selectTrades.get(day, account, bot) ?? NO_TRADES;
      const trips = selectTrips.get(day, account, bot) ?? NO_TRIPS;
      return {
        trades: Number(trades.trades),
        tradesManual: Number(trades.tradesManual),
        grossE8: trades.grossE8,
        feesE8: trades.feesE8,
        closed: Number(trips.closed),
        wins: Number(trips.wins),
        losses: Number(trips.losses),
      };
    },
    worthBefore: (day, bot) => selectWorth.get(bot, dayStart(day)) ?? NO_WORTH,
  };
}

const NO_TRADES = { trades: 0n, tradesManual: 0n, grossE8: 0n, feesE8: 0n };
const NO_TRIPS = { closed: 0n, wins: 0n, losses: 0n };
