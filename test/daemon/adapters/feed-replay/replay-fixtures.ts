import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { CandleFile } from '../../../../daemon/adapters/feed-replay/candle-file.ts';
import { replayFeed } from '../../../../daemon/adapters/feed-replay/replay-feed.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import type { Instrument } from '../../../../daemon/core/model/instrument.ts';
import { MINUTE } from '../../../../daemon/core/model/instant.ts';
import type { Log, LogFields } from '../../../../daemon/ports/log.ts';
import { Refusal } from '../../../../daemon/ports/refusal.ts';
import { COIN } from '../../core/market/market-fixtures.ts';
import { simulatedClock } from '../clock/simulated-clock.ts';

export const HEADER = 'timestamp_ms,open,high,low,close,volume';
export const T = 1_767_584_700_000;

/** A CSV of minute bars that all look the same, from T on. */
export const rows = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `${T + (from + index) * MINUTE},100.05,100.2,99.9,100.1,1${index}\n`).join('');

export const instrument = (name: string, given: Partial<Instrument> = {}): Instrument => ({
  ...COIN,
  id: instrumentId(`TEST:${name}`),
  ...given,
});

/** Temporary files by name; gone after each test. */
export function temporaryFiles(): (name: string, content: string | Buffer) => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  return async (name, content) => {
    const folder = await mkdtemp(join(tmpdir(), 'feed-replay-'));
    folders.push(folder);
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
}

/** A log that keeps what it is told. */
export function memoryLog() {
  const lines: LogFields[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (fields) => lines.push(fields),
    error: (fields) => lines.push(fields),
    child: () => log,
  };
  return { log, lines };
}

export const minutes = (path: string, of: Instrument = instrument('COIN')): CandleFile => ({ instrument: of, timeframeMs: MINUTE, path });

/** A feed of files that does not wait. */
export const replay = (files: readonly CandleFile[], log = memoryLog().log) =>
  replayFeed({ files, speed: Number.POSITIVE_INFINITY, clock: simulatedClock(), log });

export async function refusalOf(work: () => Promise<unknown>): Promise<Refusal> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
