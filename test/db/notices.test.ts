import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerWriter } from '../../db/ledger.ts';
import { ledgerWithNames, temporaryFolder } from './fixture.ts';

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

describe('notices', () => {
  it('counts the same trouble in one alert until it is resolved', () => {
    const alert = { key: 'feed', severity: 'warn' as const, bot: null, title: 'late', body: '', at: 1 };
    const raised = ledger.recordAlert(alert);
    expect(ledger.recordAlert({ ...alert, at: 2 })).toEqual({ id: raised.id, isNew: false });
    expect(ledger.resolveAlert('feed', 3)).toBe(true);
    expect(ledger.resolveAlert('feed', 4)).toBe(false);
    expect(ledger.recordAlert({ ...alert, at: 5 }).isNew).toBe(true);

    expect(rows('SELECT first_at, last_at, count, resolved_at FROM alerts ORDER BY id')).toEqual([
      { first_at: 1, last_at: 2, count: 2, resolved_at: 3 },
      { first_at: 5, last_at: 5, count: 1, resolved_at: null },
    ]);
  });

  it('keeps a latch once until it is lifted', () => {
    const latch = { scope: 'account' as const, key: 'paper', rule: 'daily-loss', reason: '−5 %', since: 1, untilDay: 20220101 };
    ledger.recordLatch(latch);
    ledger.recordLatch({ ...latch, since: 2, reason: '−6 %' });
    ledger.liftLatch(latch, 3);
    ledger.recordLatch({ ...latch, since: 4 });

    expect(rows('SELECT since, reason, lifted_at FROM latches ORDER BY id')).toEqual([
      { since: 1, reason: '−6 %', lifted_at: 3 },
      { since: 4, reason: '−5 %', lifted_at: null },
    ]);
  });
});

describe('feed', () => {
  const feed = {
    kind: 'replay',
    label: 'replay of 1 file',
    fingerprint: 'abc',
    simulated: false,
    speed: null,
    faults: 0,
    firstFaults: '[]',
  };

  it('goes on at its place with the same fingerprint, from the beginning with another, and keeps the market time it has traded to', () => {
    expect(ledger.feedPlace()).toBeNull();
    expect(() => ledger.advanceFeed(1, 1)).toThrow(/before it was recorded/);
    ledger.recordFeed(feed);
    ledger.advanceFeed(17, 1000);
    ledger.recordFeed({ ...feed, label: 'renamed', faults: 2 });
    expect(ledger.feedPlace()).toEqual({ fingerprint: 'abc', place: 17, at: 1000 });

    ledger.recordFeed({ ...feed, fingerprint: 'def' });
    expect(ledger.feedPlace()).toEqual({ fingerprint: 'def', place: 0, at: 1000 });
  });
});

describe('state', () => {
  it('gives back what was put, and forgets what was dropped', () => {
    ledger.putState('bot:alpha', '1');
    ledger.putState('bot:alpha', '2');
    ledger.putState('gone', 'x');
    ledger.dropState('gone');

    expect([...ledger.allState()]).toEqual([['bot:alpha', '2']]);
  });

  it('keeps one row a change of the settings', () => {
    expect(ledger.putSettings({ at: 1, hash: 'a', body: '{}' })).toBe(true);
    expect(ledger.putSettings({ at: 2, hash: 'a', body: '{}' })).toBe(false);
    expect(ledger.putSettings({ at: 3, hash: 'b', body: '{}' })).toBe(true);
    expect(ledger.putSettings({ at: 4, hash: 'a', body: '{}' })).toBe(true);

    expect(rows('SELECT at FROM settings_in_force ORDER BY id')).toEqual([{ at: 1 }, { at: 3 }, { at: 4 }]);
  });
});
