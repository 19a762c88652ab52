import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { EXIT, Refusal } from '../ports/refusal.ts';
import type { TreeStatus } from './status.ts';
import type { LeftOpen } from './tree.ts';

/**
 * One JSON line asks, one JSON line answers, and the connection is over; but a `stop` is answered twice: at once, and with
 * what stays open when all has ended.
 */
export type ControlRequest = { readonly verb: 'status' } | { readonly verb: 'stop' } | { readonly verb: 'ping' };
export type ControlAnswer =
  | { readonly ok: true; readonly status?: TreeStatus; readonly left?: LeftOpen | null; readonly pid: number }
  | { readonly ok: false; readonly error: string };

/** What answers the requests. */
export interface ControlAnswers {
  answer(request: ControlRequest): ControlAnswer;
  /** The second answer to a `stop`; resolves when all has ended, before the socket is closed. */
  readonly ended: Promise<ControlAnswer>;
}

/** A listening control socket. */
export interface ControlSocket {
  close(): Promise<void>;
}

/** sun_path holds 104 bytes on macOS and 108 on Linux, the ending zero counted. */
const LONGEST_PATH = 100;
const LONGEST_REQUEST = 4_096;
const PATIENCE_MS = 5_000;
/** At the very end a frozen asker must not hold us. */
const LAST_PATIENCE_MS = 500;

/**
 * Opens the control socket, mode 0600. Only for the holder of the installation's lock: a socket file that is already
 * there is then a dead one's, and is removed.
 */
export async function openControlSocket(path: string, answers: ControlAnswers): Promise<ControlSocket> {
  refuseLongPath(path);
  rmSync(path, { force: true });
  const server = createServer((socket) => converse(socket, answers));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        rmSync(path, { force: true });
      }),
  };
}

/** Throws `Refusal` for a path that no Unix socket can have. */
export function refuseLongPath(path: string): void {
  const bytes = Buffer.byteLength(path);
  if (bytes <= LONGEST_PATH) return;
  throw new Refusal(
    'DATA_PATH_TOO_LONG',
    EXIT.failed,
    `The data folder's path is too long for a control socket (${bytes} bytes: ${path}).`,
    [
      {
        path: 'dataDir',
        found: path,
        expected: `a path of at most ${LONGEST_PATH} bytes with /control.sock`,
        remedy: 'name a shorter data folder with --data, BOT_DAEMON_DATA or dataDir',
      },
    ],
  );
}

function converse(socket: Socket, answers: ControlAnswers): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  // The asker may hang up at any time; that is its own affair.
  socket.on('error', () => undefined);
  const hear = (part: string): void => {
    text += part;
    if (text.length > LONGEST_REQUEST) socket.destroy();
    if (!text.includes('\n')) return;
    socket.off('data', hear).resume();
    reply(socket, requestIn(text), answers);
  };
  socket.on('data', hear);
}

function reply(socket: Socket, request: ControlRequest | string, { answer, ended }: ControlAnswers): void {
  const line = (said: ControlAnswer): string => `${JSON.stringify(said)}\n`;
  if (typeof request === 'string') socket.end(line({ ok: false, error: request }));
  else if (request.verb !== 'stop') socket.end(line(answer(request)));
  else {
    socket.setTimeout(0);
    socket.write(line(answer(request)));
    void ended.then((last) => socket.setTimeout(LAST_PATIENCE_MS).end(line(last)));
  }
}

/** The request, or what is wrong with it. */
function requestIn(text: string): ControlRequest | string {
  try {
    const request: unknown = JSON.parse(text.slice(0, text.indexOf('\n')));
    const verb: unknown = typeof request === 'object' && request !== null ? Reflect.get(request, 'verb') : undefined;
    if (verb === 'status' || verb === 'stop' || verb === 'ping') return { verb };
    return `unknown verb ${JSON.stringify(verb)}; known: status, stop, ping`;
  } catch {
    return 'expected one line of JSON such as {"verb":"status"}';
  }
}
