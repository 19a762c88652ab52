import type { JSX } from 'preact';
import type { FeedStatus, SystemStatus } from '../../contract/index.ts';
import { countText } from '../lib/numbers.ts';
import { clockText, momentText, spanText, withLocalClock } from '../lib/times.ts';
import { serverNow, staleness, timeZone } from '../state/store.ts';
import { Fact } from './fact.tsx';
import { Icon } from './icons.tsx';

const WORDS: Readonly<Record<SystemStatus['state'], string>> = {
  STARTING: 'Starting',
  RUNNING: 'Running',
  PAUSED: 'Paused',
  HALTED: 'Halted',
  CLOSED: 'Closed',
  DEGRADED: 'Degraded',
  STOPPING: 'Stopping',
  STOPPED: 'Stopped',
};

/** Why it is not trading, in the daemon's own words, above all figures; nothing while it trades. */
export function NotTrading({ status }: { readonly status: SystemStatus }): JSX.Element | null {
  const isTold = status.crashLoop !== null || (status.link === 'online' && status.state !== 'RUNNING' && status.reason !== null);
  // While nothing is heard the bar under the header says why; twice would be noise.
  if (!isTold || staleness.value.face === 'stale') return null;
  return (
    <div class={`not-trading ${status.crashLoop === null ? '' : 'grave'}`}>
      <Icon name="warning" />
      <p>
        <b>{status.crashLoop === null ? WORDS[status.state] : 'The trader keeps crashing'}</b>
        <span>{withLocalClock(status.crashLoop ?? status.reason ?? '', timeZone.value)}</span>
      </p>
    </div>
  );
}

/** The daemon itself: whether it lives, since when, and what feeds it. */
export function SystemCard({ status }: { readonly status: SystemStatus }): JSX.Element {
  const zone = timeZone.value;
  const isOnline = status.link === 'online' && staleness.value.face !== 'stale';
  return (
    <section>
      <h2 class="section">System</h2>
      <dl class="card facts num">
        <Fact name="Daemon">{`${isOnline ? 'Online' : status.link === 'never-started' ? 'Never started' : 'Offline'} · ${WORDS[status.state]}`}</Fact>
        {isOnline && status.startedAt !== null && <Fact name="Running for">{spanText((serverNow.value - Date.parse(status.startedAt)) / 1000)}</Fact>}
        {status.beatAt !== null && <Fact name="Last update">{`${spanText(staleness.value.ageSeconds)} ago · ${clockText(status.beatAt, zone)}`}</Fact>}
        {status.feed !== null && <Fact name="Feed">{feedText(status.feed)}</Fact>}
        {status.marketAt !== null && <Fact name="Market time">{momentText(status.marketAt, zone)}</Fact>}
        {status.feed !== null && status.feed.faults > 0 && <Fact name="Broken rows">{countText(status.feed.faults)}</Fact>}
        <Fact name="Version">{status.version}</Fact>
        <Fact name="Times in">{zone}</Fact>
      </dl>
    </section>
  );
}

function feedText(feed: FeedStatus): string {
  if (feed.kind === 'live') return feed.label;
  return `${feed.label}, ${feed.speed === null ? 'as fast as it reads' : feed.speed === 1 ? 'real time' : `${countText(feed.speed)} × real time`}`;
}
