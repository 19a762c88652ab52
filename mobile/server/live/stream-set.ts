import type { ServerResponse } from 'node:http';
import type { Session } from '../auth/sessions.ts';
import { Problem } from '../problem.ts';
import { PING, RETRY_HINT } from './encode.ts';

/** One phone that listens. */
export interface Stream {
  readonly session: Session;
  /** Writes bytes made for all; a reader that lags too far behind is dropped instead. */
  send(bytes: Buffer): void;
  close(): void;
}

/** All phones that listen, within limits. */
export interface StreamSet {
  readonly size: number;
  /** Begins a stream on a response; throws `stream.too-many`. */
  add(outgoing: ServerResponse, session: Session): Stream;
  broadcast(bytes: Buffer): void;
  /** Ends the streams of a session that has ended. */
  closeOf(session: Session): void;
  closeAll(): void;
}

export const STREAM_LIMITS = { perSession: 5, inAll: 50, bufferedBytes: 1024 * 1024, pingEveryMs: 15_000, checkEveryMs: 60_000, closeGraceMs: 500 } as const;

/** Makes an empty set. `onChange` hears of each stream that comes or goes; `isLive` is asked each minute whether a session still holds. */
export function streamSet(onChange: () => void, isLive: (session: Session) => boolean): StreamSet {
  const streams = new Set<Stream>();
  let beat: NodeJS.Timeout | null = null;
  let check: NodeJS.Timeout | null = null;

  function tend(): void {
    if (streams.size > 0 && beat === null) {
      beat = setInterval(() => broadcast(PING), STREAM_LIMITS.pingEveryMs);
      check = setInterval(() => closeWhere((stream) => !isLive(stream.session)), STREAM_LIMITS.checkEveryMs);
    }
    if (streams.size === 0 && beat !== null) {
      clearInterval(beat);
      if (check !== null) clearInterval(check);
      beat = check = null;
    }
    onChange();
  }
  function broadcast(bytes: Buffer): void {
    for (const stream of streams) stream.send(bytes);
  }
  function closeWhere(which: (stream: Stream) => boolean): void {
    for (const stream of [...streams]) if (which(stream)) stream.close();
  }

  return {
    get size() {
      return streams.size;
    },
    add(outgoing, session) {
      const ofSession = [...streams].filter((stream) => stream.session === session).length;
      if (streams.size >= STREAM_LIMITS.inAll || ofSession >= STREAM_LIMITS.perSession) throw new Problem('stream.too-many', { headers: { 'Retry-After': '5' } });
      const stream: Stream = {
        session,
        send(bytes) {
          if (outgoing.writableLength > STREAM_LIMITS.bufferedBytes) outgoing.destroy();
          else outgoing.write(bytes);
        },
        close() {
          outgoing.end();
          // A reader that takes nothing any more would keep it open.
          setTimeout(() => outgoing.destroy(), STREAM_LIMITS.closeGraceMs).unref();
        },
      };
      outgoing.writeHead(200, STREAM_HEADERS);
      outgoing.write(RETRY_HINT);
      outgoing.on('error', () => outgoing.destroy());
      outgoing.on('close', () => {
        streams.delete(stream);
        tend();
      });
      streams.add(stream);
      tend();
      return stream;
    },
    broadcast,
    closeOf: (session) => closeWhere((stream) => stream.session === session),
    closeAll: () => closeWhere(() => true),
  };
}

/** Not buffered by nginx, not stored by anybody. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};
