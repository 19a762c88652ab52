import type { Iso } from '../../contract/index.ts';

/** UTC milliseconds as ISO 8601 with milliseconds. */
export function iso(at: number): Iso {
  return new Date(at).toISOString();
}

/** The same for what may not have happened. */
export function isoOrNull(at: number | null): Iso | null {
  return at === null ? null : iso(at);
}

/** YYYYMMDD as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** A span of candles as traders write it: `1m`, `4h`, `1d`. */
export function timeframeText(milliseconds: number): string {
  for (const [unit, size] of UNITS) {
    if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
const UNITS = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000]] as const;
