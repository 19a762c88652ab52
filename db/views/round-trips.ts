import type { Reader } from '../open.ts';
import type { Book, Mode } from './accounts.ts';

/** Flat → open → flat, with its net profit. */
export interface RoundTripRecord extends Book {
  readonly id: number;
  readonly number: number;
  readonly account: string;
  readonly bot: string;
  readonly botName: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly direction: 'long' | 'short';
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly peakQuantity: bigint;
  readonly entryNotionalE8: bigint;
  readonly exitNotionalE8: bigint;
  readonly grossE8: bigint;
  /** Of entry and exit together. */
  readonly feesE8: bigint;
  readonly netE8: bigint;
  readonly adverseE8: bigint;
  readonly favourableE8: bigint;
  readonly entryReason: string;
  readonly exitReason: string | null;
}

/** The place of a closed round trip in lists. */
export interface RoundTripKey {
  readonly closedAt: number;
  readonly id: number;
}

/** How many closed, and how: a rate only means something beside its n. */
export interface RoundTripTotal extends Book {
  readonly closed: number;
  readonly wins: number;
  readonly losses: number;
  readonly wonE8: bigint;
  /** Not negative. */
  readonly lostE8: bigint;
}

export interface RoundTripsView {
  /** Closed ones after a key (null: from the newest), newest first; `next` is null at the end. */
  readonly page: (
    filter: { readonly bot?: string },
    after: RoundTripKey | null,
    limit: number,
  ) => { readonly items: readonly RoundTripRecord[]; readonly next: RoundTripKey | null };
  /** One, open or closed. */
  readonly one: (id: number) => RoundTripRecord | null;
  /** Sums of the closed ones by book, of one bot or of all. */
  readonly totals: (filter: { readonly bot?: string }) => readonly RoundTripTotal[];
}

/** Read model of the round trips. */
export function roundTripsView(db: Reader): RoundTripsView {
  const AFTER = 'r.closed_at IS NOT NULL AND (r.closed_at, r.id) < (@closedAt, @id)';
  const ORDER = 'ORDER BY r.closed_at DESC, r.id DESC LIMIT @limit';
  const selectAll = db.prepare<[PageBounds], TripRaw>(`${select('INDEXED BY round_trips_closed')} WHERE ${AFTER} ${ORDER}`);
  const selectOfBot = db.prepare<[PageBounds & { bot: string }], TripRaw>(
    `${select('INDEXED BY round_trips_of_bot')} WHERE r.bot = @bot AND ${AFTER} ${ORDER}`,
  );
  const selectOne = db.prepare<[number], TripRaw>(`${select('')} WHERE r.id = ?`);
  const selectTotals = db.prepare<[{ bot: string | null }], TotalRaw>(`
    SELECT a.currency, a.mode, a.simulated, sum(d.closed) AS closed, sum(d.wins) AS wins, sum(d.losses) AS losses,
           sum(d.won_e8) AS wonE8, sum(d.lost_e8) AS lostE8
    FROM round_trip_days d JOIN accounts a ON a.id = d.account WHERE @bot IS NULL OR d.bot = @bot
    GROUP BY a.currency, a.mode, a.simulated`);

  return {
    page: ({ bot }, after, limit) => {
      const bounds = { ...(after ?? { closedAt: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }), limit: limit + 1 };
      const found = bot === undefined ? selectAll.all(bounds) : selectOfBot.all({ ...bounds, bot });
      const items = found.slice(0, limit).map(recordOf);
      const last = items.at(-1);
      const more = found.length > limit && last !== undefined && last.closedAt !== null;
      return { items, next: more ? { closedAt: last.closedAt, id: last.id } : null };
    },
    one: (id) => {
      const raw = selectOne.get(id);
      return raw === undefined ? null : recordOf(raw);
    },
    totals: ({ bot }) =>
      selectTotals.all({ bot: bot ?? null }).map((raw) => ({
        ...raw,
        simulated: raw.simulated === 1n,
        closed: Number(raw.closed),
        wins: Number(raw.wins),
        losses: Number(raw.losses),
      })),
  };
}

function recordOf(raw: TripRaw): RoundTripRecord {
  return {
    ...raw,
    id: Number(raw.id),
    number: Number(raw.number),
    simulated: raw.simulated === 1n,
    priceDecimals: Number(raw.priceDecimals),
    quantityDecimals: Number(raw.quantityDecimals),
    openedAt: Number(raw.openedAt),
    closedAt: raw.closedAt === null ? null : Number(raw.closedAt),
  };
}

const select = (index: string): string => `
  SELECT r.id, r.number, r.account, r.bot, b.name AS botName, a.mode, a.simulated, a.currency, r.instrument, i.symbol, i.exchange,
         i.price_decimals AS priceDecimals, i.quantity_decimals AS quantityDecimals, r.direction, r.opened_at AS openedAt,
         r.closed_at AS closedAt, r.peak_quantity AS peakQuantity, r.entry_notional_e8 AS entryNotionalE8,
         r.exit_notional_e8 AS exitNotionalE8, r.gross_e8 AS grossE8, r.fees_e8 AS feesE8, r.net_e8 AS netE8, r.adverse_e8 AS adverseE8,
         r.favourable_e8 AS favourableE8, r.entry_reason AS entryReason, r.exit_reason AS exitReason
  FROM round_trips r ${index}
  CROSS JOIN accounts a ON a.id = r.account CROSS JOIN bots b ON b.id = r.bot CROSS JOIN instruments i ON i.id = r.instrument`;

interface PageBounds extends RoundTripKey {
  readonly limit: number;
}
interface TripRaw extends Omit<
  RoundTripRecord,
  'id' | 'number' | 'simulated' | 'priceDecimals' | 'quantityDecimals' | 'openedAt' | 'closedAt'
> {
  readonly id: bigint;
  readonly number: bigint;
  readonly simulated: bigint;
  readonly priceDecimals: bigint;
  readonly quantityDecimals: bigint;
  readonly openedAt: bigint;
  readonly closedAt: bigint | null;
}
interface TotalRaw extends Record<'closed' | 'wins' | 'losses' | 'wonE8' | 'lostE8' | 'simulated', bigint> {
  readonly currency: string;
  readonly mode: Mode;
}
