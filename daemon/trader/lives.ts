import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { TraderReport } from '../ports/process-messages.ts';
import type { Life } from './compose.ts';
import { type Moment, type Phase, beatOf, reportOf } from './report.ts';
import type { Left } from './trading.ts';

/** A failure of the ledger that passes: one sentence with its remedy. Anything else is not ours to bear. */
export type Passing = (error: unknown) => string | null;

export interface LivesParts {
  readonly open: () => Promise<Life>;
  readonly passing: Passing;
  readonly clock: Clock;
  readonly log: Log;
  readonly mode: 'paper' | 'live';
  /** The first life stands: orders are taken over, the feed is open. */
  readonly onReady: (report: TraderReport) => void;
  /** A finite feed is over; true: stop, false: stay up as CLOSED. */
  readonly onEnded: (reason: string) => boolean;
}

/** The trader as its process sees it: one life after another until it is asked to stop. */
export interface Lives {
  run(): Promise<Left>;
  /** Asks the current life to finish its cycle; asking again changes nothing. */
  stop(): void;
  /** Writes the heartbeat; to be called each second, also while a life is starting. Never throws. */
  beat(loopLagMs: number): void;
  report(): TraderReport;
  prune(): void;
}

/** How long a degraded trader waits before it begins a new life. */
const RETRY_MS = 2_000;

/**
 * Where the ledger fails in a way that passes (a full disk, a foreign lock), the life ends and a new one recovers from
 * what is on disk: nothing in memory is trusted after a failed commit.
 */
export function lives(parts: LivesParts): Lives {
  const { clock, log } = parts;
  const stopping = new AbortController();
  let phase: Phase = { kind: 'starting' };
  let life: Life | null = null;
  let ready = false;

  const moment = (): Moment => ({
    phase,
    engine: life?.engine ?? null,
    feed: life?.feed.description ?? null,
    cycle: life?.trading.cycle() ?? 0,
    heardAt: life?.trading.heardAt() ?? null,
    mode: parts.mode,
  });

  const liveOn = async (current: Life): Promise<Left> => {
    phase = { kind: 'trading' };
    if (!ready) parts.onReady(reportOf(moment()));
    ready = true;
    const end = await current.trading.run(stopping.signal);
    if (end === 'ended') {
      phase = { kind: 'ended', reason: 'replay ended' };
      log.info({ cycle: current.trading.cycle() }, 'feed is over');
      if (!parts.onEnded('replay ended')) await aborted(stopping.signal);
    }
    phase = { kind: 'stopping' };
    const left = await current.trading.stop();
    phase = { kind: 'stopped' };
    current.ledger.beat(beatOf(moment(), 0));
    return left;
  };

  /** Ends a life whose ledger failed, waits, and lets the next one begin; an error that does not pass is thrown on. */
  const suspend = async (error: unknown): Promise<void> => {
    const sentence = parts.passing(error);
    if (sentence === null || !ready) throw error;
    await life?.abandon();
    life = null;
    if (phase.kind !== 'degraded') log.error({ reason: sentence }, 'ledger cannot be written, trading is suspended');
    phase = { kind: 'degraded', reason: sentence };
    await clock.sleep(RETRY_MS, stopping.signal);
  };

  return {
    async run() {
      while (!stopping.signal.aborted) {
        try {
          life = await parts.open();
          const left = await liveOn(life);
          await life.close('stopped');
          return left;
        } catch (error) {
          await suspend(error);
        }
      }
      return { protective: [], unproved: [] };
    },
    stop: () => {
      stopping.abort();
    },
    beat(loopLagMs) {
      try {
        life?.ledger.beat(beatOf(moment(), loopLagMs));
        life?.keep();
      } catch (error) {
        if (parts.passing(error) === null) throw error;
      }
    },
    report: () => reportOf(moment()),
    prune: () => {
      life?.prune();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => { resolve(); }, { once: true });
  });
}
