/**
 * A day (YYYYMMDD) as the UTC midnight of its calendar date, in milliseconds: a number that days can be counted with. It is not the
 * instant at which the day begins in its account's zone, which lies at most 14 hours before it and 12 after.
 */
export function dayStart(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
}

/** The calendar date of a UTC instant as a day. */
export function utcDay(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** The day of an instant in an IANA zone. */
export function dayIn(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return Number(format.format(at).replaceAll('-', ''));
}
const formats = new Map<string, Intl.DateTimeFormat>();

/** The months (YYYYMM) that lie whole between two days, both included; none where the first is after the last. */
export function wholeMonths(first: number, last: number): { readonly first: number; readonly last: number } {
  const begins = first % 100 <= 1 ? first : utcDay(dayStart(first) + (32 - (first % 100)) * DAY);
  const ends = utcDay(dayStart(last) + DAY) % 100 === 1 ? last : utcDay(dayStart(last) - (last % 100) * DAY);
  return { first: Math.floor(begins / 100), last: Math.floor(ends / 100) };
}
const DAY = 86_400_000;

/** Zones lie between UTC−12 and UTC+14 (IANA): a day of any of them begins and ends within these of its `dayStart`. */
export const EARLIEST_START_MS = -14 * 3_600_000;
export const LATEST_END_MS = 36 * 3_600_000;
