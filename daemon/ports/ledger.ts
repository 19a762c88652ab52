import type { Fact } from '../core/model/fact.ts';
import type { Instant } from '../core/model/instant.ts';

/** What one cycle made true; committed whole or not at all. */
export interface Cycle {
  /** Market time of the cycle. */
  readonly at: Instant;
  readonly facts: readonly Fact[];
  /** Engine state that changed, by key; JSON text. */
  readonly state: ReadonlyMap<string, string>;
  /** The feed's place after it; null when no market event was part of it. */
  readonly place: number | null;
}

/** What the last life left behind. */
export interface Recovered {
  /** Engine state by key; empty on a fresh ledger. */
  readonly state: ReadonlyMap<string, string>;
  /** Where the feed goes on; null on a fresh ledger. */
  readonly feed: { readonly fingerprint: string; readonly place: number; readonly at: Instant } | null;
}

/** How the trader stands, written each second so that silence can be told from health. */
export interface Beat {
  readonly marketAt: Instant | null;
  readonly cycle: number;
  readonly state: TraderState;
  /** Why it is not trading, or null when it is. */
  readonly reason: string | null;
  /** Wall time of the last market event. */
  readonly feedHeardAt: number | null;
  readonly loopLagMs: number;
}
export type TraderState = 'STARTING' | 'RUNNING' | 'PAUSED' | 'HALTED' | 'CLOSED' | 'DEGRADED' | 'STOPPING' | 'STOPPED';

/** The durable book of one installation. One writer; synchronous, because a step is not done before it is on disk. */
export interface Ledger {
  recover(): Recovered;
  /** Commits a cycle in one transaction; throws where it cannot be written (a full disk, a lost lock), with nothing written. */
  commit(cycle: Cycle): void;
  beat(beat: Beat): void;
  close(): void;
}
