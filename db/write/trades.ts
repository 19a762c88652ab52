import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import type { TradeRow } from '../rows.ts';

/** Books executions and, in the same transaction, the sums that summaries are read from. */
export function tradeWriter(db: Writer): Pick<LedgerWriter, 'recordTrade'> {
  const insertTrade = db.prepare<[TradeRow], number>(INSERT_TRADE).pluck();
  const addToDay = db.prepare(addTo('trade_days', 'day', '@day'));
  const addToMonth = db.prepare(addTo('trade_months', 'month', 'CAST(@day AS INTEGER) / 100'));
  const addToTotal = db.prepare(ADD_TO_TOTAL);
  const bookedId = db
    .prepare<[string, string, string], number>('SELECT id FROM trades WHERE account = ? AND instrument = ? AND venue_fill_id = ?')
    .pluck();

  const book = db.transaction((row: TradeRow) => {
    const id = insertTrade.get(row);
    if (id !== undefined) {
      addToDay.run(row);
      addToMonth.run(row);
      addToTotal.run(row);
      return { id, isNew: true };
    }
    const known = bookedId.get(row.account, row.instrument, row.venueFillId);
    if (known === undefined) throw new Error(`ledger: trade ${row.venueFillId} names the unknown account ${row.account}`);
    return { id: known, isNew: false };
  });

  return { recordTrade: (row) => book(row) };
}

/** Mode and `simulated` come from the account, so that no caller can book a paper fill as a live one. */
const INSERT_TRADE = `
  INSERT INTO trades(at, recorded_at, day, account, bot, instrument, mode, simulated, client_id, venue_fill_id, side, quantity, price,
                     notional_e8, fee_e8, fee_parts, liquidity, source, reason, gross_e8, position_after, round_trip)
  SELECT @at, @recordedAt, @day, id, @bot, @instrument, mode, simulated, @clientId, @venueFillId, @side, @quantity, @price,
         @notionalE8, @feeE8, @feeParts, @liquidity, @source, @reason, @grossE8, @positionAfter, @roundTrip
  FROM accounts WHERE id = @account
  ON CONFLICT(account, instrument, venue_fill_id) DO NOTHING
  RETURNING id`;

const addTo = (table: string, period: string, value: string): string => `
  INSERT INTO ${table}(${period}, account, bot, instrument, side, source, trades, notional_e8, gross_e8, fees_e8)
  VALUES (${value}, @account, @bot, @instrument, @side, @source, 1, @notionalE8, @grossE8, @feeE8)
  ON CONFLICT(${period}, account, bot, instrument, side, source) DO UPDATE SET
    trades = trades + 1, notional_e8 = notional_e8 + excluded.notional_e8, gross_e8 = gross_e8 + excluded.gross_e8,
    fees_e8 = fees_e8 + excluded.fees_e8`;

const ADD_TO_TOTAL = `
  INSERT INTO trade_totals(account, bot, instrument, side, source, trades, notional_units, notional_e8, gross_e8, fees_e8)
  VALUES (@account, @bot, @instrument, @side, @source, 1, @notionalE8 / 100000000, @notionalE8 % 100000000, @grossE8, @feeE8)
  ON CONFLICT(account, bot, instrument, side, source) DO UPDATE SET
    trades = trades + 1,
    notional_units = notional_units + excluded.notional_units + (notional_e8 + excluded.notional_e8) / 100000000,
    notional_e8 = (notional_e8 + excluded.notional_e8) % 100000000,
    gross_e8 = gross_e8 + excluded.gross_e8, fees_e8 = fees_e8 + excluded.fees_e8`;
