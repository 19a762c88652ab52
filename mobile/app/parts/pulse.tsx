import type { JSX } from 'preact';
import type { Iso } from '../../contract/index.ts';
import { countText } from '../lib/numbers.ts';
import { ageText, clockText, minuteText, spanText, withLocalClock } from '../lib/times.ts';
import { retryNow } from '../state/live.ts';
import { lastWord } from '../state/last-word.ts';
import { expectedSeconds } from '../state/staleness.ts';
import type { Staleness } from '../state/staleness.ts';
import { lostAt, serverOffset, staleness, status, timeZone } from '../state/store.ts';
import { Icon } from './icons.tsx';

/** The line under the header: how long ago the daemon was heard, as a sentence and as a bar that fills over the expected interval. */
export function Pulse(): JSX.Element {
  const { face, ageSeconds } = staleness.value;
  if (face === 'stale' || face === 'offline' || face === 'unreachable' || face === 'never-started') return <SilenceBar />;
  const told = status.value;
  const isLate = face !== 'live';
  const share = told === null ? 0 : Math.min(1, ageSeconds / expectedSeconds(told.beatEverySeconds));
  return (
    <div class={`pulse ${isLate ? 'late' : ''} ${face === 'connecting' ? 'waiting' : ''}`}>
      <span class="beat" aria-hidden="true" />
      <span class="pulse-text">{face === 'connecting' ? 'Connecting…' : face === 'reconnecting' ? <b>Reconnecting…</b> : <Heard word={isLate ? 'Late' : 'Live'} age={ageSeconds} />}</span>
      <span class="spacer" />
      {face === 'reconnecting' ? <RetryNow /> : told !== null && <span class="num">{`cycle ${countText(told.cycle)}`}</span>}
      <i class="pulse-fill" style={{ width: `${Math.round(share * 100)}%` }} aria-hidden="true" />
    </div>
  );
}

function Heard({ word, age }: { readonly word: string; readonly age: number }): JSX.Element {
  return (
    <>
      <b>{word}</b> <span class="num">{`· heard ${ageText(age)} ago`}</span>
    </>
  );
}

/** Takes the pulse's place when nothing is heard. What is spoken is said once: the ticking sentence is for eyes only. */
function SilenceBar(): JSX.Element {
  const judged = staleness.value;
  const told = status.value;
  const words = wordsOf(judged, told?.beatAt ?? null);
  const isOurs = judged.face === 'offline' || judged.face === 'unreachable';
  const theirs = isOurs ? null : lastWord(told);
  return (
    <div class={`silence ${isOurs ? 'ours' : ''}`}>
      <p role="alert" class="visually-hidden">
        {judged.face === 'stale' ? `No word from the daemon. ${words.detail}` : `${words.title}. ${words.detail}`}
      </p>
      <h2>
        <Icon name={isOurs ? 'clock' : 'warning'} />
        <span>{words.title}</span>
      </h2>
      <p>{words.detail}</p>
      {theirs !== null && <p class="said">{withLocalClock(theirs, timeZone.value)}</p>}
      <Hops face={judged.face} />
      {isOurs && <RetryNow />}
    </div>
  );
}

function wordsOf({ face, ageSeconds }: Staleness, beatAt: Iso | null): { readonly title: string; readonly detail: string } {
  const zone = timeZone.value;
  const since = lostAt.value === null ? '' : ` since ${minuteText(new Date(lostAt.value + serverOffset.value).toISOString(), zone)}`;
  if (face === 'never-started') return { title: 'The daemon has not run yet', detail: 'Start it on its machine: bot-daemon start' };
  if (face === 'offline') return { title: `Offline${since}`, detail: 'Your phone has no connection. This is what it last heard.' };
  if (face === 'unreachable') return { title: `Server not reached${since}`, detail: 'The dashboard does not answer. The page tries again by itself.' };
  return { title: `No word from the daemon for ${spanText(ageSeconds)}`, detail: `Figures below stopped at ${beatAt === null ? 'no known time' : clockText(beatAt, zone)}.` };
}

/** The way a figure comes, with the place where it breaks. */
function Hops({ face }: { readonly face: Staleness['face'] }): JSX.Element {
  const broken = face === 'offline' ? 0 : face === 'unreachable' ? 1 : 2;
  return (
    <ol class="hops">
      {['Phone', 'Server', 'Daemon', 'Feed'].map((name, index) => (
        <li key={name} class={index < broken ? 'holds' : index === broken ? 'broken' : 'beyond'}>
          {index <= broken && <Icon name={index < broken ? 'check' : 'cross'} />}
          <span>{name}</span>
          <span class="visually-hidden">{index < broken ? ' answers' : index === broken ? ' is silent' : ' is not known'}</span>
        </li>
      ))}
    </ol>
  );
}

function RetryNow(): JSX.Element {
  return (
    <button type="button" class="text-button" onClick={retryNow}>
      Retry now
    </button>
  );
}
