import { describe, expect, it } from 'vitest';
import { ageText, clockText, dayOf, dayText, minuteText, spanText, withLocalClock } from '../../../../mobile/app/lib/times.ts';

describe('a span of time', () => {
  it('is told in the two units that matter', () => {
    expect(spanText(2.9)).toBe('2 s');
    expect(spanText(192)).toBe('3 m 12 s');
    expect(spanText(180)).toBe('3 m');
    expect(spanText(7500)).toBe('2 h 5 m');
    expect(spanText(3 * 86_400 + 4 * 3600 + 59)).toBe('3 d 4 h');
  });

  it('is never below zero, because clocks differ by a little', () => {
    expect(spanText(-3)).toBe('0 s');
  });

  it('ticks in one unit where it ticks', () => {
    expect(ageText(59)).toBe('59 s');
    expect(ageText(192)).toBe('3 m');
    expect(ageText(7500)).toBe('2 h');
  });
});

describe('an instant', () => {
  const at = '2025-11-20T20:00:05.000Z';

  it('is shown in the zone of the account, not of the phone', () => {
    expect(clockText(at, 'Asia/Kolkata')).toBe('01:30:05');
    expect(minuteText(at, 'UTC')).toBe('20:00');
    expect(clockText('2025-11-20T18:30:00.000Z', 'Asia/Kolkata')).toBe('00:00:00');
  });

  it('falls on the day of that zone', () => {
    expect(dayOf(at, 'Asia/Kolkata')).toBe('2025-11-21');
    expect(dayOf(at, 'America/New_York')).toBe('2025-11-20');
  });

  it('is told by the local clock inside a sentence', () => {
    expect(withLocalClock('No word from the trader since 2025-11-21T09:02:08.000Z.', 'Asia/Kolkata')).toBe('No word from the trader since 21 Nov, 14:32.');
    expect(withLocalClock('RSI 41.2 > 35', 'Asia/Kolkata')).toBe('RSI 41.2 > 35');
  });
});

describe('a day', () => {
  it('names its year only when it is another', () => {
    expect(dayText('2025-11-21', '2025-11-21')).toBe('Fri 21 Nov');
    expect(dayText('2024-11-21', '2025-01-01')).toBe('Thu 21 Nov 2024');
  });
});
