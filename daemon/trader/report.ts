import { openOrders } from '../core/engine/orders.ts';
import type { EngineState } from '../core/engine/state.ts';
import { sessionAt } from '../core/market/calendar.ts';
import { DAY, type Instant, instant } from '../core/model/instant.ts';
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
  const closed = closedMarket(state);
  if (closed !== null) return { state: 'CLOSED', reason: closed };
  if (bots.every((bot) => bot.runState === 'WARMING')) return { state: 'RUNNING', reason: `warming up: ${first?.runReason ?? ''}` };
  return { state: 'RUNNING', reason: null };
}

/**
 * Why no bar is to be expected now: every instrument's exchange is closed at market time. Bars of a day and longer are
 * stamped outside the hours they stand for, so they say nothing about the session.
 */
function closedMarket({ cells, at }: EngineState): string | null {
  if (at === 0 || cells.some((cell) => cell.bot.timeframeMs >= DAY)) return null;
  const sessions = cells.map((cell) => ({ calendar: cell.instrument.calendar, ...sessionAt(cell.instrument.calendar, at) }));
  if (!sessions.every((session) => session.state === 'closed')) return null;
  const next = sessions.reduce<(typeof sessions)[number] | null>((first, each) => (earlier(each.nextOpen, first?.nextOpen ?? null) ? each : first), null);
  if (next === null || next.nextOpen === null) return 'the market is closed';
  return `${next.calendar} is closed, opens ${OPENING.format(next.nextOpen)}`;
}

const earlier = (a: Instant | null, b: Instant | null): boolean => a !== null && (b === null || a < b);
/** The one exchange that closes speaks Indian time. */
const OPENING = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

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
