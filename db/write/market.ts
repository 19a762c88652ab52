import { dayStart } from '../day.ts';
import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import type { EquityRow } from '../rows.ts';

/** Writes what follows the market: last prices, each bot's worth, and why a bar led to what it did. */
export function marketWriter(db: Writer): Pick<LedgerWriter, 'recordPrice' | 'recordEquity' | 'recordDecision'> {
  const upsertPrice = db.prepare(UPSERT_PRICE);
  const upsertStep = db.prepare(UPSERT_STEP);
  const insertDecision = db.prepare(`
    INSERT INTO decisions(at, bot, instrument, close, outcome, reason, inputs, rules, orders)
    VALUES (@at, @bot, @instrument, @close, @outcome, @reason, @inputs, @rules, @orders)`);

  return {
    recordPrice: (row) => {
      upsertPrice.run(row);
    },
    recordEquity: db.transaction((row: EquityRow) => {
      upsertStep.run({ ...row, resolution: 60, step: floorTo(row.at, 60_000) });
      upsertStep.run({ ...row, resolution: 3600, step: floorTo(row.at, 3_600_000) });
      upsertStep.run({ ...row, resolution: 86400, step: dayStart(row.day) });
    }),
    recordDecision: (row) => Number(insertDecision.run(row).lastInsertRowid),
  };
}

const floorTo = (at: number, span: number): number => Math.floor(at / span) * span;

/** A day opens with the first price heard in it. */
const UPSERT_PRICE = `
  INSERT INTO prices(instrument, at, wall_at, price, day, day_open, revision)
  VALUES (@instrument, @at, @wallAt, @price, @day, @price, (SELECT coalesce(max(revision), 0) + 1 FROM prices))
  ON CONFLICT(instrument) DO UPDATE SET
    at = excluded.at, wall_at = excluded.wall_at, price = excluded.price,
    day_open = CASE WHEN prices.day = excluded.day THEN prices.day_open ELSE excluded.day_open END,
    day = excluded.day, revision = excluded.revision`;

const UPSERT_STEP = `
  INSERT INTO equity(bot, resolution, at, day, equity_e8, low_e8, high_e8, unrealised_e8, realised_e8, fees_e8)
  VALUES (@bot, @resolution, @step, @day, @equityE8, @equityE8, @equityE8, @unrealisedE8, @realisedE8, @feesE8)
  ON CONFLICT(bot, resolution, at) DO UPDATE SET
    day = excluded.day, equity_e8 = excluded.equity_e8, low_e8 = min(low_e8, excluded.equity_e8),
    high_e8 = max(high_e8, excluded.equity_e8), unrealised_e8 = excluded.unrealised_e8, realised_e8 = excluded.realised_e8,
    fees_e8 = excluded.fees_e8`;
