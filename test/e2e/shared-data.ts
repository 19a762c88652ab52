import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const SHARED = resolve(process.env['SHARED_DATA'] ?? '../shared/data');

/** Whether the folder of real candles is there; tests that need it skip in so many words where it is not. */
export const hasCandles = existsSync(join(SHARED, 'candles'));
export const WITHOUT_CANDLES = 'needs the real candles of ../shared/data (or SHARED_DATA)';

/** Copies the rows of a real candle file between two instants (UTC milliseconds) into a folder and gives the copy's path. */
export function candlesBetween(file: string, from: number, to: number, folder: string): string {
  const raw = readFileSync(join(SHARED, 'candles', file));
  const [header = '', ...rows] = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').trimEnd().split('\n');
  const kept = rows.filter((row) => {
    const at = Number(row.slice(0, row.indexOf(',')));
    return at >= from && at < to;
  });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file.replaceAll('/', '-').replace(/\.gz$/, ''));
  writeFileSync(path, `${[header, ...kept].join('\n')}\n`);
  return path;
}
