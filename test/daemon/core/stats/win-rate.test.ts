import { describe, expect, it } from 'vitest';
import { winRate } from '../../../../daemon/core/stats/win-rate.ts';
import { openTrip, tripOf } from './round-trips.ts';

describe('winRate', () => {
  it('is the percentage of closed round trips that made money, with their number', () => {
    expect(winRate([tripOf(10), tripOf(-5), tripOf(3), tripOf(2)])).toEqual({ value: 75, n: 4 });
  });

  it('counts net of fees, and a trip that made nothing as no win', () => {
    expect(winRate([tripOf(10, 11), tripOf(10, 10), tripOf(10, 9)]).value).toBeCloseTo(100 / 3, 12);
  });

  it('does not count what is still open', () => {
    expect(winRate([tripOf(-10), openTrip(50)])).toEqual({ value: 0, n: 1 });
  });

  it('has no value before a trip has closed', () => {
    expect(winRate([])).toEqual({ value: null, n: 0 });
    expect(winRate([openTrip(5)])).toEqual({ value: null, n: 0 });
  });
});
