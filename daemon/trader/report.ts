import { openOrders } from '../core/engine/orders.ts';
import type { EngineState } from '../core/engine/state.ts';
import { instant } from '../core/model/instant.ts';
import type { Beat, TraderState } from '../ports/ledger.ts';
import type { FeedDescription } from '../ports/market-feed.ts';
import type { TraderReport } from '../ports/process-messages.ts';

/** How the trader stands, and, where it is not trading, why: the one place that chooses the word. */
export interface Standing {
  readonly state: TraderState;
  /** Null while it trades. */
  readonly reason: string | null;
}

/** What the process is at, beside what its bots say. */
export type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'trading' }
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'degraded'; readonly reason: string }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stopped' };

export function standing(phase: Phase, state: EngineState | null): Standing {
  switch (phase.kind) {
    case 'starting':
      return { state: 'STARTING', reason: 'reading the ledger and the feed' };
    case 'ended':
      return { state: 'CLOSED', reason: phase.reason };
    case 'degraded':
      return { state: 'DEGRADED', reason: phase.reason };
    case 'stopping':
      return { state: 'STOPPING', reason: 'asked to stop' };
    case 'stopped':
      return { state: 'STOPPED', reason: 'stopped on request' };
    case 'trading':
      return state === null ? { state: 'STARTING', reason: null } : ofBots(state);
  }
}

function ofBots(state: EngineState): Standing {
  const bots = [...state.bots.values()];
  if (bots.length === 0) return { state: 'PAUSED', reason: 'no bot is enabled in the settings' };
  const [first] = bots;
  if (bots.every((bot) => bot.runState === 'HALTED')) return { state: 'HALTED', reason: first?.runReason ?? null };
  if (bots.every((bot) => bot.runState === 'WARMING')) return { state: 'RUNNING', reason: `warming up: ${first?.runReason ?? ''}` };
  return { state: 'RUNNING', reason: null };
}

/** What is known of a trading life at a moment. */
export interface Moment {
  readonly phase: Phase;
  readonly engine: EngineState | null;
  readonly feed: FeedDescription | null;
  readonly cycle: number;
  /** Wall time. */
  readonly heardAt: number | null;
  readonly mode: 'paper' | 'live';
}

export function reportOf({ phase, engine, feed, cycle, heardAt, mode }: Moment): TraderReport {
  const cells = engine?.cells ?? [];
  const bots = engine === null ? [] : [...engine.bots.values()];
  return {
    ...standing(phase, engine),
    mode,
    cycle,
    marketAt: engine === null || engine.at === 0 ? null : engine.at,
    feedHeardAt: heardAt,
    feedLabel: feed?.label ?? 'no feed yet',
    simulated: feed?.kind === 'simulated',
    openPositions: cells.filter((cell) => cell.position.quantity !== 0n).length,
    openOrders: cells.reduce((sum, cell) => sum + openOrders(cell).length, 0),
    botsRunning: bots.filter((bot) => bot.runState === 'RUNNING').length,
  };
}

export function beatOf(moment: Moment, loopLagMs: number): Beat {
  const { state, reason, cycle, marketAt, feedHeardAt } = reportOf(moment);
  return { state, reason, cycle, marketAt: marketAt === null ? null : instant(marketAt), feedHeardAt, loopLagMs };
}
