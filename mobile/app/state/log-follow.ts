import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogLine, Logs } from '../../contract/index.ts';
import type { Failure } from '../lib/api.ts';
import { isWanted, withNewLines } from './log-tail.ts';
import type { LevelFilter } from './log-tail.ts';
import { useResource } from './resource.ts';
import { newLines } from './store.ts';

const FIRST_LINES = 100;

/** The log as far as it is shown. */
export interface LogTail {
  readonly lines: readonly LogLine[];
  /** Lines told since this filter was set; grows also when old lines drop out at the front. */
  readonly told: number;
  readonly isRead: boolean;
  readonly isTruncated: boolean;
  readonly failure: Failure | null;
  reload(): void;
}

/** The last hundred lines under a level and keyword, then every new one that matches. */
export function useLogTail(level: LevelFilter, keyword: string): LogTail {
  const query = new URLSearchParams({ lines: String(FIRST_LINES), ...(level === '' ? {} : { level }), ...(keyword === '' ? {} : { q: keyword }) });
  const first = useResource<Logs>(`/api/logs?${query.toString()}`);
  const shown = useRef<{ from: Logs | null; lines: readonly LogLine[]; told: number }>({ from: null, lines: [], told: 0 });
  const [, redraw] = useState(0);
  if (first.data !== shown.current.from) {
    const lines = first.data?.lines ?? [];
    shown.current = { from: first.data, lines, told: lines.length };
  }
  const { serial } = newLines.value;
  useEffect(() => {
    const news = newLines.peek().lines.filter((line) => isWanted(line, level, keyword));
    const { from, lines, told } = shown.current;
    if (from === null || news.length === 0) return;
    const grown = withNewLines(lines, news);
    if (grown === lines) return;
    shown.current = { from, lines: grown, told: told + news.length };
    redraw((count) => count + 1);
  }, [serial]);
  return { ...shown.current, isRead: first.data !== null, isTruncated: first.data?.truncated === true, failure: first.failure, reload: first.reload };
}
