import type { Sessions } from '../auth/sessions.ts';
import type { LedgerAccess } from '../ledger-access.ts';
import type { DashboardLog } from '../log.ts';
import { followLog } from '../logs/follow.ts';
import type { Reads } from '../reads.ts';
import { LiveHub } from './live-hub.ts';
import { logFeed } from './log-feed.ts';
import { type StreamSet, streamSet } from './stream-set.ts';

/** All that moves: the streams, and what is told in them. */
export interface Live {
  readonly hub: LiveHub;
  readonly streams: StreamSet;
  /** Ends every stream and stops looking. */
  close(): Promise<void>;
}

export interface LiveDeps {
  readonly access: LedgerAccess;
  readonly shown: Reads;
  readonly sessions: Sessions;
  readonly logPath: string;
  readonly log: DashboardLog;
  /** Never goes back, milliseconds. */
  readonly monotonic: () => number;
}

/** Puts the live half together; nothing runs until the first phone listens. */
export function openLive({ access, shown, sessions, logPath, log, monotonic }: LiveDeps): Live {
  const onFault = (error: unknown): void => log.error({ err: error }, 'the live stream failed');
  const tend = (): void => {
    hub.tend();
    feed.tend();
  };
  const streams = streamSet(tend, (session) => sessions.isLive(session));
  const hub: LiveHub = new LiveHub({ ledger: access.current, status: shown.status, home: shown.home, positions: shown.positions }, streams, monotonic, onFault);
  const feed = logFeed(() => followLog(logPath), streams, () => hub.seq, onFault);
  return {
    hub,
    streams,
    async close() {
      hub.close();
      streams.closeAll();
      await feed.close();
    },
  };
}
