import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';

const DAY = 86_400_000;

/** How much is kept of what is told and not owned: newest rows by count, equity steps by age in market time. */
export const KEPT = { events: 200_000, decisions: 50_000, minuteStepsMs: 14 * DAY, hourStepsMs: 730 * DAY } as const;

/** Drops what is past its keeping. Orders, trades, round trips, day sums and daily equity are kept for ever. */
export function pruner(db: Writer): Pick<LedgerWriter, 'prune'> {
  const pruneEvents = db.prepare('DELETE FROM events WHERE seq <= (SELECT max(seq) FROM events) - ?');
  const pruneDecisions = db.prepare('DELETE FROM decisions WHERE id <= (SELECT max(id) FROM decisions) - ?');
  const pruneSteps = db.prepare(`
    DELETE FROM equity WHERE bot = @bot AND resolution = @resolution
      AND at < (SELECT max(at) FROM equity WHERE bot = @bot AND resolution = @resolution) - @kept`);
  const bots = db.prepare<[], string>('SELECT id FROM bots').pluck();

  return {
    prune: () => {
      pruneEvents.run(KEPT.events);
      pruneDecisions.run(KEPT.decisions);
      for (const bot of bots.all()) {
        pruneSteps.run({ bot, resolution: 60, kept: KEPT.minuteStepsMs });
        pruneSteps.run({ bot, resolution: 3600, kept: KEPT.hourStepsMs });
      }
    },
  };
}
