/** Market time: UTC milliseconds since 1970 of the event being stepped. The core never sees the machine's clock. */
declare const unit: unique symbol;
export type Instant = number & { readonly [unit]: 'instant' };
/** A trading day as the integer YYYYMMDD in its account's time zone, e.g. 20261121. */
export type Day = number & { readonly [unit]: 'day' };

export const instant = (milliseconds: number): Instant => milliseconds as Instant;
export const later = (at: Instant, milliseconds: number): Instant => (at + milliseconds) as Instant;

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A reader of days in one IANA zone: 23- and 25-hour days and half-hour offsets included. */
export interface DayReader {
  readonly zone: string;
  day(at: Instant): Day;
}

/**
 * Makes the day reader of a zone. `Intl` knows the zone rules; it is asked once per stretch of equal offset (a quarter
 * of an hour at a time, remembered for the current day), so that the trading loop pays almost nothing.
 */
export function dayReader(zone: string): DayReader {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const QUARTER = 15 * MINUTE;
  let quarter = Number.NaN;
  let known = 0 as Day;
  return {
    zone,
    day(at) {
      const asked = Math.floor(at / QUARTER);
      if (asked !== quarter) {
        quarter = asked;
        known = Number(format.format(at).replaceAll('-', '')) as Day;
      }
      return known;
    },
  };
}
