import { describe, expect, it } from 'vitest';
import { coveredUntil, sessionAt } from '../../../../daemon/core/market/calendar.ts';
import { NSE_HOLIDAYS } from '../../../../daemon/core/market/nse-sessions.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';

const india = (text: string) => instant(Date.parse(`${text}+05:30`));
const shown = (at: number | null) => (at === null ? null : new Date(at + 330 * 60_000).toISOString().slice(0, 16));
const nse = (text: string) => {
  const { state, nextOpen, closes } = sessionAt('NSE', india(text));
  return { state, nextOpen: shown(nextOpen), closes: shown(closes) };
};

describe('sessionAt 24x7', () => {
  it('is always open', () => {
    expect(sessionAt('24x7', india('2031-12-25T03:00'))).toEqual({ state: 'open', nextOpen: null, closes: null });
    expect(coveredUntil('24x7')).toBeNull();
  });
});

describe('sessionAt the NSE', () => {
  it('is open from 09:15 and closed from 15:30', () => {
    expect(nse('2026-11-20T09:14:59.999').state).toBe('closed');
    expect(nse('2026-11-20T09:15')).toEqual({ state: 'open', nextOpen: '2026-11-23T09:15', closes: '2026-11-20T15:30' });
    expect(nse('2026-11-20T15:29:59.999').state).toBe('open');
    expect(nse('2026-11-20T15:30')).toEqual({ state: 'closed', nextOpen: '2026-11-23T09:15', closes: null });
  });

  it('opens later the same day before the session', () => {
    expect(nse('2026-11-20T04:00').nextOpen).toBe('2026-11-20T09:15');
  });

  it('is closed on weekends', () => {
    expect(nse('2026-11-21T11:00')).toEqual({ state: 'closed', nextOpen: '2026-11-23T09:15', closes: null });
    expect(nse('2026-11-22T11:00').state).toBe('closed');
  });

  it('is closed on the holidays of 2026, all of them weekdays', () => {
    for (const day of NSE_HOLIDAYS) {
      expect(nse(`${day}T11:00`).state).toBe('closed');
      expect([0, 6]).not.toContain(new Date(`${day}T00:00Z`).getUTCDay());
    }
    expect(nse('2026-11-24T11:00').nextOpen).toBe('2026-11-25T09:15');
  });

  it('trades for an hour and a quarter on the evening of Muhurat Sunday', () => {
    expect(nse('2026-11-08T11:00')).toEqual({ state: 'closed', nextOpen: '2026-11-08T18:00', closes: null });
    expect(nse('2026-11-08T18:30')).toEqual({ state: 'open', nextOpen: '2026-11-09T09:15', closes: '2026-11-08T19:15' });
    expect(nse('2026-11-08T19:15').state).toBe('closed');
  });

  it('trades on the weekend days of a budget or a drill', () => {
    for (const day of ['2024-01-20', '2025-02-01', '2026-02-01']) expect(nse(`${day}T11:00`).state).toBe('open');
  });

  it('takes every weekday before the first covered day for a session', () => {
    expect(nse('2025-08-15T11:00').state).toBe('open'); // Independence Day, a Friday: holidays of 2025 are not kept
    expect(nse('2025-08-16T11:00').state).toBe('closed');
    expect(nse('1969-12-31T11:00').state).toBe('open'); // a Wednesday
    expect(nse('1969-12-27T11:00').state).toBe('closed'); // a Saturday
  });

  it('claims nothing after its last covered day', () => {
    expect(nse('2026-12-31T11:00').state).toBe('open');
    expect(nse('2026-12-31T16:00')).toEqual({ state: 'closed', nextOpen: null, closes: null });
    expect(nse('2027-01-01T11:00')).toEqual({ state: 'unknown', nextOpen: null, closes: null });
    expect(nse('2027-01-26T11:00').state).toBe('unknown'); // Republic Day
    expect(shown(coveredUntil('NSE'))).toBe('2027-01-01T00:00');
  });

  it('agrees with a calendar computed by Intl on every day of 2026', () => {
    const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', weekday: 'short' });
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' });
    const evening = '2026-11-08';
    for (let at = Date.UTC(2026, 0, 1, 6); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
      const day = date.format(at);
      const weekend = ['Sat', 'Sun'].includes(weekday.format(at)) && day !== '2026-02-01';
      const closed = weekend || NSE_HOLIDAYS.includes(day) || day === evening;

      expect(`${day} ${sessionAt('NSE', instant(at)).state}`).toBe(`${day} ${closed ? 'closed' : 'open'}`);
    }
  });
});
