import { sessionAt } from '../../core/market/calendar.ts';
import type { CalendarId } from '../../core/model/instrument.ts';
import { DAY, type Instant, MINUTE, instant } from '../../core/model/instant.ts';

/** The bars of one UTC day: when the first begins, and how many there are. */
export interface DayHours {
  readonly opensAt: Instant;
  readonly bars: number;
}

/** When a market trades on a UTC day (counted from 1970), cut into bars; null on a day without a session. */
export function hoursOn(calendar: CalendarId, day: number, timeframeMs: number): DayHours | null {
  const midnight = day * DAY;
  if (calendar === '24x7') return { opensAt: instant(midnight), bars: DAY / timeframeMs };
  const session = indianSession(midnight);
  if (session === null) return null;
  if (timeframeMs === DAY) return { opensAt: instant(midnight), bars: 1 };
  return { opensAt: session.opens, bars: Math.ceil((session.closes - session.opens) / timeframeMs) };
}

/** An Indian session lies within one UTC day. Where the calendar knows nothing any more, the invented market keeps ordinary weeks. */
function indianSession(midnight: number): { readonly opens: Instant; readonly closes: Instant } | null {
  const before = sessionAt('NSE', instant(midnight - 1));
  if (before.state === 'unknown')
    return isWeekend(midnight) ? null : { opens: instant(midnight + 225 * MINUTE), closes: instant(midnight + 600 * MINUTE) };
  if (before.nextOpen === null || before.nextOpen >= midnight + DAY) return null;
  const { closes } = sessionAt('NSE', before.nextOpen);
  return closes === null ? null : { opens: before.nextOpen, closes };
}

function isWeekend(midnight: number): boolean {
  const weekday = new Date(midnight).getUTCDay();
  return weekday === 0 || weekday === 6;
}
