import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../ports/log.ts';
import type { FromChild, Ready, Refused, ToChild } from '../ports/process-messages.ts';
import { EXIT } from '../ports/refusal.ts';
import { type ChildEnd, type ChildPlan, type RunningChild, startChild } from './child-process.ts';
import { type RestartLimits, restartPolicy } from './restart-policy.ts';

/** A process that is started again when it dies, until it refuses, dies too often or is stopped. */
export interface KeptChild {
  send(message: ToChild): void;
  /** Asks it to finish, then signals, then kills; resolves with how it ended, null where it was not running. */
  stop(patience: StopPatience): Promise<ChildEnd | null>;
  state(): ChildState;
}

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

/** Starts a child and keeps it alive. */
export function keepAlive(plan: ChildPlan, limits: RestartLimits, events: ChildEvents, log: Log): KeptChild {
  const judge = restartPolicy(limits);
  const stopping = new AbortController();
  let running: RunningChild | null = null;
  let state: Omit<ChildState, 'pid'> = { kind: 'starting', restarts: 0, reason: null };
  let everReady = false;
  let refusal: Refused | null = null;

  const hear = (message: FromChild): void => {
    if (message.kind === 'refused') refusal = message;
    else if (message.kind === 'ready') {
      everReady = true;
      state = { ...state, kind: 'ready', reason: null };
      events.ready(message);
    } else events.heard(message);
  };

  const giveUp = (reason: string): void => {
    state = { ...state, kind: 'given-up', reason };
    log.error({ child: plan.name, reason }, 'child given up');
    events.gaveUp(reason);
  };

  /** One life; true when there is to be another. */
  const live = async (): Promise<boolean> => {
    refusal = null;
    running = startChild(plan, hear);
    log.info({ child: plan.name, childPid: running.pid }, 'child started');
    const end = await running.ended;
    running = null;
    if (stopping.signal.aborted) return false;
    const refused = refusal ?? refusalIn(end, everReady);
    const reason = refused === null ? endInWords(plan.name, end) : refused.message;
    if (refused !== null && !everReady) {
      state = { ...state, kind: 'given-up', reason };
      log.error({ child: plan.name, code: refused.code, reason, faults: refused.faults }, 'child refused to start');
      events.refused(refused);
      return false;
    }
    const verdict = refused === null ? judge(performance.now()) : ({ kind: 'give-up' } as const);
    if (verdict.kind === 'give-up') {
      giveUp(
        refused === null ? `${reason}; ${limits.crashes} crashes in ${Math.round(limits.withinMs / 1000)} s, not started again` : reason,
      );
      return false;
    }
    state = { kind: 'restarting', restarts: state.restarts + 1, reason };
    log.warn({ child: plan.name, reason, pauseMs: verdict.pauseMs }, 'child died');
    events.down(reason);
    await pause(verdict.pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    return !stopping.signal.aborted;
  };

  const life = (async () => {
    while (await live()) state = { ...state, kind: 'starting', reason: null };
  })();

  return {
    send: (message) => running?.send(message),
    state: () => ({ ...state, pid: running?.pid ?? null }),
    stop: async (patience) => {
      stopping.abort();
      const child = running;
      const end = child === null ? null : await bringDown(child, patience);
      await life;
      state = { ...state, kind: 'stopped' };
      return end;
    },
  };
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
  const how = signal === null ? `ended with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
  const [words = ''] = lastWords
    .split('\n')
    .filter((line) => /\S/.test(line) && !/^\s+at /.test(line))
    .slice(-1);
  return `the ${name} ${how}${words === '' ? '' : `: ${words.trim().slice(0, 300)}`}`;
}
