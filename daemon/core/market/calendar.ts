import type { CalendarId } from '../model/instrument.ts';
import { DAY, type Instant, MINUTE, instant } from '../model/instant.ts';
import { NSE_COVERED, NSE_HOLIDAYS, NSE_HOURS, NSE_SPECIAL } from './nse-sessions.ts';

/** How a market stands at an instant. */
export interface SessionState {
  /** `unknown` after the last day the calendar covers: neither open nor closed may be assumed. */
  readonly state: 'open' | 'closed' | 'unknown';
  /** When the next session after this instant begins; null where there is none (`24x7`) or it is not known. */
  readonly nextOpen: Instant | null;
  /** When the session of this instant ends; null outside of one, and for `24x7`. */
  readonly closes: Instant | null;
}

/** One session: open from `opens`, and closed again at `closes`. */
export interface Session {
  readonly opens: Instant;
  readonly closes: Instant;
}

/** How a calendar's market stands. Before the first covered day every weekday counts as a session: holidays of the past are not kept. */
export function sessionAt(calendar: CalendarId, at: Instant): SessionState {
  if (calendar === '24x7') return { state: 'open', nextOpen: null, closes: null };
  const today = dayOf(at);
  if (today > LAST_DAY) return { state: 'unknown', nextOpen: null, closes: null };
  const session = nseSession(today);
  const open = session !== null && at >= session.opens && at < session.closes;
  return { state: open ? 'open' : 'closed', nextOpen: nextOpen(today, at), closes: open ? session.closes : null };
}

/** The last day a calendar can speak of, as its end in market time; null where it never ends. */
export function coveredUntil(calendar: CalendarId): Instant | null {
  return calendar === '24x7' ? null : instant((LAST_DAY + 1) * DAY - INDIA);
}

/** India is UTC+05:30 all year. */
const INDIA = 330 * MINUTE;

/** Number of an Indian day, counted from 1 January 1970. */
function dayOf(at: Instant): number {
  return Math.floor((at + INDIA) / DAY);
}

function nseSession(day: number): Session | null {
  const hours = SPECIAL.get(day) ?? (isWeekend(day) || HOLIDAYS.has(day) ? null : NSE_HOURS);
  if (hours === null) return null;
  const midnight = day * DAY - INDIA;
  return { opens: instant(midnight + hours.opensAt * MINUTE), closes: instant(midnight + hours.closesAt * MINUTE) };
}

function nextOpen(from: number, after: Instant): Instant | null {
  for (let day = from; day <= LAST_DAY; day += 1) {
    const session = nseSession(day);
    if (session !== null && session.opens > after) return session.opens;
  }
  return null;
}

/** 1 January 1970 was a Thursday. */
function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

const HOLIDAYS: ReadonlySet<number> = new Set(NSE_HOLIDAYS.map(dayNumber));
const SPECIAL = new Map(NSE_SPECIAL.map((session) => [dayNumber(session.day), session]));
const LAST_DAY = dayNumber(NSE_COVERED.to);

/** Days from 1970-01-01 to a date `YYYY-MM-DD` (Howard Hinnant, days_from_civil: howardhinnant.github.io/date_algorithms.html). */
function dayNumber(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
