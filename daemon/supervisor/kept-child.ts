import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../ports/log.ts';
import type { FromChild, Ready, Refused, ToChild } from '../ports/process-messages.ts';
import { EXIT } from '../ports/refusal.ts';
import { type ChildEnd, type ChildPlan, type RunningChild, startChild } from './child-process.ts';
import { type RestartLimits, restartPolicy, type Verdict } from './restart-policy.ts';

export interface ChildState {
  readonly kind: 'starting' | 'ready' | 'restarting' | 'given-up' | 'stopped';
  readonly pid: number | null;
  readonly restarts: number;
  /** Why it is neither starting nor ready. */
  readonly reason: string | null;
}

/** Milliseconds after the request to stop. */
export interface StopPatience {
  readonly termAfterMs: number;
  readonly killAfterMs: number;
}

export interface ChildEvents {
  /** Its process was started, or has ended. */
  changed(): void;
  /** It serves; told at each start. */
  ready(message: Ready): void;
  /** A message other than `ready` and `refused`. */
  heard(message: Exclude<FromChild, Ready | Refused>): void;
  /** It refused at its first start: the tree cannot stand. */
  refused(refusal: Refused): void;
  /** It died and will be started again. */
  down(reason: string): void;
  /** It will not be started again. */
  gaveUp(reason: string): void;
}

/** How long a child that was refused by something that passes waits: it is no crash loop, and is tried for ever. */
const PASSING_PAUSE_MS = 5_000;

/** A process that is started again when it dies, until it refuses, dies too often or is stopped. */
export class KeptChild {
  readonly #plan: ChildPlan;
  readonly #limits: RestartLimits;
  readonly #events: ChildEvents;
  readonly #log: Log;
  readonly #judge: (at: number) => Verdict;
  readonly #stopping = new AbortController();
  readonly #life: Promise<void>;
  #running: RunningChild | null = null;
  #state: Omit<ChildState, 'pid'> = { kind: 'starting', restarts: 0, reason: null };
  #everReady = false;
  #refusal: Refused | null = null;

  /** Starts it. */
  constructor(plan: ChildPlan, limits: RestartLimits, events: ChildEvents, log: Log) {
    this.#plan = plan;
    this.#limits = limits;
    this.#events = events;
    this.#log = log;
    this.#judge = restartPolicy(limits);
    this.#life = this.#live();
  }

  state(): ChildState {
    return { ...this.#state, pid: this.#running?.pid ?? null };
  }

  send(message: ToChild): void {
    this.#running?.send(message);
  }

  /** Asks it to finish, then signals, then kills; resolves with how it ended, null where it was not running. */
  async stop(patience: StopPatience): Promise<ChildEnd | null> {
    this.#stopping.abort();
    const end = this.#running === null ? null : await bringDown(this.#running, patience);
    await this.#life;
    this.#state = { ...this.#state, kind: 'stopped' };
    return end;
  }

  async #live(): Promise<void> {
    // Whoever is told of the first start has to know this child already.
    await Promise.resolve();
    while (!this.#stopping.signal.aborted) {
      const end = await this.#liveOnce();
      if (this.#stopping.signal.aborted || !(await this.#outlive(end))) return;
      this.#state = { ...this.#state, kind: 'starting', reason: null };
    }
  }

  async #liveOnce(): Promise<ChildEnd> {
    this.#refusal = null;
    this.#running = startChild(this.#plan, (message) => this.#hear(message));
    this.#log.info({ child: this.#plan.name, childPid: this.#running.pid }, 'child started');
    this.#events.changed();
    const end = await this.#running.ended;
    this.#running = null;
    this.#events.changed();
    return end;
  }

  #hear(message: FromChild): void {
    if (message.kind === 'refused') this.#refusal = message;
    else if (message.kind === 'ready') {
      this.#everReady = true;
      this.#state = { ...this.#state, kind: 'ready', reason: null };
      this.#events.ready(message);
    } else this.#events.heard(message);
  }

  /** Decides what its end means; true, after a pause, when it is to be started again. */
  async #outlive(end: ChildEnd): Promise<boolean> {
    const child = this.#plan.name;
    const refused = this.#refusal ?? refusalIn(end, this.#everReady);
    if (refused !== null && !this.#everReady) {
      this.#state = { ...this.#state, kind: 'given-up', reason: refused.message };
      this.#log.error({ child, code: refused.code, reason: refused.message, faults: refused.faults }, 'child refused to start');
      this.#events.refused(refused);
      return false;
    }
    if (refused?.passes === true) return this.#again(refused.message, PASSING_PAUSE_MS);
    if (refused !== null) return this.#giveUp(refused.message);
    const reason = endInWords(child, end);
    const verdict = this.#judge(performance.now());
    const { crashes, withinMs } = this.#limits;
    if (verdict.kind === 'give-up') return this.#giveUp(`${reason}; ${crashes} crashes in ${Math.round(withinMs / 1000)} s, not started again`);
    return this.#again(reason, verdict.pauseMs);
  }

  async #again(reason: string, pauseMs: number): Promise<true> {
    this.#state = { kind: 'restarting', restarts: this.#state.restarts + 1, reason };
    this.#log.warn({ child: this.#plan.name, reason, pauseMs }, 'child died');
    this.#events.down(reason);
    await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    return true;
  }

  #giveUp(reason: string): false {
    this.#state = { ...this.#state, kind: 'given-up', reason };
    this.#log.error({ child: this.#plan.name, reason }, 'child given up');
    this.#events.gaveUp(reason);
    return false;
  }
}

async function bringDown(child: RunningChild, { termAfterMs, killAfterMs }: StopPatience): Promise<ChildEnd> {
  child.send({ kind: 'stop' });
  const term = setTimeout(() => child.signal('SIGTERM'), termAfterMs);
  const kill = setTimeout(() => child.signal('SIGKILL'), killAfterMs);
  const end = await child.ended;
  clearTimeout(term);
  clearTimeout(kill);
  return end;
}

/** A first start that ended with a code for refusals refused, though it could not say so by message. */
function refusalIn(end: ChildEnd, everReady: boolean): Refused | null {
  if (everReady || (end.code !== EXIT.failed && end.code !== EXIT.refused) || end.lastWords === '' || end.lastWords.includes('\n    at '))
    return null;
  return { kind: 'refused', code: 'CHILD_REFUSED', message: end.lastWords, faults: [], exitCode: end.code };
}

function endInWords(name: string, { code, signal, lastWords }: ChildEnd): string {
  const byItself = code === 0 ? 'ended without being asked (code 0)' : `ended with code ${code ?? 'unknown'}`;
  const how = signal === null ? byItself : `was ended by ${signal}`;
  const [words = ''] = lastWords
    .split('\n')
    .filter((line) => /\S/.test(line) && !/^\s+at /.test(line))
    .slice(-1);
  return `the ${name} ${how}${words === '' ? '' : `: ${words.trim().slice(0, 300)}`}`;
}
