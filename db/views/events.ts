import type { Reader } from '../open.ts';

/** What happened, as the trader committed it. */
export interface LedgerEvent {
  readonly seq: number;
  readonly at: number;
  /** Wall time. */
  readonly recordedAt: number;
  readonly type: string;
  readonly bot: string | null;
  /** JSON. */
  readonly body: string;
}

export interface LastPrice {
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly priceDecimals: number;
  readonly price: bigint;
  readonly at: number;
  /** Wall time. */
  readonly heardAt: number;
  readonly dayOpen: bigint;
  readonly revision: number;
}

export interface EventsView {
  /** Events after a sequence number, oldest first. */
  readonly eventsAfter: (seq: number, limit: number) => readonly LedgerEvent[];
  /** 0 on a ledger without events. */
  readonly lastSeq: () => number;
  /** The oldest event still kept: whoever asks for what came before it has to begin anew. 0 on a ledger without events. */
  readonly firstSeq: () => number;
  /** Prices that changed after a revision, in the order of their changes; all of them after 0. */
  readonly pricesAfter: (revision: number) => readonly LastPrice[];
  /** Changes whenever another process has committed; the cheapest question there is. */
  readonly dataVersion: () => number;
}

/** Read model of what a follower has not seen yet. */
export function eventsView(db: Reader): EventsView {
  const selectAfter = db.prepare<[number, number], EventRaw>(
    'SELECT seq, at, recorded_at AS recordedAt, type, bot, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const selectLast = db.prepare<[], bigint | null>('SELECT max(seq) FROM events').pluck();
  const selectFirst = db.prepare<[], bigint | null>('SELECT min(seq) FROM events').pluck();
  const selectPrices = db.prepare<[number], PriceRaw>(`
    SELECT m.instrument, i.symbol, i.exchange, i.price_decimals AS priceDecimals, m.price, m.at, m.wall_at AS heardAt,
           m.day_open AS dayOpen, m.revision
    FROM prices m JOIN instruments i ON i.id = m.instrument WHERE m.revision > ? ORDER BY m.revision`);
  const version = db.prepare<[], bigint>('PRAGMA data_version').pluck();

  return {
    eventsAfter: (seq, limit) =>
      selectAfter.all(seq, limit).map((raw) => ({ ...raw, seq: Number(raw.seq), at: Number(raw.at), recordedAt: Number(raw.recordedAt) })),
    lastSeq: () => Number(selectLast.get() ?? 0n),
    firstSeq: () => Number(selectFirst.get() ?? 0n),
    pricesAfter: (revision) =>
      selectPrices.all(revision).map((raw) => ({
        ...raw,
        priceDecimals: Number(raw.priceDecimals),
        at: Number(raw.at),
        heardAt: Number(raw.heardAt),
        revision: Number(raw.revision),
      })),
    dataVersion: () => Number(version.get() ?? 0n),
  };
}

interface EventRaw {
  readonly seq: bigint;
  readonly at: bigint;
  readonly recordedAt: bigint;
  readonly type: string;
  readonly bot: string | null;
  readonly body: string;
}

interface PriceRaw {
  readonly instrument: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly priceDecimals: bigint;
  readonly price: bigint;
  readonly at: bigint;
  readonly heardAt: bigint;
  readonly dayOpen: bigint;
  readonly revision: bigint;
}
