import type { LotStanding, OrderStanding } from '../../../db/views/orders.ts';
import type { PositionHistory } from '../../../db/views/position-page.ts';
import type { OrderItem, PositionPage } from '../../contract/index.ts';
import { moneyText, priceText, priceTextOrNull, quantityText } from './decimal.ts';
import { presentPosition } from './positions.ts';
import { iso, isoOrNull } from './time.ts';
import { presentTrade } from './trades.ts';

/** A position from its first order on. */
export function presentPositionPage(history: PositionHistory): PositionPage {
  const { position, roundTrip } = history;
  return {
    position: position === null ? null : presentPosition(position),
    entryReason: roundTrip.entryReason,
    closedAt: isoOrNull(roundTrip.closedAt),
    net: moneyText(roundTrip.netE8),
    currency: roundTrip.currency,
    symbol: roundTrip.symbol,
    exchange: roundTrip.exchange,
    lots: history.lots.map((lot) => presentLot(lot, roundTrip)),
    orders: history.orders.map(presentOrder),
    trades: history.trades.map(presentTrade),
  };
}

function presentLot(lot: LotStanding, scale: { readonly priceDecimals: number; readonly quantityDecimals: number }): PositionPage['lots'][number] {
  return {
    number: lot.number,
    openedAt: iso(lot.openedAt),
    quantity: quantityText(lot.quantity, scale.quantityDecimals),
    price: priceText(lot.price, scale.priceDecimals),
  };
}

function presentOrder(row: OrderStanding): OrderItem {
  return {
    id: row.id,
    slot: row.slot,
    side: row.side,
    type: row.type,
    quantity: quantityText(row.quantity, row.quantityDecimals),
    filled: quantityText(row.filled, row.quantityDecimals),
    limit: priceTextOrNull(row.limitPrice, row.priceDecimals),
    trigger: priceTextOrNull(row.triggerPrice, row.priceDecimals),
    status: row.status,
    reason: row.reason,
    outcome: row.outcome,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}
