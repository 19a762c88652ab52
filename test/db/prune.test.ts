import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../db/ledger.ts';
import { KEPT } from '../../db/write/prune.ts';
import { HISTORY_START, ledgerWithNames, temporaryFolder } from './fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: LedgerWriter;
let reader: Database.Database;
beforeEach(() => {
  folder = temporaryFolder();
  ledger = ledgerWithNames(join(folder.path, 'trades.db'));
  reader = new Database(join(folder.path, 'trades.db'), { readonly: true });
});
afterEach(() => {
  reader.close();
  ledger.close();
  folder.remove();
});

const rows = (sql: string): unknown[] => reader.prepare(sql).all();

describe('prune', () => {
  it('keeps the newest events and decisions and goes on counting', () => {
    const db = new Database(join(folder.path, 'trades.db'));
    db.exec(
      `WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < ${KEPT.events + 5}) INSERT INTO events SELECT i, i, i, 'alert', NULL, '{}' FROM n`,
    );
    db.exec(
      `WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < ${KEPT.decisions + 3}) INSERT INTO decisions SELECT i, i, 'alpha', 'NSE:INFY', 1, 'wait', '', '{}', '[]', '[]' FROM n`,
    );
    db.close();

    ledger.prune();

    expect(rows('SELECT min(seq) AS first, count(*) AS kept FROM events')).toEqual([{ first: 6, kept: KEPT.events }]);
    expect(rows('SELECT min(id) AS first, count(*) AS kept FROM decisions')).toEqual([{ first: 4, kept: KEPT.decisions }]);
    expect(ledger.recordEvent({ at: 1, recordedAt: 1, type: 'alert', bot: null, body: '{}' })).toBe(KEPT.events + 6);
  });

  it('keeps fine equity for its time and daily equity for ever', () => {
    const step = { bot: 'alpha', equityE8: 1n, unrealisedE8: 0n, realisedE8: 0n, feesE8: 0n };
    const days = [0, 700, 725, 731, 740].map((day) => HISTORY_START + day * 86_400_000);
    for (const at of days) ledger.recordEquity({ ...step, at, day: Number(new Date(at).toISOString().slice(0, 10).replaceAll('-', '')) });

    ledger.prune();

    expect(rows('SELECT resolution, count(*) AS kept FROM equity GROUP BY 1 ORDER BY 1')).toEqual([
      { resolution: 60, kept: 2 },
      { resolution: 3600, kept: 4 },
      { resolution: 86400, kept: 5 },
    ]);
  });
});
