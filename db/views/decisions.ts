import type { Reader } from '../open.ts';

export interface DecisionStanding {
  readonly id: number;
  readonly at: number;
  readonly bot: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly priceDecimals: number;
  readonly close: bigint;
  readonly outcome: 'buy' | 'sell' | 'wait' | 'hold' | 'refused' | 'warming' | 'halted';
  readonly reason: string;
  /** JSON object: indicator → number. */
  readonly inputs: string;
  /** JSON array of {rule, verdict, text}. */
  readonly rules: string;
}

export interface DecisionFilter {
  readonly bot?: string;
  readonly instrument?: string;
}

export interface DecisionsView {
  /** Decisions before an id (null: from the newest), newest first. */
  readonly page: (filter: DecisionFilter, before: number | null, limit: number) => readonly DecisionStanding[];
}

/** Read model of why each bar led to what it did. The table is kept to 50,000 rows, so that a walk by id stays short. */
export function decisionsView(db: Reader): DecisionsView {
  const select = db.prepare<[PageBounds], DecisionRaw>(`
    SELECT d.id, d.at, d.bot, d.instrument, i.symbol, i.price_decimals AS priceDecimals, d.close, d.outcome, d.reason, d.inputs, d.rules
    FROM decisions d JOIN instruments i ON i.id = d.instrument
    WHERE d.id < @before AND (@bot IS NULL OR d.bot = @bot) AND (@instrument IS NULL OR d.instrument = @instrument)
    ORDER BY d.id DESC LIMIT @limit`);

  return {
    page: (filter, before, limit) =>
      select
        .all({ bot: filter.bot ?? null, instrument: filter.instrument ?? null, before: before ?? Number.MAX_SAFE_INTEGER, limit })
        .map((raw) => ({ ...raw, id: Number(raw.id), at: Number(raw.at), priceDecimals: Number(raw.priceDecimals) })),
  };
}

interface PageBounds {
  readonly bot: string | null;
  readonly instrument: string | null;
  readonly before: number;
  readonly limit: number;
}

interface DecisionRaw extends Omit<DecisionStanding, 'id' | 'at' | 'priceDecimals'> {
  readonly id: bigint;
  readonly at: bigint;
  readonly priceDecimals: bigint;
}
