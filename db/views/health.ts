import type { Reader } from '../open.ts';
import { marketClock } from './market-clock.ts';

/** The trader's last beat. */
export interface Heartbeat {
  readonly run: number;
  readonly pid: number;
  /** Wall times: of the trader's start, of the beat, of the last market event. */
  readonly startedAt: number;
  readonly at: number;
  readonly feedHeardAt: number | null;
  /** Market time of the newest step: the figures' own, which the beat itself may lag behind. */
  readonly marketAt: number | null;
  readonly cycle: number;
  readonly state: string;
  /** Why it is not trading; null while it is. */
  readonly reason: string | null;
  readonly loopLagMs: number;
}

export interface FeedStanding {
  readonly kind: string;
  readonly label: string;
  readonly simulated: boolean;
  /** Market seconds per second; null: as fast as it is read. */
  readonly speed: number | null;
  readonly place: number;
  /** Market time of the last step. */
  readonly at: number;
  readonly faults: number;
  /** JSON array of {where, found, reason}. */
  readonly firstFaults: string;
}

export interface Run {
  readonly id: number;
  readonly pid: number;
  readonly version: string;
  /** Wall times. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
}

export interface ActiveLatch {
  readonly scope: 'account' | 'bot' | 'instrument';
  readonly key: string;
  readonly rule: string;
  readonly reason: string;
  readonly since: number;
  readonly untilDay: number | null;
}

export interface HealthView {
  /** Null: no trader has ever started on this ledger. */
  readonly heartbeat: () => Heartbeat | null;
  readonly feed: () => FeedStanding | null;
  /** Newest first; a run without an end that is not the newest was cut off. */
  readonly runs: (limit: number) => readonly Run[];
  readonly latches: () => readonly ActiveLatch[];
  readonly openOrders: () => number;
  readonly openAlerts: () => number;
  /** Bytes of the database without its log. */
  readonly bytes: () => number;
}

/** Read model of whether the trader lives and what it says of itself. */
export function healthView(db: Reader): HealthView {
  const clock = marketClock(db);
  const selectBeat = db
    .prepare<[], Heartbeat>(
      `
    SELECT run, pid, started_at AS startedAt, at, feed_heard_at AS feedHeardAt, market_at AS marketAt, cycle, state, reason,
           loop_lag_ms AS loopLagMs FROM heartbeat`,
    )
    .safeIntegers(false);
  const selectFeed = db
    .prepare<[], FeedRaw>(
      `
    SELECT kind, label, simulated, speed, place, at, faults, first_faults AS firstFaults FROM feed`,
    )
    .safeIntegers(false);
  const selectRuns = db
    .prepare<[number], Run>(
      `
    SELECT id, pid, version, started_at AS startedAt, ended_at AS endedAt, end_reason AS endReason FROM runs ORDER BY id DESC LIMIT ?`,
    )
    .safeIntegers(false);
  const selectLatches = db
    .prepare<[], ActiveLatch>(
      `
    SELECT scope, key, rule, reason, since, until_day AS untilDay FROM latches WHERE lifted_at IS NULL ORDER BY since, id`,
    )
    .safeIntegers(false);
  const countOrders = db.prepare<[], number>('SELECT count(*) FROM orders WHERE closed_at IS NULL').pluck().safeIntegers(false);
  const countAlerts = db.prepare<[], number>('SELECT count(*) FROM alerts WHERE resolved_at IS NULL').pluck().safeIntegers(false);
  const countBytes = db
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck()
    .safeIntegers(false);

  return {
    heartbeat: () => {
      const beat = selectBeat.get();
      return beat === undefined ? null : { ...beat, marketAt: clock.now() };
    },
    feed: () => {
      const raw = selectFeed.get();
      return raw === undefined ? null : { ...raw, simulated: raw.simulated === 1 };
    },
    runs: (limit) => selectRuns.all(limit),
    latches: () => selectLatches.all(),
    openOrders: () => countOrders.get() ?? 0,
    openAlerts: () => countAlerts.get() ?? 0,
    bytes: () => countBytes.get() ?? 0,
  };
}

type FeedRaw = Omit<FeedStanding, 'simulated'> & { readonly simulated: number };
