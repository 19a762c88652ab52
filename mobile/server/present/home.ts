import type { FigureRow } from '../../../db/views/home.ts';
import type { Figures, Sentiment } from '../../contract/index.ts';
import { moneyText, percent } from './decimal.ts';
import { dayText, iso } from './time.ts';

/** The figures of one book for the first screen. */
export function presentFigures(row: FigureRow): Figures {
  return {
    currency: row.currency,
    mode: row.mode,
    simulated: row.simulated,
    day: dayText(row.day),
    todayNet: moneyText(row.todayNetE8),
    todayRealised: moneyText(row.todayRealisedE8),
    todayOpen: moneyText(row.todayOpenE8),
    todayPercent: percent(row.todayNetE8, row.startEquityE8),
    tradesToday: row.tradesToday,
    tradesTodayBot: row.tradesToday - row.tradesTodayManual,
    tradesTodayManual: row.tradesTodayManual,
    winsToday: row.winsToday,
    lossesToday: row.lossesToday,
    closedToday: row.closedToday,
    activePositions: row.activePositions,
    capitalUsed: moneyText(row.capitalUsedE8),
    capital: moneyText(row.capitalE8),
    capitalUsedPercent: percent(row.capitalUsedE8, row.capitalE8),
    openProfit: moneyText(row.openProfitE8),
    equity: moneyText(row.equityE8),
    curve: row.curve.map((point) => ({ at: iso(point.at), net: moneyText(point.valueE8) })),
  };
}

/** Said as long as no source of fear and greed is connected: never an invented number. */
export const NO_SENTIMENT: Sentiment = { value: null, word: 'no data', note: 'No source of market sentiment is connected.', at: null };
