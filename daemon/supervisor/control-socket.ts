import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { EXIT, Refusal } from '../ports/refusal.ts';
import type { TreeStatus } from './status.ts';

/** One JSON line asks, one JSON line answers, and the connection is over. */
export type ControlRequest = { readonly verb: 'status' } | { readonly verb: 'stop' } | { readonly verb: 'ping' };
export type ControlAnswer =
  { readonly ok: true; readonly status?: TreeStatus; readonly pid: number } | { readonly ok: false; readonly error: string };

/** A listening control socket. */
export interface ControlSocket {
  close(): Promise<void>;
}

/** sun_path holds 104 bytes on macOS and 108 on Linux, the ending zero counted. */
const LONGEST_PATH = 100;
const LONGEST_REQUEST = 4_096;

/**
 * Opens the control socket, mode 0600. Only for the holder of the installation's lock: a socket file that is already
 * there is then a dead one's, and is removed.
 */
export async function openControlSocket(path: string, answer: (request: ControlRequest) => ControlAnswer): Promise<ControlSocket> {
  refuseLongPath(path);
  rmSync(path, { force: true });
  const server = createServer((socket) => converse(socket, answer));
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

function converse(socket: Socket, answer: (request: ControlRequest) => ControlAnswer): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.setTimeout(5_000, () => socket.destroy());
  // The asker may hang up at any time; that is its own affair.
  socket.on('error', () => undefined);
  socket.on('data', (part: string) => {
    text += part;
    if (text.length > LONGEST_REQUEST) socket.destroy();
    else if (text.includes('\n')) socket.end(`${JSON.stringify(answerLine(text, answer))}\n`);
  });
}

function answerLine(text: string, answer: (request: ControlRequest) => ControlAnswer): ControlAnswer {
  try {
    const request: unknown = JSON.parse(text.slice(0, text.indexOf('\n')));
    const verb: unknown = typeof request === 'object' && request !== null ? Reflect.get(request, 'verb') : undefined;
    if (verb === 'status' || verb === 'stop' || verb === 'ping') return answer({ verb });
    return { ok: false, error: `unknown verb ${JSON.stringify(verb)}; known: status, stop, ping` };
  } catch {
    return { ok: false, error: 'expected one line of JSON such as {"verb":"status"}' };
  }
}
