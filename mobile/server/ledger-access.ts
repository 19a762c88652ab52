import { statSync } from 'node:fs';
import type { Views } from '../../db/views/open-views.ts';

/** The ledger as it comes and goes: not there before the first start, replaced by a restore. */
export interface LedgerAccess {
  /** Null while there is none to read. */
  readonly current: () => Views | null;
  /** Why a ledger that is there cannot be read; null where that is not so. */
  readonly fault: () => string | null;
  readonly close: () => void;
}

/** How often it is looked whether the file is (still) the same. */
export const LOOK_EVERY_MS = 500;
/** Not faults: the trader has not made it yet. */
const NOT_YET = new Set(['database.file-missing', 'database.folder-missing', 'database.not-ready']);

/** Opens the ledger at `path` when it appears, and anew when another takes its place. `now` never goes back. */
export function ledgerAccess(path: string, open: (path: string) => Views, now: () => number): LedgerAccess {
  let held: { readonly views: Views; readonly inode: number } | null = null;
  let fault: string | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  function drop(): void {
    held?.views.close();
    held = null;
  }
  function look(): void {
    const inode = statSync(path, { throwIfNoEntry: false })?.ino ?? null;
    if (held !== null && held.inode !== inode) drop();
    if (held !== null || inode === null) {
      fault = null;
      return;
    }
    try {
      held = { views: open(path), inode };
      fault = null;
    } catch (error) {
      fault = faultOf(error);
    }
  }

  return {
    current() {
      const at = now();
      if (at - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = at;
        look();
      }
      return held?.views ?? null;
    },
    fault: () => fault,
    close: drop,
  };
}

function faultOf(error: unknown): string | null {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string' && NOT_YET.has(error.code)) return null;
  // The sentence of a refusal begins with the path, which is nobody's business out there.
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? ` ${error.remedy}` : '';
  return `The ledger cannot be read: ${error.message.replace(/^\S*\/\S*: /, '')}.${remedy}`;
}
