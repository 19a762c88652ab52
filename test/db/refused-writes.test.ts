import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../db/ledger.ts';
import { INSTRUMENTS, ledgerWithNames, temporaryFolder } from './fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: LedgerWriter;
beforeEach(() => {
  folder = temporaryFolder();
  ledger = ledgerWithNames(join(folder.path, 'trades.db'));
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

function value(sql: string): unknown {
  const reader = new Database(join(folder.path, 'trades.db'), { readonly: true });
  try {
    return reader.prepare(sql).pluck().get();
  } finally {
    reader.close();
  }
}

describe('recordInstrument', () => {
  it('refuses other decimals or another currency: every stored figure is scaled by them', () => {
    const [first] = INSTRUMENTS;
    if (first === undefined) throw new Error('no instrument');

    for (const change of [{ priceDecimals: first.priceDecimals + 1 }, { quantityDecimals: first.quantityDecimals + 1 }, { quote: 'XXX' }]) {
      expect(() => {
        ledger.recordInstrument({ ...first, ...change });
      }).toThrow(expect.objectContaining({ code: 'ledger.instrument-changed' }));
    }
    ledger.recordInstrument({ ...first, tick: first.tick * 5n });
    expect(value(`SELECT tick FROM instruments WHERE id = '${first.id}'`)).toBe(Number(first.tick * 5n));
  });
});

describe('a statement outside any transaction', () => {
  it('tells a foreign lock in words too', () => {
    const other = new Database(join(folder.path, 'trades.db'));
    other.exec('BEGIN IMMEDIATE');

    expect(() => {
      ledger.beat({ run: 1, pid: 1, startedAt: 1, at: 1, marketAt: null, cycle: 0, state: 'RUNNING', reason: null, feedHeardAt: null, loopLagMs: 0 });
    }).toThrow(expect.objectContaining({ code: 'database.locked' }));
    other.close();
  });
});
