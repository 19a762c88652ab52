import { connect } from 'node:net';
import type { ControlAnswer, ControlRequest } from '../supervisor/control-socket.ts';

/** What came of asking over the control socket. */
export type Asked =
  | { readonly kind: 'answer'; readonly answer: ControlAnswer }
  /** Nobody listens. */
  | { readonly kind: 'nobody' }
  /** Someone listens and does not answer in time: frozen, or too busy. */
  | { readonly kind: 'silent' };

/** Asks the supervisor of a data folder; never throws. */
export function askDaemon(socketPath: string, verb: ControlRequest['verb'], patienceMs = 2_000): Promise<Asked> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let text = '';
    const end = (asked: Asked): void => {
      socket.destroy();
      resolve(asked);
    };
    socket.setTimeout(patienceMs, () => end({ kind: 'silent' }));
    socket.on('error', () => end({ kind: text === '' ? 'nobody' : 'silent' }));
    socket.on('connect', () => socket.write(`${JSON.stringify({ verb })}\n`));
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.on('end', () => end(answerIn(text)));
  });
}

function answerIn(text: string): Asked {
  try {
    return { kind: 'answer', answer: JSON.parse(text) as ControlAnswer };
  } catch {
    return { kind: 'silent' };
  }
}
