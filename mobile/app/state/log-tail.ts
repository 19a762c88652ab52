import type { LogLine } from '../../contract/index.ts';

/** The levels a reader may ask for, as the API names them; empty is all. */
export type LevelFilter = '' | 'info' | 'warn' | 'error';

const KEPT = 500;
const OVERLAP = 200;
const RANK: Readonly<Record<LogLine['level'], number>> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, fatal: 5 };

/** Whether a line belongs under this level and keyword: the level and all above it; the keyword as plain text in any case. */
export function isWanted(line: LogLine, level: LevelFilter, keyword: string): boolean {
  if (level !== '' && RANK[line.level] < RANK[level]) return false;
  return keyword === '' || `${line.message} ${line.fields} ${line.process}`.toLowerCase().includes(keyword.toLowerCase());
}

/** The lines with new ones behind them, at most 500 kept. A line that the first reading and the stream both brought stands once. */
export function withNewLines(lines: readonly LogLine[], news: readonly LogLine[]): readonly LogLine[] {
  const known = new Set(lines.slice(-OVERLAP).map(keyOf));
  const added = news.filter((line) => !known.has(keyOf(line)));
  return added.length === 0 ? lines : [...lines, ...added].slice(-KEPT);
}

function keyOf(line: LogLine): string {
  return JSON.stringify([line.at, line.level, line.process, line.message, line.fields]);
}
