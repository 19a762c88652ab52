import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import type { LotClosureRow, LotRow } from '../rows.ts';

/** Writes what is held, whole and in lots, and what a trade closed of them. */
export function positionWriter(db: Writer): Pick<LedgerWriter, 'recordPosition' | 'replaceLots' | 'recordLotClosures'> {
  const upsertPosition = db.prepare(UPSERT_POSITION);
  const dropLots = db.prepare('DELETE FROM lots WHERE bot = ? AND instrument = ?');
  const insertLot = db.prepare(`
    INSERT INTO lots(bot, instrument, number, opened_at, quantity, price) VALUES (@bot, @instrument, @number, @openedAt, @quantity, @price)`);
  const insertClosure = db.prepare(`
    INSERT INTO lot_closures(bot, instrument, lot, trade, opened_at, closed_at, quantity, open_price, close_price, gross_e8)
    VALUES (@bot, @instrument, @lot, @trade, @openedAt, @closedAt, @quantity, @openPrice, @closePrice, @grossE8)`);

  return {
    recordPosition: (row) => {
      upsertPosition.run(row);
    },
    replaceLots: db.transaction((bot: string, instrument: string, lots: readonly LotRow[]) => {
      dropLots.run(bot, instrument);
      for (const lot of lots) insertLot.run({ ...lot, bot, instrument });
    }),
    recordLotClosures: db.transaction((trade: number, closures: readonly LotClosureRow[]) => {
      for (const closure of closures) insertClosure.run({ ...closure, trade });
    }),
  };
}

const UPSERT_POSITION = `
  INSERT INTO positions(bot, instrument, account, quantity, cost_e8, realised_e8, fees_e8, stop_price, target_price, round_trip, opened_at, updated_at)
  VALUES (@bot, @instrument, @account, @quantity, @costE8, @realisedE8, @feesE8, @stopPrice, @targetPrice, @roundTrip, @openedAt, @updatedAt)
  ON CONFLICT(bot, instrument) DO UPDATE SET
    account = excluded.account, quantity = excluded.quantity, cost_e8 = excluded.cost_e8, realised_e8 = excluded.realised_e8,
    fees_e8 = excluded.fees_e8, stop_price = excluded.stop_price, target_price = excluded.target_price, round_trip = excluded.round_trip,
    opened_at = excluded.opened_at, updated_at = excluded.updated_at`;
