import type { FeedStanding, Heartbeat } from '../../../db/views/health.ts';
import type { FeedStatus, SystemStatus } from '../../contract/index.ts';
import { iso, isoOrNull } from './time.ts';

/** The trader beats once a second; older than five, and it is not heard. */
export const ONLINE_WITHIN_MS = 5000;
const BEAT_EVERY_SECONDS = 1;

/** What the status is made of. */
export interface StatusFacts {
  readonly now: number;
  readonly name: string;
  readonly version: string;
  readonly timeZone: string;
  readonly seq: number;
  readonly heartbeat: Heartbeat | null;
  readonly feed: FeedStanding | null;
  readonly word: SupervisorWord | null;
  /** Why the ledger cannot be read, though it is there. */
  readonly ledgerFault: string | null;
}

/** What the supervisor last said of the trader; a beat after it makes it history. */
export interface SupervisorWord {
  readonly kind: 'trader-down' | 'crash-loop';
  readonly reason: string;
  readonly at: number;
}

/** Whether the trader lives, in one value. */
export function presentStatus(facts: StatusFacts): SystemStatus {
  const beat = facts.heartbeat;
  const word = facts.word !== null && (beat === null || beat.at <= facts.word.at) ? facts.word : null;
  const link = beat === null ? 'never-started' : word === null && facts.now - beat.at < ONLINE_WITHIN_MS ? 'online' : 'offline';
  return {
    link,
    state: stateOf(beat, link),
    reason: link === 'online' ? (beat?.reason ?? null) : (facts.ledgerFault ?? word?.reason ?? silence(beat)),
    crashLoop: word?.kind === 'crash-loop' ? word.reason : null,
    name: facts.name,
    version: facts.version,
    startedAt: isoOrNull(beat?.startedAt ?? null),
    beatAt: isoOrNull(beat?.at ?? null),
    beatEverySeconds: BEAT_EVERY_SECONDS,
    serverNow: iso(facts.now),
    marketAt: isoOrNull(beat?.marketAt ?? null),
    feedHeardAt: isoOrNull(beat?.feedHeardAt ?? null),
    feed: facts.feed === null ? null : presentFeed(facts.feed),
    cycle: beat?.cycle ?? 0,
    timeZone: facts.timeZone,
    seq: facts.seq,
  };
}

function silence(beat: Heartbeat | null): string {
  if (beat === null) return 'The trader has not started on this data folder yet.';
  if (beat.state === 'STOPPED') return beat.reason ?? 'The trader was stopped.';
  return `No word from the trader since ${iso(beat.at)}.`;
}

/** What a silent trader said of itself last no longer holds. */
function stateOf(beat: Heartbeat | null, link: SystemStatus['link']): SystemStatus['state'] {
  if (beat === null || link !== 'online') return 'STOPPED';
  return STATES.find((state) => state === beat.state) ?? 'DEGRADED';
}
const STATES: readonly SystemStatus['state'][] = ['STARTING', 'RUNNING', 'PAUSED', 'HALTED', 'CLOSED', 'DEGRADED', 'STOPPING', 'STOPPED'];

function presentFeed(feed: FeedStanding): FeedStatus {
  const kind = feed.kind === 'replay' || feed.kind === 'simulated' ? feed.kind : 'live';
  return { kind, label: feed.label, simulated: feed.simulated, speed: feed.speed, faults: feed.faults };
}
