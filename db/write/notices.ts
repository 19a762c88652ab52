import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import type { AlertRow } from '../rows.ts';

/** Writes what people are told: latches, alerts, and the events the dashboard follows. */
export function noticeWriter(db: Writer): Pick<LedgerWriter, 'recordLatch' | 'liftLatch' | 'recordAlert' | 'resolveAlert' | 'recordEvent'> {
  const upsertLatch = db.prepare(`
    INSERT INTO latches(scope, key, rule, reason, since, until_day) VALUES (@scope, @key, @rule, @reason, @since, @untilDay)
    ON CONFLICT(scope, key, rule) WHERE lifted_at IS NULL DO UPDATE SET reason = excluded.reason, until_day = excluded.until_day`);
  const setLifted = db.prepare(`
    UPDATE latches SET lifted_at = @at WHERE scope = @scope AND key = @key AND rule = @rule AND lifted_at IS NULL`);
  const upsertAlert = db.prepare<[AlertRow], { readonly id: number; readonly count: number }>(`
    INSERT INTO alerts(key, severity, bot, title, body, first_at, last_at, count) VALUES (@key, @severity, @bot, @title, @body, @at, @at, 1)
    ON CONFLICT(key) WHERE resolved_at IS NULL DO UPDATE SET
      severity = excluded.severity, title = excluded.title, body = excluded.body, last_at = excluded.last_at, count = count + 1
    RETURNING id, count`);
  const setResolved = db.prepare('UPDATE alerts SET resolved_at = ? WHERE key = ? AND resolved_at IS NULL');
  const insertEvent = db.prepare('INSERT INTO events(at, recorded_at, type, bot, body) VALUES (@at, @recordedAt, @type, @bot, @body)');

  return {
    recordLatch: (row) => {
      upsertLatch.run(row);
    },
    liftLatch: (key, at) => {
      setLifted.run({ ...key, at });
    },
    recordAlert: (row) => {
      const raised = upsertAlert.get(row);
      if (raised === undefined) throw new Error(`ledger: alert ${row.key} was not written`);
      return { id: raised.id, isNew: raised.count === 1 };
    },
    resolveAlert: (key, at) => setResolved.run(at, key).changes > 0,
    recordEvent: (row) => Number(insertEvent.run(row).lastInsertRowid),
  };
}
