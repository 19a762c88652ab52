import type { LedgerWriter } from '../../../db/ledger.ts';
import { instant } from '../../core/model/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Beat, Cycle, Ledger, Recovered } from '../../ports/ledger.ts';
import { factRecorder } from './record-fact.ts';

/** One life of the trader, as the ledger names it. */
export interface Life {
  readonly run: number;
  readonly pid: number;
  /** Wall time. */
  readonly startedAt: number;
}

/** The Ledger port over `trades.db`: a cycle is one immediate transaction, on disk (`synchronous=FULL`) when `commit` returns. */
export function sqliteLedger(writer: LedgerWriter, life: Life, clock: Clock): Ledger {
  const record = factRecorder(writer, life.run);
  return {
    recover: () => recoverFrom(writer),
    commit(cycle: Cycle) {
      const wallAt = clock.now();
      writer.transaction(() => {
        for (const fact of cycle.facts) record(fact, wallAt);
        for (const [key, body] of cycle.state) writer.putState(key, body);
        if (cycle.place !== null) writer.advanceFeed(cycle.place, cycle.at);
      });
    },
    beat: (beat: Beat) => {
      writer.beat({ ...beat, ...life, at: clock.now() });
    },
    close: () => {
      writer.close();
    },
  };
}

/** What the last life left behind; reads only. */
export function recoverFrom(writer: LedgerWriter): Recovered {
  const feed = writer.feedPlace();
  return { state: writer.allState(), feed: feed === null ? null : { ...feed, at: instant(feed.at) } };
}
