import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import type { RoundTripRow } from '../rows.ts';

/** Writes round trips and the day sums of the closed ones. */
export function roundTripWriter(db: Writer): Pick<LedgerWriter, 'recordRoundTrip' | 'roundTripId'> {
  const upsertTrip = db.prepare<[RoundTripRow], number>(UPSERT_TRIP).pluck();
  const addToDay = db.prepare(ADD_TO_DAY);
  const findId = db
    .prepare<[string, string, number], number>('SELECT id FROM round_trips WHERE bot = ? AND instrument = ? AND number = ?')
    .pluck();
  const roundTripId = (bot: string, instrument: string, number: number): number | null => findId.get(bot, instrument, number) ?? null;

  const record = db.transaction((row: RoundTripRow) => {
    const id = upsertTrip.get(row);
    if (id === undefined) return closedId(row, roundTripId(row.bot, row.instrument, row.number));
    if (row.closedAt !== null) addToDay.run({ day: row.closedDay, account: row.account, bot: row.bot, netE8: row.grossE8 - row.feesE8 });
    return id;
  });

  return { recordRoundTrip: (row) => record(row), roundTripId };
}

function closedId(row: RoundTripRow, id: number | null): number {
  if (id === null) throw new Error(`ledger: round trip ${row.bot} ${row.instrument} ${row.number} was neither written nor found`);
  return id;
}

/** Returns no row where the trip is closed already: then it stands, and its day has counted it. */
const UPSERT_TRIP = `
  INSERT INTO round_trips(number, account, bot, instrument, direction, opened_at, closed_at, closed_day, peak_quantity, entry_notional_e8,
                          exit_notional_e8, gross_e8, fees_e8, adverse_e8, favourable_e8, entry_reason, exit_reason)
  VALUES (@number, @account, @bot, @instrument, @direction, @openedAt, @closedAt, @closedDay, @peakQuantity, @entryNotionalE8,
          @exitNotionalE8, @grossE8, @feesE8, @adverseE8, @favourableE8, @entryReason, @exitReason)
  ON CONFLICT(bot, instrument, number) DO UPDATE SET
    closed_at = excluded.closed_at, closed_day = excluded.closed_day, peak_quantity = excluded.peak_quantity,
    entry_notional_e8 = excluded.entry_notional_e8, exit_notional_e8 = excluded.exit_notional_e8, gross_e8 = excluded.gross_e8,
    fees_e8 = excluded.fees_e8, adverse_e8 = excluded.adverse_e8, favourable_e8 = excluded.favourable_e8, exit_reason = excluded.exit_reason
  WHERE round_trips.closed_at IS NULL
  RETURNING id`;

const ADD_TO_DAY = `
  INSERT INTO round_trip_days(day, account, bot, closed, wins, losses, won_e8, lost_e8)
  VALUES (@day, @account, @bot, 1, @netE8 > 0, @netE8 < 0, max(@netE8, 0), max(-@netE8, 0))
  ON CONFLICT(day, account, bot) DO UPDATE SET
    closed = closed + 1, wins = wins + excluded.wins, losses = losses + excluded.losses, won_e8 = won_e8 + excluded.won_e8,
    lost_e8 = lost_e8 + excluded.lost_e8`;
