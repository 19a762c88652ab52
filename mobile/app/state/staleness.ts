/** What the phone knows about how far its word from the daemon has come. Instants are milliseconds of the server's clock. */
export interface Hearing {
  readonly now: number;
  /** The daemon's last heartbeat; null: it never ran. */
  readonly beatAt: number | null;
  /** Seconds between two beats of the daemon. */
  readonly everySeconds: number;
  /** What the browser says of the network. */
  readonly networkUp: boolean;
  readonly failedConnects: number;
  /** The stream is open. */
  readonly connected: boolean;
  /** What is shown was told by the open stream, not kept from before it. */
  readonly fresh: boolean;
  /** The last message of the stream, of whatever kind; null: none yet. */
  readonly heardAt: number | null;
  /** Something is shown at all. */
  readonly known: boolean;
}

/** How the page shows it; `ageSeconds` is the daemon's silence. */
export interface Staleness {
  readonly face: 'connecting' | 'live' | 'late' | 'reconnecting' | 'stale' | 'never-started' | 'offline' | 'unreachable';
  readonly ageSeconds: number;
  /** True: figures must not look as if they were of now. */
  readonly figuresAreOld: boolean;
}

/** The server passes a beat on at least every two seconds (docs/api.md): so much older it may be when it comes. */
const TOLD_EVERY_SECONDS = 2;
const LATE_AFTER = 1.5;
const STALE_AFTER = 3;
const FAILURES_UNTIL_UNREACHABLE = 2;
/** So long an open stream may say nothing at all before the server is taken for gone. */
const MUTE_AFTER_SECONDS = 20;

/** Seconds within which a word of a healthy daemon reaches the phone: the E that the limits are multiples of. */
export function expectedSeconds(everySeconds: number): number {
  return everySeconds + TOLD_EVERY_SECONDS;
}

/** Judges staleness hop by hop, phone to server first: what the phone cannot hear, it cannot blame on the daemon. */
export function judge(hearing: Hearing): Staleness {
  const ageSeconds = hearing.beatAt === null ? 0 : Math.max(0, (hearing.now - hearing.beatAt) / 1000);
  const face = faceOf(hearing, ageSeconds);
  const isCut = face === 'stale' || face === 'offline' || face === 'unreachable';
  const isKeptTooLong = !hearing.fresh && ageSeconds > LATE_AFTER * expectedSeconds(hearing.everySeconds);
  const isTooOld = ageSeconds > STALE_AFTER * expectedSeconds(hearing.everySeconds);
  const figuresAreOld = hearing.known && (isCut || isKeptTooLong || isTooOld);
  return { face, ageSeconds, figuresAreOld };
}

function faceOf(hearing: Hearing, ageSeconds: number): Staleness['face'] {
  if (!hearing.networkUp) return 'offline';
  if (hearing.failedConnects >= FAILURES_UNTIL_UNREACHABLE) return 'unreachable';
  if (!hearing.known) return 'connecting';
  if (!hearing.connected || !hearing.fresh) return 'reconnecting';
  if (hearing.beatAt === null) return 'never-started';
  const muteSeconds = hearing.heardAt === null ? 0 : Math.max(0, (hearing.now - hearing.heardAt) / 1000);
  if (muteSeconds > MUTE_AFTER_SECONDS) return 'unreachable';
  // The daemon is blamed only for a silence that the server has told of: what grew older since its last word is the stream's own.
  const toldSeconds = ageSeconds - Math.max(0, muteSeconds - TOLD_EVERY_SECONDS);
  if (toldSeconds > STALE_AFTER * expectedSeconds(hearing.everySeconds)) return 'stale';
  return ageSeconds > LATE_AFTER * expectedSeconds(hearing.everySeconds) ? 'late' : 'live';
}
