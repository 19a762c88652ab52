import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import type { FeedPlace } from '../rows.ts';

/** Writes which feed is played and how far. */
export function feedWriter(db: Writer): Pick<LedgerWriter, 'recordFeed' | 'advanceFeed' | 'feedPlace'> {
  const upsertFeed = db.prepare(UPSERT_FEED);
  const setPlace = db.prepare('UPDATE feed SET place = ?, at = ? WHERE id = 1');
  const selectPlace = db.prepare<[], FeedPlace>('SELECT fingerprint, place, at FROM feed WHERE id = 1');

  return {
    recordFeed: (row) => {
      upsertFeed.run({ ...row, simulated: row.simulated ? 1 : 0 });
    },
    advanceFeed: (place, at) => {
      if (setPlace.run(place, at).changes === 0) throw new Error('ledger: a feed was advanced before it was recorded');
    },
    feedPlace: () => selectPlace.get() ?? null,
  };
}

/** A place is good for the feed it was reached in and for no other; the market time that was traded to stays true. */
const UPSERT_FEED = `
  INSERT INTO feed(id, kind, label, fingerprint, simulated, speed, place, at, faults, first_faults)
  VALUES (1, @kind, @label, @fingerprint, @simulated, @speed, 0, 0, @faults, @firstFaults)
  ON CONFLICT(id) DO UPDATE SET
    kind = excluded.kind, label = excluded.label, simulated = excluded.simulated, speed = excluded.speed,
    place = CASE WHEN feed.fingerprint = excluded.fingerprint THEN feed.place ELSE 0 END,
    fingerprint = excluded.fingerprint, faults = excluded.faults, first_faults = excluded.first_faults`;
