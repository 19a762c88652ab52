import { open, type FileHandle } from 'node:fs/promises';
import type { LogLine, Logs } from '../../contract/index.ts';
import { LOG_LEVELS, type LogLevel, quickLevel, readLine } from './line.ts';

/** What of the log is asked for. */
export interface TailQuery {
  /** 1…1000. */
  readonly lines: number;
  /** This level and those above it; null: all. */
  readonly level: LogLevel | null;
  /** Literal text, any case, at most 100 signs; null: all. */
  readonly keyword: string | null;
}

/** A search reads at most this much, then says that it was cut short. */
export const MOST_BYTES = 64 * 1024 * 1024;
const FIRST_CHUNK = 64 * 1024;
/** Small enough that the worst of it, a parse of every line, holds the loop for a few milliseconds; larger ones hardly read faster. */
const CHUNK = 96 * 1024;
/** A line longer than this is nobody's message; it is left out rather than held in memory. */
const LONGEST_LINE = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The last lines of a log that fit the query, oldest first. Reads backwards in awaited chunks, so that a large file costs
 * no more than what is looked at and the loop stays free; goes on in the file rotated before (`.1`) where the current is
 * short. A file that is not there is empty.
 */
export async function tail(path: string, file: string, query: TailQuery, mostBytes = MOST_BYTES): Promise<Logs> {
  const search: Search = { matches: matcher(query), wanted: query.lines, found: [], word: prefilter(query.keyword), budget: mostBytes };
  const current = await searchFile(path, search);
  if (search.found.length < search.wanted && search.budget > 0) await searchFile(`${path}.1`, search);
  const truncated = search.found.length < search.wanted && search.budget <= 0;
  return { lines: search.found.reverse(), truncated, file, bytes: current };
}

interface Search {
  readonly matches: (raw: string) => LogLine | null;
  readonly wanted: number;
  /** Newest first. */
  readonly found: LogLine[];
  /** Lower-case ASCII that the raw bytes of every fitting line contain. */
  readonly word: string | null;
  budget: number;
}

async function searchFile(path: string, search: Search): Promise<number> {
  const handle = await openIfThere(path);
  if (handle === null) return 0;
  try {
    const { size } = await handle.stat();
    await searchBackwards(handle, size, search);
    return size;
  } finally {
    await handle.close();
  }
}

async function searchBackwards(handle: FileHandle, size: number, search: Search): Promise<void> {
  let position = size;
  let carry: Buffer = Buffer.alloc(0);
  let length = FIRST_CHUNK;
  while (position > 0 && search.budget > 0 && search.found.length < search.wanted) {
    const chunk = await readAt(handle, Math.max(0, position - length), Math.min(length, position));
    if (chunk.length === 0) return;
    position -= Math.min(length, position);
    search.budget -= chunk.length;
    const block = carry.length === 0 ? chunk : Buffer.concat([chunk, carry]);
    // What stands before the first line break is the end of a line that begins further up.
    const start = position === 0 ? 0 : block.indexOf(NEWLINE) + 1;
    const cut = start === 0 && position > 0;
    if (!cut) searchBlock(block.subarray(start), search);
    carry = cut ? block : block.subarray(0, start);
    if (carry.length > LONGEST_LINE) carry = Buffer.alloc(0);
    length = CHUNK;
  }
}

/** Looks through whole lines, last first. */
function searchBlock(block: Buffer, search: Search): void {
  const haystack = search.word === null ? null : block.toString('latin1').toLowerCase();
  let end = block.length;
  while (end > 0 && search.found.length < search.wanted) {
    if (haystack !== null && search.word !== null) {
      const hit = haystack.lastIndexOf(search.word, end - 1);
      if (hit === -1) return;
      const after = block.indexOf(NEWLINE, hit);
      end = after === -1 ? block.length : after;
    } else if (block[end - 1] === NEWLINE) {
      end -= 1;
    }
    const start = end === 0 ? 0 : block.lastIndexOf(NEWLINE, end - 1) + 1;
    if (end > start) {
      const line = search.matches(block.toString('utf8', start, end));
      if (line !== null) search.found.push(line);
    }
    end = start;
  }
}

/** What a fitting raw line becomes on the phone, or null where it does not fit. */
export function matcher(query: Pick<TailQuery, 'level' | 'keyword'>): (raw: string) => LogLine | null {
  const least = query.level === null ? 0 : LOG_LEVELS.indexOf(query.level);
  const keyword = query.keyword?.toLowerCase() ?? null;
  return (raw) => {
    if (raw.trim() === '') return null;
    const quick = least === 0 ? null : quickLevel(raw);
    if (quick !== null && LOG_LEVELS.indexOf(quick) < least) return null;
    const line = readLine(raw);
    if (LOG_LEVELS.indexOf(line.level) < least) return null;
    // Only what is shown is searched: the keyword must not become a way to guess what was redacted.
    if (keyword !== null && !`${line.process} ${line.message} ${line.fields}`.toLowerCase().includes(keyword)) return null;
    return line;
  };
}

/** The longest run of the keyword that JSON writes as it is: lines without it need no parsing. */
function prefilter(keyword: string | null): string | null {
  const runs = keyword?.toLowerCase().match(/[a-z0-9_.-]+/g) ?? [];
  return runs.reduce<string | null>((longest, run) => (run.length > (longest?.length ?? 0) ? run : longest), null);
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
