import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { countText } from '../lib/numbers.ts';
import { ownScroll, place, setQuery } from '../lib/router.ts';
import { Empty, Skeleton, Trouble } from '../parts/empty.tsx';
import { LogRow } from '../parts/log-row.tsx';
import { LogTools } from '../parts/log-tools.tsx';
import { Page } from '../parts/page.tsx';
import type { LevelFilter } from '../state/log-tail.ts';
import { useLogTail } from '../state/log-follow.ts';
import type { LogTail } from '../state/log-follow.ts';

const NEAR_END_PX = 48;

ownScroll.add('/logs');

/** The end of the daemon's log, growing as it is written for as long as the reader stays at the end. */
export function LogsPage(): JSX.Element {
  const given = new URLSearchParams(place.value.query);
  const level = levelOf(given.get('level'));
  const keyword = given.get('q') ?? '';
  const tail = useLogTail(level, keyword);
  const following = useFollowing(tail.lines.length, tail.told);
  const seek = (nextLevel: LevelFilter, nextKeyword: string): void => {
    setQuery(new URLSearchParams({ ...(nextKeyword === '' ? {} : { q: nextKeyword }), ...(nextLevel === '' ? {} : { level: nextLevel }) }).toString());
  };
  return (
    <Page
      title="Logs"
      hasAmounts={false}
      action={
        <button type="button" class={`pill following ${following.isAtEnd ? 'on' : ''}`} aria-pressed={following.isAtEnd} onClick={following.toEnd}>
          <span>{following.isAtEnd ? 'Following' : 'Follow'}</span>
        </button>
      }
      tools={<LogTools level={level} keyword={keyword} seek={seek} />}
    >
      <Notes tail={tail} isFiltered={keyword !== '' || level !== ''} />
      <ol class="log" aria-label="Log lines, oldest first">
        {tail.lines.map((line, index) => (
          <LogRow key={`${line.at ?? ''} ${tail.told - tail.lines.length + index}`} line={line} />
        ))}
      </ol>
      {following.missed > 0 && (
        <button type="button" class="new-lines" onClick={following.toEnd}>
          {`${countText(following.missed)} new ${following.missed === 1 ? 'line' : 'lines'}`}
        </button>
      )}
    </Page>
  );
}

/** What there is to say besides the lines themselves. */
function Notes({ tail, isFiltered }: { readonly tail: LogTail; readonly isFiltered: boolean }): JSX.Element | null {
  if (tail.failure !== null) return <Trouble failure={tail.failure} retry={tail.reload} />;
  if (!tail.isRead) return <Skeleton rows={10} />;
  if (tail.isTruncated) return <p class="card note">The search stopped at its limit before the beginning of the file: older lines may match too.</p>;
  if (tail.lines.length > 0) return null;
  return (
    <Empty title={isFiltered ? 'No line matches' : 'The log is empty'}>
      <p>{isFiltered ? 'New lines that match appear here by themselves.' : 'The daemon writes its first line when it starts.'}</p>
    </Empty>
  );
}

interface Following {
  readonly isAtEnd: boolean;
  readonly missed: number;
  toEnd(): void;
}

/** Stays at the end while the reader is there; once they scroll up it only counts what comes. */
function useFollowing(count: number, told: number): Following {
  const [isAtEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(told);
  useLayoutEffect(() => {
    const look = (): void => setAtEnd(innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR_END_PX);
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, []);
  useLayoutEffect(() => {
    if (!isAtEnd) return;
    setSeen(told);
    scrollToEnd();
  }, [count, told, isAtEnd]);
  return { isAtEnd, missed: isAtEnd ? 0 : told - seen, toEnd: scrollToEnd };
}

function scrollToEnd(): void {
  scrollTo({ top: document.documentElement.scrollHeight });
}

function levelOf(text: string | null): LevelFilter {
  return text === 'info' || text === 'warn' || text === 'error' ? text : '';
}
