import type { LedgerWriter } from './ledger-writer.ts';
import { openWriter } from './open.ts';
import { refusing } from './refusal.ts';
import { feedWriter } from './write/feed.ts';
import { identityWriter } from './write/identities.ts';
import { marketWriter } from './write/market.ts';
import { noticeWriter } from './write/notices.ts';
import { orderWriter } from './write/orders.ts';
import { positionWriter } from './write/positions.ts';
import { pruner } from './write/prune.ts';
import { roundTripWriter } from './write/round-trips.ts';
import { runWriter } from './write/runs.ts';
import { stateWriter } from './write/state.ts';
import { tradeWriter } from './write/trades.ts';

export type { LedgerWriter } from './ledger-writer.ts';

/** Opens `trades.db` to write it, made and brought up to date where needed. Throws `DatabaseRefusal`. */
export function openLedgerWriter(path: string): LedgerWriter {
  const db = openWriter(path);
  const writers: Omit<LedgerWriter, 'path' | 'transaction' | 'close'> = {
    ...identityWriter(db),
    ...runWriter(db),
    ...orderWriter(db),
    ...tradeWriter(db),
    ...roundTripWriter(db),
    ...positionWriter(db),
    ...marketWriter(db),
    ...noticeWriter(db),
    ...feedWriter(db),
    ...stateWriter(db),
    ...pruner(db),
  };
  return {
    path,
    transaction: (work) => refusing(path, () => db.transaction(work).immediate()),
    ...refusingAll(path, writers),
    close: () => {
      if (!db.open) return;
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // A reader may hold the log back, or the disk may be full; SQLite folds it in at a later opening, and nothing is lost.
      } finally {
        db.close();
      }
    },
  };
}

/** The same functions, each of which throws refusals in place of SQLite's codes: many are their own commit, outside any transaction. */
function refusingAll<Functions extends object>(path: string, functions: Functions): Functions {
  const wrapped = Object.entries(functions as Record<string, (...args: unknown[]) => unknown>).map(([name, call]) => [
    name,
    (...args: unknown[]) => refusing(path, () => call(...args)),
  ]);
  return Object.fromEntries(wrapped) as Functions;
}
