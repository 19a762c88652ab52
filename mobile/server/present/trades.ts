import type { RoundTripRecord } from '../../../db/views/round-trips.ts';
import type { DayTotal, TradeTotal } from '../../../db/views/trade-sums.ts';
import type { TradeRecord } from '../../../db/views/trades.ts';
import type { DayNet, RoundTripItem, TradeItem, TradeSummary } from '../../contract/index.ts';
import { moneyText, priceText, quantityText } from './decimal.ts';
import { dayText, iso, isoOrNull } from './time.ts';

/** One execution. */
export function presentTrade(row: TradeRecord): TradeItem {
  return {
    id: row.id,
    at: iso(row.at),
    day: dayText(row.day),
    account: row.account,
    mode: row.mode,
    simulated: row.simulated,
    bot: row.bot,
    botName: row.botName,
    instrument: row.instrument,
    symbol: row.symbol,
    exchange: row.exchange,
    currency: row.currency,
    side: row.side,
    quantity: quantityText(row.quantity, row.quantityDecimals),
    price: priceText(row.price, row.priceDecimals),
    notional: moneyText(row.notionalE8),
    fee: moneyText(row.feeE8),
    source: row.source,
    reason: row.reason,
    gross: moneyText(row.grossE8),
    net: moneyText(row.grossE8 - row.feeE8),
    closes: row.closes,
    positionAfter: quantityText(row.positionAfter, row.quantityDecimals),
    order: row.order,
    roundTrip: row.roundTrip,
    roundTripNet: row.roundTripNetE8 === null ? null : moneyText(row.roundTripNetE8),
  };
}

/** Sums of a whole filter; each book by itself. */
export function presentSummary(totals: readonly TradeTotal[]): TradeSummary {
  return {
    count: totals.reduce((sum, total) => sum + total.trades, 0),
    totals: totals.map((total) => ({
      currency: total.currency,
      mode: total.mode,
      simulated: total.simulated,
      trades: total.trades,
      notional: moneyText(total.notionalE8),
      gross: moneyText(total.grossE8),
      fees: moneyText(total.feesE8),
      net: moneyText(total.grossE8 - total.feesE8),
    })),
  };
}

/** The heads of the days of a page, in the order of the page. */
export function presentDays(rows: readonly DayTotal[]): readonly DayNet[] {
  const days = new Map<number, DayNet['totals'][number][]>();
  for (const row of rows) {
    const total = { currency: row.currency, mode: row.mode, simulated: row.simulated, trades: row.trades, net: moneyText(row.grossE8 - row.feesE8) };
    days.set(row.day, [...(days.get(row.day) ?? []), total]);
  }
  return [...days].map(([day, totals]) => ({ day: dayText(day), totals }));
}

/** One round trip, open or closed. */
export function presentRoundTrip(row: RoundTripRecord): RoundTripItem {
  return {
    id: row.id,
    bot: row.bot,
    botName: row.botName,
    mode: row.mode,
    simulated: row.simulated,
    instrument: row.instrument,
    symbol: row.symbol,
    exchange: row.exchange,
    currency: row.currency,
    direction: row.direction,
    openedAt: iso(row.openedAt),
    closedAt: isoOrNull(row.closedAt),
    peakQuantity: quantityText(row.peakQuantity, row.quantityDecimals),
    entryNotional: moneyText(row.entryNotionalE8),
    exitNotional: moneyText(row.exitNotionalE8),
    gross: moneyText(row.grossE8),
    fees: moneyText(row.feesE8),
    net: moneyText(row.netE8),
    entryReason: row.entryReason,
    exitReason: row.exitReason,
  };
}
