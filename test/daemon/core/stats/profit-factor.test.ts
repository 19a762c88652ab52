import { describe, expect, it } from 'vitest';
import { profitFactor } from '../../../../daemon/core/stats/profit-factor.ts';
import { openTrip, tripOf } from './round-trips.ts';

describe('profitFactor', () => {
  it('is what was won over what was lost', () => {
    expect(profitFactor([tripOf(30), tripOf(-10), tripOf(10), tripOf(-6)])).toEqual({ value: 2.5, n: 4 });
  });

  it('counts each trip net of its fees', () => {
    expect(profitFactor([tripOf(13, 1), tripOf(2, 5)])).toEqual({ value: 4, n: 2 });
  });

  it('is 0 when nothing was won, and has no value when nothing was lost', () => {
    expect(profitFactor([tripOf(-10)])).toEqual({ value: 0, n: 1 });
    expect(profitFactor([tripOf(10), tripOf(0)])).toEqual({ value: null, n: 2 });
    expect(profitFactor([])).toEqual({ value: null, n: 0 });
  });

  it('does not count what is still open', () => {
    expect(profitFactor([tripOf(20), tripOf(-10), openTrip(-500)])).toEqual({ value: 2, n: 2 });
  });
});
