/** A session at other hours than the usual, or on a day that has none: minutes of the day, Indian time. */
export interface SpecialSession {
  readonly day: string;
  readonly opensAt: number;
  readonly closesAt: number;
}

/** Continuous trading of ordinary shares at the NSE, in minutes of the Indian day: 09:15–15:30 (nseindia.com/market-data/market-timings). */
export const NSE_HOURS = { opensAt: 9 * 60 + 15, closesAt: 15 * 60 + 30 } as const;

/** The days whose holidays are listed here. Before them only weekends are known; after them nothing is. */
export const NSE_COVERED = { from: '2026-01-01', to: '2026-12-31' } as const;

/** Weekdays without trading (gerrymanoim/exchange_calendars XBOM at 5308ce2 and openalgo market_calendar_db.py, which agree). */
export const NSE_HOLIDAYS: readonly string[] = [
  '2026-01-15',
  '2026-01-26',
  '2026-03-03',
  '2026-03-26',
  '2026-03-31',
  '2026-04-03',
  '2026-04-14',
  '2026-05-01',
  '2026-05-28',
  '2026-06-26',
  '2026-09-14',
  '2026-10-02',
  '2026-10-20',
  '2026-11-10',
  '2026-11-24',
  '2026-12-25',
];

/** Weekend sessions: exchange_calendars' special_weekmasks; Budget Sunday by NSE's circular of 16 January 2026; Muhurat by the usual hour. */
export const NSE_SPECIAL: readonly SpecialSession[] = [
  { day: '2024-01-20', ...NSE_HOURS },
  { day: '2025-02-01', ...NSE_HOURS },
  { day: '2026-02-01', ...NSE_HOURS },
  { day: '2026-11-08', opensAt: 18 * 60, closesAt: 19 * 60 + 15 },
];
