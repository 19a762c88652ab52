import type { Iso } from '../../contract/index.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** How long ago, for reading: `2 s`, `3 m 12 s`, `2 h 5 m`, `3 d 4 h`. Below zero counts as zero: clocks differ by a little. */
export function spanText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return pair(whole, MINUTE, 'm', 1, 's');
  if (whole < DAY) return pair(whole, HOUR, 'h', MINUTE, 'm');
  return pair(whole, DAY, 'd', HOUR, 'h');
}

/** Like `spanText` in one unit only, for a ticking caption: `59 s`, `3 m`, `2 h`. */
export function ageText(seconds: number): string {
  return spanText(seconds).replace(/^(\d+ [mhd]) .*/, '$1');
}

/** `14:29:02` in `timeZone`. */
export function clockText(at: Iso, timeZone: string): string {
  return formatted(at, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

/** `14:29` in `timeZone`. */
export function minuteText(at: Iso, timeZone: string): string {
  return formatted(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `21 Nov, 14:29` in `timeZone`. */
export function momentText(at: Iso, timeZone: string): string {
  return formatted(at, timeZone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** A sentence with the instants in it (ISO, UTC) told as times in `timeZone`: `since 21 Nov, 14:29`. */
export function withLocalClock(sentence: string, timeZone: string): string {
  return sentence.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/g, (at) => momentText(at, timeZone));
}

/** `Fri 21 Nov` of a day given as YYYY-MM-DD; the year stands behind it where it differs from that of `today`. */
export function dayText(day: string, today: string): string {
  const options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
  const text = formatted(`${day}T00:00:00Z`, 'UTC', options).replace(',', '');
  return day.slice(0, 4) === today.slice(0, 4) ? text : `${text} ${day.slice(0, 4)}`;
}

/** `2026-11-21`: the day of an instant in `timeZone`. */
export function dayOf(at: Iso, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
}

function pair(seconds: number, unit: number, name: string, lesser: number, lesserName: string): string {
  const rest = Math.floor((seconds % unit) / lesser);
  const head = `${Math.floor(seconds / unit)} ${name}`;
  return rest === 0 ? head : `${head} ${rest} ${lesserName}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatted(at: Iso, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = timeZone + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(new Date(at));
}
