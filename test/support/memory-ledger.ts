import type { Fact } from '../../daemon/core/model/fact.ts';
import type { Trade } from '../../daemon/core/model/fill.ts';
import type { Cycle, Ledger, Recovered } from '../../daemon/ports/ledger.ts';

/** What survives a crash of the process over it. */
export interface Disk {
  readonly facts: Fact[];
  readonly state: Map<string, string>;
  place: number;
  at: number;
  commits: number;
}

export const emptyDisk = (): Disk => ({ facts: [], state: new Map(), place: 0, at: 0, commits: 0 });

export class Crash extends Error {}

/** A ledger in memory that can crash right before, or right after, its n-th commit. */
export function memoryLedger(disk: Disk, crash: { readonly before?: number; readonly after?: number } = {}): Ledger {
  return {
    recover: (): Recovered => ({
      state: new Map(disk.state),
      feed: disk.commits === 0 ? null : { fingerprint: 'test', place: disk.place, at: disk.at as never },
    }),
    commit(cycle: Cycle) {
      if (disk.commits === crash.before) throw new Crash('before the commit');
      disk.facts.push(...cycle.facts);
      for (const [key, body] of cycle.state) disk.state.set(key, body);
      if (cycle.place !== null) {
        disk.place = cycle.place;
        disk.at = cycle.at;
      }
      disk.commits += 1;
      if (disk.commits === crash.after) throw new Crash('after the commit');
    },
    beat: () => undefined,
    close: () => undefined,
  };
}

export const tradesOf = (disk: Disk): readonly Trade[] => disk.facts.flatMap((fact) => (fact.kind === 'trade' ? [fact.trade] : []));
