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

/** How long a degraded trader waits before it begins a new life. */
const RETRY_MS = 2_000;

/**
 * The trader as its process sees it: one life after another until it is asked to stop. Where the ledger fails in a way
 * that passes (a full disk, a foreign lock), the life ends and a new one recovers from what is on disk: nothing in memory
 * is trusted after a failed commit.
 */
export class Lives {
  readonly #parts: LivesParts;
  readonly #stopping = new AbortController();
  #phase: Phase = { kind: 'starting' };
  #life: Life | null = null;
  #ready = false;

  constructor(parts: LivesParts) {
    this.#parts = parts;
  }

  async run(): Promise<Left> {
    while (!this.#stopping.signal.aborted) {
      try {
        this.#life = await this.#parts.open();
        const left = await this.#liveOn(this.#life);
        await this.#life.close('stopped');
        return left;
      } catch (error) {
        await this.#suspend(error);
      }
    }
    return { protective: [], unproved: [] };
  }

  /** Asks the current life to finish its cycle; asking again changes nothing. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Writes the heartbeat; to be called each second, also while a life is starting. Bears a ledger that fails. */
  beat(loopLagMs: number): void {
    this.#bearing(() => {
      this.#life?.ledger.beat(beatOf(this.#moment(), loopLagMs));
      this.#life?.keep();
    });
  }

  /** Keeps tables within their bounds; bears a ledger that fails. */
  prune(): void {
    this.#bearing(() => {
      this.#life?.prune();
    });
  }

  report(): TraderReport {
    return reportOf(this.#moment());
  }

  async #liveOn(life: Life): Promise<Left> {
    this.#phase = { kind: 'trading' };
    if (!this.#ready) this.#parts.onReady(this.report());
    this.#ready = true;
    if ((await life.trading.run(this.#stopping.signal)) === 'ended') await this.#rest(life);
    this.#phase = { kind: 'stopping' };
    const left = await life.trading.stop();
    this.#phase = { kind: 'stopped' };
    life.ledger.beat(beatOf(this.#moment(), 0));
    return left;
  }

  /** A finite feed is over: stops, or stays up as CLOSED until asked to. */
  async #rest(life: Life): Promise<void> {
    this.#phase = { kind: 'ended', reason: 'replay ended' };
    this.#parts.log.info({ cycle: life.trading.cycle() }, 'feed is over');
    if (!this.#parts.onEnded('replay ended')) await aborted(this.#stopping.signal);
  }

  /** Ends a life whose ledger failed, waits, and lets the next one begin; an error that does not pass is thrown on. */
  async #suspend(error: unknown): Promise<void> {
    const sentence = this.#parts.passing(error);
    if (sentence === null || !this.#ready) throw error;
    await this.#life?.abandon();
    this.#life = null;
    if (this.#phase.kind !== 'degraded') this.#parts.log.error({ reason: sentence }, 'ledger cannot be written, trading is suspended');
    this.#phase = { kind: 'degraded', reason: sentence };
    await this.#parts.clock.sleep(RETRY_MS, this.#stopping.signal);
  }

  #bearing(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (this.#parts.passing(error) === null) throw error;
    }
  }

  #moment(): Moment {
    const life = this.#life;
    return {
      phase: this.#phase,
      engine: life?.engine ?? null,
      feed: life?.feed.description ?? null,
      cycle: life?.trading.cycle() ?? 0,
      heardAt: life?.trading.heardAt() ?? null,
      mode: this.#parts.mode,
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => {
      resolve();
    }, { once: true });
  });
}
