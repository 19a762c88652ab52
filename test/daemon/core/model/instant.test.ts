import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, dayReader, instant, later } from '../../../../daemon/core/model/instant.ts';

const at = (iso: string): ReturnType<typeof instant> => instant(Date.parse(iso));

/** The first instant of each day that a reader tells apart, minute by minute from `from` for `hours`. */
function dayStarts(zone: string, from: string, hours: number): { readonly day: number; readonly at: string }[] {
  const reader = dayReader(zone);
  const starts: { day: number; at: string }[] = [];
  for (let minute = 0; minute < hours * 60; minute += 1) {
    const now = later(at(from), minute * MINUTE);
    const day = reader.day(now);
    if (starts.at(-1)?.day !== day) starts.push({ day, at: new Date(now).toISOString() });
  }
  return starts;
}

describe('dayReader', () => {
  it.each([
    ['UTC', '2026-11-21T23:59:59.999Z', 20261121],
    ['UTC', '2026-11-22T00:00:00.000Z', 20261122],
    ['Asia/Kolkata', '2025-03-31T18:29:59.999Z', 20250331],
    ['Asia/Kolkata', '2025-03-31T18:30:00.000Z', 20250401],
    ['Asia/Kathmandu', '2025-01-01T18:14:59.999Z', 20250101],
    ['Asia/Kathmandu', '2025-01-01T18:15:00.000Z', 20250102],
    ['America/New_York', '2025-01-01T04:59:59.999Z', 20241231],
    ['America/New_York', '2025-01-01T05:00:00.000Z', 20250101],
    ['Pacific/Kiritimati', '2025-01-01T10:00:00.000Z', 20250102],
    ['UTC', '1969-12-31T23:59:59.999Z', 19691231],
  ])('reads the day of %s at %s', (zone, iso, day) => {
    expect(dayReader(zone).day(at(iso))).toBe(day);
  });

  it('knows days of 23 and 25 hours in New York', () => {
    expect(dayStarts('America/New_York', '2025-03-08T05:00:00Z', 72)).toEqual([
      { day: 20250308, at: '2025-03-08T05:00:00.000Z' },
      { day: 20250309, at: '2025-03-09T05:00:00.000Z' },
      { day: 20250310, at: '2025-03-10T04:00:00.000Z' },
      { day: 20250311, at: '2025-03-11T04:00:00.000Z' },
    ]);
    expect(dayStarts('America/New_York', '2025-11-01T04:00:00Z', 72)).toEqual([
      { day: 20251101, at: '2025-11-01T04:00:00.000Z' },
      { day: 20251102, at: '2025-11-02T04:00:00.000Z' },
      { day: 20251103, at: '2025-11-03T05:00:00.000Z' },
    ]);
  });

  it('knows the half-hour shift of Lord Howe', () => {
    const dayLengths = (from: string): number[] => {
      const starts = dayStarts('Australia/Lord_Howe', from, 96).map((start) => Date.parse(start.at));
      return starts.slice(2).map((start, index) => (start - (starts[index + 1] ?? start)) / HOUR);
    };

    expect(dayLengths('2025-04-04T00:00:00Z')).toContain(24.5);
    expect(dayLengths('2025-10-03T00:00:00Z')).toContain(23.5);
  });

  it('says the same in any order of asking as a reader that was never asked before', () => {
    const from = Date.parse('2025-01-01T00:00:00Z');
    const moments = fc.array(fc.integer({ min: from, max: from + 2 * 365 * DAY }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom('Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'), moments, (zone, asked) => {
        const reader = dayReader(zone);
        const near = asked.flatMap((moment) => [moment, moment + 1, moment + 15 * MINUTE, moment - 1]);
        for (const moment of near) expect(reader.day(instant(moment))).toBe(dayReader(zone).day(instant(moment)));
      }),
      { numRuns: 20 },
    );
  });

  it('never goes back as time goes on', () => {
    const starts = dayStarts('Australia/Lord_Howe', '2025-01-01T00:00:00Z', 24 * 200).map((start) => start.day);

    expect(starts).toHaveLength(201);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('refuses a zone that does not exist', () => {
    expect(() => dayReader('Asia/Bombayy')).toThrow(RangeError);
  });

  it('tells its zone', () => {
    expect(dayReader('Asia/Kolkata').zone).toBe('Asia/Kolkata');
  });
});
