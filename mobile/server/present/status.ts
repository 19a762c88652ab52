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
  const { heartbeat: beat, feed, name, version, timeZone, seq } = facts;
  const word = wordInForce(facts);
  const link = linkOf(facts, word);
  return {
    link,
    state: stateOf(beat, link),
    reason: link === 'online' ? (beat?.reason ?? null) : (facts.ledgerFault ?? word?.reason ?? silence(beat)),
    crashLoop: word?.kind === 'crash-loop' ? word.reason : null,
    name,
    version,
    ...timesOf(beat),
    beatEverySeconds: BEAT_EVERY_SECONDS,
    serverNow: iso(facts.now),
    feed: feed === null ? null : presentFeed(feed),
    timeZone,
    seq,
  };
}

/** A beat that is newer than the word has overtaken it. */
function wordInForce({ word, heartbeat }: StatusFacts): SupervisorWord | null {
  return word !== null && (heartbeat === null || heartbeat.at <= word.at) ? word : null;
}

function linkOf({ heartbeat, now }: StatusFacts, word: SupervisorWord | null): SystemStatus['link'] {
  if (heartbeat === null) return 'never-started';
  return word === null && now - heartbeat.at < ONLINE_WITHIN_MS ? 'online' : 'offline';
}

function timesOf(beat: Heartbeat | null): Pick<SystemStatus, 'startedAt' | 'beatAt' | 'marketAt' | 'feedHeardAt' | 'cycle'> {
  if (beat === null) return { startedAt: null, beatAt: null, marketAt: null, feedHeardAt: null, cycle: 0 };
  return { startedAt: iso(beat.startedAt), beatAt: iso(beat.at), marketAt: isoOrNull(beat.marketAt), feedHeardAt: isoOrNull(beat.feedHeardAt), cycle: beat.cycle };
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
