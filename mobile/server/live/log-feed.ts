import type { LogFollower } from '../logs/follow.ts';
import { readLine } from '../logs/line.ts';
import { encode } from './encode.ts';
import type { StreamSet } from './stream-set.ts';

/** At most two batches a second, and of each the newest lines. */
const EVERY_MS = 500;
const MOST_LINES = 200;

/** Tells new lines of the log to all phones, while there are any. */
export interface LogFeed {
  tend(): void;
  close(): Promise<void>;
}

/** `follow` begins at the present end of the log: what is older is asked for with `/api/logs`. */
export function logFeed(follow: () => LogFollower, streams: StreamSet, seq: () => number, onFault: (error: unknown) => void): LogFeed {
  let follower: LogFollower | null = null;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> = Promise.resolve();

  async function look(from: LogFollower): Promise<void> {
    const lines = (await from.poll()).slice(-MOST_LINES).map(readLine);
    if (lines.length > 0) streams.broadcast(encode({ type: 'log', seq: seq(), data: { lines } }, null));
  }
  function stop(): void {
    if (timer !== null) clearInterval(timer);
    const ending = follower;
    timer = follower = null;
    if (ending !== null) working = working.then(() => ending.close()).catch(onFault);
  }

  return {
    tend() {
      if (streams.size === 0) stop();
      if (streams.size === 0 || follower !== null) return;
      const from = (follower = follow());
      const next = (): void => {
        // One after the other: a slow disk must not let two reads share a place in the file.
        working = working.then(() => (follower === from ? look(from) : undefined)).catch(onFault);
      };
      next();
      timer = setInterval(next, EVERY_MS);
    },
    async close() {
      stop();
      await working;
    },
  };
}
