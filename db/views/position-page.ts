import type { Reader } from '../open.ts';
import { type LotStanding, type OrderStanding, ordersView } from './orders.ts';
import { type OpenPosition, positionsView } from './positions.ts';
import { type RoundTripRecord, roundTripsView } from './round-trips.ts';
import { type TradeRecord, tradesView } from './trades.ts';

/** A position from its first order on, also after it is closed. */
export interface PositionHistory {
  /** Null once it is closed. */
  readonly position: OpenPosition | null;
  readonly roundTrip: RoundTripRecord;
  /** Empty once it is closed. */
  readonly lots: readonly LotStanding[];
  /** Newest first, at most 200. */
  readonly orders: readonly OrderStanding[];
  /** Newest first, at most 200. */
  readonly trades: readonly TradeRecord[];
}

const MOST = 200;

/** Read model of one position's page; null where there is no such round trip. */
export function positionPageView(db: Reader): (roundTrip: number) => PositionHistory | null {
  const positions = positionsView(db);
  const trips = roundTripsView(db);
  const trades = tradesView(db);
  const orders = ordersView(db);

  return (id) => {
    const roundTrip = trips.one(id);
    if (roundTrip === null) return null;
    const position = positions.ofRoundTrip(id);
    return {
      position,
      roundTrip,
      lots: position === null ? [] : orders.lots(roundTrip.bot, roundTrip.instrument),
      orders: orders.ofRoundTrip(id, MOST),
      trades: trades.ofRoundTrip(id, MOST),
    };
  };
}
