import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { EXIT, type Fault, Refusal } from '../../ports/refusal.ts';
import type { CandleFile } from './candle-file.ts';

/** What must be known of the files before they are played. */
export interface Inspection {
  /** Changes with anything that would change the sequence of events. */
  readonly fingerprint: string;
  /** Whether each file is gzip, told by its first bytes, not by its name. */
  readonly packed: readonly boolean[];
}

const PIECE = 1 << 20;

/** Reads every file through once, a megabyte at a time; throws a `Refusal` that names each file that cannot be read. */
export function inspect(files: readonly CandleFile[]): Inspection {
  const whole = createHash('sha256');
  const packed: boolean[] = [];
  const faults: Fault[] = [];
  for (const { instrument, timeframeMs, path } of files) {
    try {
      const seen = digestOf(path);
      packed.push(seen.packed);
      const { id, priceDecimals, quantityDecimals } = instrument;
      whole.update(JSON.stringify([id, priceDecimals, quantityDecimals, timeframeMs, seen.size, seen.sha256]));
    } catch (error) {
      faults.push(unreadable(path, error));
    }
  }
  if (faults.length > 0)
    throw new Refusal('FEED_FILE_UNREADABLE', EXIT.refused, `${faults.length} of ${files.length} candle files cannot be read`, faults);
  return { fingerprint: `replay-${whole.digest('hex').slice(0, 32)}`, packed };
}

function digestOf(path: string): { readonly packed: boolean; readonly size: number; readonly sha256: string } {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE);
  const handle = openSync(path, 'r');
  let size = 0;
  let packed = false;
  try {
    for (;;) {
      const read = readSync(handle, piece, 0, PIECE, null);
      if (read === 0) break;
      if (size === 0) packed = read > 1 && piece[0] === 0x1f && piece[1] === 0x8b;
      hash.update(piece.subarray(0, read));
      size += read;
    }
  } finally {
    closeSync(handle);
  }
  return { packed, size, sha256: hash.digest('hex') };
}

function unreadable(path: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const known = REMEDIES[code];
  return {
    path,
    found: known?.found ?? code,
    expected: 'a readable CSV or CSV.gz file of candles',
    remedy: known?.remedy ?? 'check the file and its path',
  };
}

const REMEDIES: Readonly<Record<string, { readonly found: string; readonly remedy: string }>> = {
  ENOENT: { found: 'no such file', remedy: 'correct feed.files[].path; a relative path begins at the settings file' },
  EISDIR: { found: 'a folder', remedy: 'name the file in it' },
  EACCES: { found: 'no permission to read', remedy: 'let the user that runs bot-daemon read it (chmod u+r, or chown)' },
  ENOTDIR: { found: 'a path through something that is no folder', remedy: 'correct feed.files[].path' },
};
