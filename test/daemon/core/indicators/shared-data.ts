import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { Bar } from '../../../../daemon/core/strategy/strategy.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = resolve(root, process.env['SHARED_DATA'] ?? '../shared/data');

/** Why tests on real data are skipped, or an empty string where they run. */
export const noSharedData = existsSync(folder) ? '' : ` (skipped: no real data at ${folder}; name its folder in SHARED_DATA)`;

export function readShared(path: string): string {
  const bytes = readFileSync(join(folder, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Real bars of `timestamp_ms,open,high,low,close,volume`, the first `limit` of the file. */
export function realBars(path: string, limit = Number.POSITIVE_INFINITY): Bar[] {
  const rows = readShared(path).trim().split('\n').slice(1);
  return rows.slice(0, limit).map((row) => {
    const [at = NaN, open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = row.split(',').map(Number);
    return { at: instant(at), open, high, low, close, volume };
  });
}

/** A worksheet as its rows by column name; an empty cell is NaN. */
export function worksheet(path: string): Record<string, number>[] {
  const [header = '', ...rows] = readShared(path).trim().split(/\r?\n/);
  const names = header.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ? Number(cells[column]) : Number.NaN]));
  });
}
