import type { OpenPosition, PositionTotal } from '../../../db/views/positions.ts';
import type { PositionItem, Positions } from '../../contract/index.ts';
import { moneyText, percent, priceText, priceTextOrNull, quantityText } from './decimal.ts';
import { iso, isoOrNull } from './time.ts';

/** Open positions with their totals; each book by itself. */
export function presentPositions(rows: readonly OpenPosition[], totals: readonly PositionTotal[]): Positions {
  return {
    items: rows.map(presentPosition),
    totals: totals.map((total) => ({
      currency: total.currency,
      mode: total.mode,
      simulated: total.simulated,
      positions: total.positions,
      cost: moneyText(total.costE8),
      value: moneyText(total.valueE8),
      profit: moneyText(total.unrealisedE8),
      profitPercent: percent(total.unrealisedE8, total.costE8),
    })),
  };
}

/** One open position. */
export function presentPosition(row: OpenPosition): PositionItem {
  return {
    id: row.id,
    bot: row.bot,
    botName: row.botName,
    account: row.account,
    mode: row.mode,
    simulated: row.simulated,
    instrument: row.instrument,
    symbol: row.symbol,
    exchange: row.exchange,
    currency: row.currency,
    direction: row.direction,
    quantity: quantityText(row.quantity, row.quantityDecimals),
    entry: priceText(row.entryPrice, row.priceDecimals),
    current: priceTextOrNull(row.price, row.priceDecimals),
    currentAt: isoOrNull(row.priceAt),
    currentHeardAt: isoOrNull(row.priceHeardAt),
    cost: moneyText(row.costE8),
    value: row.valueE8 === null ? null : moneyText(row.valueE8),
    profit: row.unrealisedE8 === null ? null : moneyText(row.unrealisedE8),
    profitPercent: row.unrealisedE8 === null ? null : percent(row.unrealisedE8, row.costE8),
    stop: priceTextOrNull(row.stopPrice, row.priceDecimals),
    target: priceTextOrNull(row.targetPrice, row.priceDecimals),
    source: row.source,
    openedAt: iso(row.openedAt),
  };
}
