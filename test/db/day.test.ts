import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, dayStart, EARLIEST_START_MS, LATEST_END_MS, utcDay, wholeMonths } from '../../db/day.ts';

const DAY = 86_400_000;
const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) });
const anyDay = anyInstant.map(utcDay);

describe('days', () => {
  it('go to a number and back', () => {
    fc.assert(fc.property(anyDay, (day) => utcDay(dayStart(day)) === day));
  });

  it('lie, in any zone, within the bounds that searches count on', () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.constantFrom('UTC', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Etc/GMT+12', 'America/St_Johns', 'Pacific/Chatham'),
        (at, zone) => {
          const start = dayStart(dayIn(zone, at));
          expect(at).toBeGreaterThanOrEqual(start + EARLIEST_START_MS);
          expect(at).toBeLessThan(start + LATEST_END_MS);
        },
      ),
    );
  });

  it('make up the months between them, none cut', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 200 }), (first, span) => {
        const last = utcDay(dayStart(first) + span * DAY);
        const days = new Map<number, number>();
        for (let day = 0; day <= span; day += 1) {
          const month = Math.floor(utcDay(dayStart(first) + day * DAY) / 100);
          days.set(month, (days.get(month) ?? 0) + 1);
        }
        const whole = [...days.keys()].filter(
          (month) => days.get(month) === new Date(Date.UTC(Math.floor(month / 100), month % 100, 0)).getUTCDate(),
        );
        const { first: from, last: to } = wholeMonths(first, last);

        expect([...days.keys()].filter((month) => month >= from && month <= to)).toEqual(whole);
      }),
    );
  });

  it.each([
    [20220131, 20220228, 202202, 202202],
    [0, 99_991_231, 0, 999_912],
  ])('from %i to %i make months %i to %i', (first, last, from, to) => {
    expect(wholeMonths(first, last)).toEqual({ first: from, last: to });
  });
});
