import { basename } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { FeedFault, FeedFaults, MarketFeed } from '../../ports/market-feed.ts';
import { type Pacer, pacer } from '../../ports/pacer.ts';
import { EXIT, type Fault, Refusal } from '../../ports/refusal.ts';
import { type CandleFile, candlesOf } from './candle-file.ts';
import { HEADER } from './candle-row.ts';
import { refuseForeignTimeframes } from './file-faults.ts';
import { inspect } from './fingerprint.ts';
import { type Cursor, cursorOver, earliest } from './merge.ts';

export interface ReplaySettings {
  readonly files: readonly CandleFile[];
  /** Market seconds per wall second; Infinity plays as fast as it is read. */
  readonly speed: number;
  readonly clock: Clock;
  readonly log: Log;
}

const NAMED_FAULTS = 10;

/**
 * Plays candle files as one market. The place is the number of events played; the same files give the same events, so a
 * feed opened at a place goes on with the next one. Throws a `Refusal` where a file cannot be read at all.
 */
export function replayFeed({ files, speed, clock, log }: ReplaySettings): MarketFeed {
  const { fingerprint, packed } = inspect(files);
  let cursors: readonly Cursor[] = [];
  let faults = faultList(log);
  let place = 0;
  let pace: Pacer = pacer(speed, clock);

  const next = async (): Promise<Cursor | null> => {
    for (const cursor of cursors) if (!cursor.ready) await cursor.fill();
    return earliest(cursors);
  };
  const close = async (): Promise<void> => {
    const closing = cursors;
    cursors = [];
    for (const cursor of closing) await cursor.close();
  };

  return {
    description: { kind: 'replay', label: `replay of ${files.length === 1 ? '1 file' : `${files.length} files`}`, fingerprint, speed },
    async open(from) {
      await close();
      faults = faultList(log);
      await refuseForeignTimeframes(files, packed);
      cursors = await openAll(files, packed, faults);
      pace = pacer(speed, clock);
      for (place = 0; place < from; place += 1) {
        const cursor = await next();
        if (cursor === null) break;
        cursor.skip();
      }
    },
    async pass(until) {
      for (let cursor = await next(); cursor !== null && cursor.at !== null && cursor.at <= until; cursor = await next()) {
        cursor.skip();
        place += 1;
      }
    },
    async next(signal) {
      const cursor = await next();
      if (cursor === null || cursor.at === null || signal.aborted) return null;
      await pace.until(cursor.at, signal);
      if (signal.aborted) return null;
      place += 1;
      return { event: cursor.take(), place, warmup: false };
    },
    faults: () => faults.told(),
    // Known only once the last row is read.
    endsAt: () => null,
    close,
  };
}

interface FaultList {
  add(fault: FeedFault): void;
  told(): FeedFaults;
}

function faultList(log: Log): FaultList {
  const first: FeedFault[] = [];
  let count = 0;
  return {
    add(fault) {
      count += 1;
      if (first.length >= NAMED_FAULTS) return;
      first.push(fault);
      log.warn({ ...fault }, 'candle row not trusted');
    },
    told: () => ({ count, first: [...first] }),
  };
}

/** Opens every file and reads up to its first candle; refuses all files that have none, at once. */
async function openAll(files: readonly CandleFile[], packed: readonly boolean[], faults: FaultList): Promise<readonly Cursor[]> {
  const refused: Fault[] = [];
  const cursors: Cursor[] = [];
  for (const [index, file] of files.entries()) {
    const own: FeedFault[] = [];
    let seen = 0;
    const batches = candlesOf(file, packed[index] === true, (fault) => {
      seen += 1;
      if (own.length < NAMED_FAULTS) own.push(fault);
      faults.add(fault);
    });
    const cursor = cursorOver(file.instrument.id, batches);
    cursors.push(cursor);
    await cursor.fill();
    if (cursor.at === null) refused.push(...nothingToPlay(file, own, seen));
  }
  if (refused.length === 0) return cursors;
  for (const cursor of cursors) await cursor.close();
  throw new Refusal('FEED_NO_CANDLES', EXIT.refused, 'no candle to play in a file of the replay', refused);
}

function nothingToPlay(file: CandleFile, faults: readonly FeedFault[], seen: number): Fault[] {
  const expected = `rows of ${HEADER}`;
  const found = seen === 0 ? 'no rows' : `${seen} rows or parts of it, none of which can be trusted`;
  const whole: Fault = {
    path: basename(file.path),
    found,
    expected,
    remedy: 'give a file with candles of this instrument and timeframe, or take it out of feed.files',
  };
  return [
    whole,
    ...faults.map(({ where, found: text, reason }) => ({
      path: where,
      found: text,
      expected: reason,
      remedy: 'correct or remove the row',
    })),
  ];
}
