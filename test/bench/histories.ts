import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeHistory } from '../db/fixture.ts';
import { runFolder } from './harness.ts';

/** The folder of a ledger with so many trades, made once in a run and only read after that. */
export function history(trades: number): string {
  const folder = runFolder(`history-${trades}`);
  const path = join(folder, 'trades.db');
  if (existsSync(path)) return folder;
  writeHistory(join(folder, 'draft.db'), trades);
  renameSync(join(folder, 'draft.db'), path);
  return folder;
}

/** The ledger in such a folder. */
export const ledgerIn = (folder: string): string => join(folder, 'trades.db');
