import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';

/** Writes orders as they stand, and beside them each event that moved one. */
export function orderWriter(db: Writer): Pick<LedgerWriter, 'recordOrder'> {
  const upsertOrder = db.prepare(UPSERT_ORDER);
  const insertEvent = db.prepare(`
    INSERT INTO order_events(client_id, at, event, from_status, to_status) VALUES (@clientId, @at, @event, @fromStatus, @toStatus)`);

  return {
    recordOrder: (row, event) => {
      upsertOrder.run({ ...row, reduceOnly: row.reduceOnly ? 1 : 0 });
      insertEvent.run({ ...event, clientId: row.clientId, toStatus: row.status });
    },
  };
}

/** What an order is never changes, nor the run that made it; how it stands does. */
const UPSERT_ORDER = `
  INSERT INTO orders(client_id, venue_id, bot, account, instrument, run, slot, side, type, reduce_only, quantity, limit_price,
                     trigger_price, arrival_price, filled, filled_notional_e8, status, source, reason, outcome, created_at, updated_at, closed_at)
  VALUES (@clientId, @venueId, @bot, @account, @instrument, @run, @slot, @side, @type, @reduceOnly, @quantity, @limitPrice,
          @triggerPrice, @arrivalPrice, @filled, @filledNotionalE8, @status, @source, @reason, @outcome, @createdAt, @updatedAt, @closedAt)
  ON CONFLICT(client_id) DO UPDATE SET
    venue_id = excluded.venue_id, quantity = excluded.quantity, limit_price = excluded.limit_price, trigger_price = excluded.trigger_price,
    filled = excluded.filled, filled_notional_e8 = excluded.filled_notional_e8, status = excluded.status, outcome = excluded.outcome,
    updated_at = excluded.updated_at, closed_at = excluded.closed_at`;
