import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';

/** Writes the lives of the trader. A run without an end was cut off. */
export function runWriter(db: Writer): Pick<LedgerWriter, 'startRun' | 'endRun' | 'beat'> {
  const insertRun = db.prepare('INSERT INTO runs(pid, version, started_at) VALUES (@pid, @version, @startedAt)');
  const setEnd = db.prepare('UPDATE runs SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL');
  const upsertBeat = db.prepare(`
    INSERT INTO heartbeat(id, run, pid, started_at, at, market_at, cycle, state, reason, feed_heard_at, loop_lag_ms)
    VALUES (1, @run, @pid, @startedAt, @at, @marketAt, @cycle, @state, @reason, @feedHeardAt, @loopLagMs)
    ON CONFLICT(id) DO UPDATE SET
      run = excluded.run, pid = excluded.pid, started_at = excluded.started_at, at = excluded.at, market_at = excluded.market_at,
      cycle = excluded.cycle, state = excluded.state, reason = excluded.reason, feed_heard_at = excluded.feed_heard_at,
      loop_lag_ms = excluded.loop_lag_ms`);

  return {
    startRun: (row) => Number(insertRun.run(row).lastInsertRowid),
    endRun: (run, endedAt, reason) => {
      setEnd.run(endedAt, reason, run);
    },
    beat: (row) => {
      upsertBeat.run(row);
    },
  };
}
