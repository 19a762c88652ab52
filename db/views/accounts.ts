import type { Reader } from '../open.ts';
import { marketClock } from './market-clock.ts';

export type Mode = 'paper' | 'live';

/** What is never added up across: a currency, a mode, a kind of price. */
export interface Book {
  readonly currency: string;
  readonly mode: Mode;
  /** Its prices come from a generator. */
  readonly simulated: boolean;
}

export interface AccountToday extends Book {
  readonly id: string;
  readonly capitalE8: bigint;
  /** Today in its zone, YYYYMMDD. */
  readonly today: number;
}

/** One text for one book, to group by. */
export const bookKey = (book: Book): string => `${book.currency} ${book.mode} ${book.simulated}`;

/** All accounts of the ledger, each with its own today. */
export function accountsToday(db: Reader): () => readonly AccountToday[] {
  const clock = marketClock(db);
  const select = db.prepare<[], AccountRaw>(`
    SELECT id, mode, simulated, currency, capital_e8 AS capitalE8, time_zone AS timeZone, updated_at AS updatedAt FROM accounts ORDER BY id`);

  return () =>
    select.all().map(({ id, mode, simulated, currency, capitalE8, timeZone, updatedAt }) => ({
      id,
      mode,
      simulated: simulated === 1n,
      currency,
      capitalE8,
      today: clock.today(timeZone, Number(updatedAt)),
    }));
}

interface AccountRaw {
  readonly id: string;
  readonly mode: Mode;
  readonly simulated: bigint;
  readonly currency: string;
  readonly capitalE8: bigint;
  readonly timeZone: string;
  readonly updatedAt: bigint;
}
