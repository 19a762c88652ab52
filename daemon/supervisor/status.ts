import type { TraderState } from '../ports/ledger.ts';
import type { TraderReport } from '../ports/process-messages.ts';
import type { ChildState } from './kept-child.ts';
import { SILENCE_MS } from './silence.ts';

/** What `status` is told over the control socket. Times are wall-clock UTC milliseconds. */
export interface TreeStatus {
  readonly pid: number;
  readonly version: string;
  readonly startedAt: number;
  readonly uptimeMs: number;
  /** Trader and dashboard have both been ready. */
  readonly ready: boolean;
  readonly state: TraderState;
  /** Why it is not trading; null when it is. */
  readonly reason: string | null;
  readonly mode: 'paper' | 'live' | null;
  readonly cycle: number | null;
  /** Age of the trader's last word. */
  readonly reportAgeMs: number | null;
  readonly marketAt: number | null;
  /** IANA zone that times are shown in. */
  readonly timeZone: string;
  readonly feed: { readonly label: string; readonly simulated: boolean; readonly ageMs: number | null } | null;
  readonly openPositions: number | null;
  readonly openOrders: number | null;
  readonly botsRunning: number | null;
  readonly trader: ChildState;
  readonly dashboard: ChildState & { readonly address: string | null };
  readonly dataDir: string;
  readonly log: string;
}

/** What the supervisor knows at a moment. */
export interface Known {
  readonly now: number;
  readonly startedAt: number;
  readonly version: string;
  readonly announced: boolean;
  readonly stopping: boolean;
  readonly report: { readonly body: TraderReport; readonly heardAt: number } | null;
  readonly trader: ChildState;
  readonly dashboard: ChildState;
  readonly address: string | null;
  readonly timeZone: string;
  readonly dataDir: string;
  readonly log: string;
}

/** Puts what is known into the words of `status`. */
export function statusOf(known: Known): TreeStatus {
  const { now, startedAt, version, announced, report, trader, dashboard, address, timeZone, dataDir, log } = known;
  return {
    pid: process.pid,
    version,
    startedAt,
    uptimeMs: now - startedAt,
    ready: announced,
    ...standingOf(known),
    ...reported(report?.body ?? null, now),
    reportAgeMs: report === null ? null : now - report.heardAt,
    trader,
    dashboard: { ...dashboard, address },
    timeZone,
    dataDir,
    log,
  };
}

/** The state to show, and why: the trader's own word while it speaks, else what the supervisor knows of it. */
function standingOf({ stopping, trader, report, now }: Known): Pick<TreeStatus, 'state' | 'reason'> {
  if (stopping) return { state: 'STOPPING', reason: 'a stop was asked for' };
  if (trader.kind === 'given-up') return { state: 'HALTED', reason: trader.reason };
  if (trader.kind === 'restarting')
    return { state: 'DEGRADED', reason: `${trader.reason ?? 'the trader died'}; it is being started again` };
  if (report === null || trader.kind !== 'ready') return { state: 'STARTING', reason: 'the trader is starting' };
  const silentMs = now - report.heardAt;
  if (silentMs >= SILENCE_MS) return { state: 'DEGRADED', reason: `no word from the trader for ${Math.floor(silentMs / 1000)} s` };
  return { state: report.body.state, reason: report.body.reason };
}

function reported(
  body: TraderReport | null,
  now: number,
): Pick<TreeStatus, 'mode' | 'cycle' | 'marketAt' | 'feed' | 'openPositions' | 'openOrders' | 'botsRunning'> {
  if (body === null)
    return { mode: null, cycle: null, marketAt: null, feed: null, openPositions: null, openOrders: null, botsRunning: null };
  const { mode, cycle, marketAt, feedLabel, simulated, feedHeardAt, openPositions, openOrders, botsRunning } = body;
  const feed = { label: feedLabel, simulated, ageMs: feedHeardAt === null ? null : Math.max(0, now - feedHeardAt) };
  return { mode, cycle, marketAt, feed, openPositions, openOrders, botsRunning };
}
