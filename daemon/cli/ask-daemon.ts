import { connect } from 'node:net';
import type { ControlAnswer, ControlRequest } from '../supervisor/control-socket.ts';

/** What came of asking over the control socket. */
export type Asked =
  | { readonly kind: 'answer'; readonly answer: ControlAnswer }
  /** Nobody listens. */
  | { readonly kind: 'nobody' }
  /** Someone listens and does not answer in time: frozen, or too busy. */
  | { readonly kind: 'silent' };

/** The two answers to a request to stop. */
export interface AskedToStop {
  /** That it was heard. */
  readonly first: Asked;
  /** What it said when all had ended; resolves when the connection is over. */
  readonly last: Promise<Asked>;
}

const PATIENCE_MS = 2_000;

/** Asks the supervisor of a data folder; never throws. */
export async function askDaemon(socketPath: string, verb: Exclude<ControlRequest['verb'], 'stop'>): Promise<Asked> {
  return converse(socketPath, verb, PATIENCE_MS).next();
}

/**
 * Asks the supervisor of a data folder to stop; never throws.
 *
 * @param patienceMs how long the last answer is waited for
 */
export async function askToStop(socketPath: string, patienceMs: number): Promise<AskedToStop> {
  const { next, waitFor } = converse(socketPath, 'stop', PATIENCE_MS);
  const first = await next();
  waitFor(patienceMs);
  return { first, last: next() };
}

interface Conversation {
  /** The next answer; `silent` where there is none. To be called again only after it has resolved. */
  next(): Promise<Asked>;
  waitFor(patienceMs: number): void;
}

function converse(socketPath: string, verb: ControlRequest['verb'], patienceMs: number): Conversation {
  const socket = connect(socketPath);
  let text = '';
  let over: Asked | null = null;
  let told: (() => void) | null = null;
  const end = (asked: Asked): void => {
    over ??= asked;
    socket.destroy();
    told?.();
  };
  socket.setTimeout(patienceMs, () => end({ kind: 'silent' }));
  socket.on('error', () => end({ kind: text === '' ? 'nobody' : 'silent' }));
  socket.on('end', () => end({ kind: 'silent' }));
  socket.on('connect', () => socket.write(`${JSON.stringify({ verb })}\n`));
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    told?.();
  });
  const take = (): Asked | null => {
    const at = text.indexOf('\n');
    if (at < 0) return over;
    const line = text.slice(0, at);
    text = text.slice(at + 1);
    return answerIn(line);
  };
  return {
    next: () =>
      new Promise((resolve) => {
        told = () => {
          const asked = take();
          if (asked === null) return;
          told = null;
          resolve(asked);
        };
        told();
      }),
    waitFor: (ms) => void socket.setTimeout(ms),
  };
}

function answerIn(line: string): Asked {
  try {
    return { kind: 'answer', answer: JSON.parse(line) as ControlAnswer };
  } catch {
    return { kind: 'silent' };
  }
}
