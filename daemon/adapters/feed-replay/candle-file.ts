import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type Candle, closeOf } from '../../core/model/candle.ts';
import type { Instrument } from '../../core/model/instrument.ts';
import type { Instant } from '../../core/model/instant.ts';
import type { FeedFault } from '../../ports/market-feed.ts';
import { HEADER, parseRow } from './candle-row.ts';
import { gunzip } from './gunzip.ts';
import { type Line, linesOf } from './lines.ts';

/** One file to be played: CSV or CSV.gz with the header `timestamp_ms,open,high,low,close,volume`, oldest bar first. */
export interface CandleFile {
  readonly instrument: Instrument;
  readonly timeframeMs: number;
  readonly path: string;
}

const CHUNK = 16_384; // packed bytes at a time: even at gzip's best of 1000:1 they unpack into 16 MB

/**
 * The candles of a file in batches, each a chunk's worth, so that memory stays the same for any length of file. What
 * cannot be trusted goes to `fault` and nowhere else.
 */
export async function* candlesOf(file: CandleFile, packed: boolean, fault: (found: FeedFault) => void): AsyncGenerator<readonly Candle[]> {
  const name = basename(file.path);
  const source: AsyncIterable<Buffer> = createReadStream(file.path, { highWaterMark: CHUNK });
  const reader = rowReader(file, (line, reason) => fault({ where: `${name}:${line.number}`, found: shown(line.text), reason }));
  let read = 0;
  try {
    for await (const lines of linesOf(packed ? gunzip(source) : source)) {
      const header = read === 0 ? lines[0] : undefined;
      if (header !== undefined && header.text !== HEADER) {
        // Columns in another order would pass for prices: nothing under a foreign header is read.
        fault({ where: `${name}:1`, found: shown(header.text), reason: `the header is not ${HEADER}` });
        return;
      }
      read += lines.length;
      const candles = lines.map(reader).filter((candle) => candle !== null);
      if (candles.length > 0) yield candles;
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    fault({ where: `${name}:${read + 1}`, found: 'the rest of the file', reason: `cannot be read: ${reason}` });
  }
}

function rowReader(file: CandleFile, fault: (line: Line, reason: string) => void): (line: Line) => Candle | null {
  let newest: Candle | null = null;
  return (line) => {
    if (line.number === 1) return null;
    if (line.cut) {
      fault(line, 'the line is too long');
      return null;
    }
    const row = parseRow(line.text, file.instrument, file.timeframeMs);
    const reason = row.ok ? misplaced(row.candle.openAt, newest) : row.reason;
    if (reason !== null) fault(line, reason);
    if (reason !== null || !row.ok) return null;
    newest = row.candle;
    return newest;
  };
}

function misplaced(openAt: Instant, newest: Candle | null): string | null {
  if (newest === null) return null;
  if (openAt === newest.openAt) return 'the time is that of the bar before';
  if (openAt < newest.openAt) return `out of order: before the bar of ${iso(newest.openAt)}`;
  if (openAt < closeOf(newest)) return `begins before the bar of ${iso(newest.openAt)} has closed: is the timeframe right?`;
  return null;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

function shown(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
