import { expect, it } from 'vitest';
import { backOff } from '../../../../mobile/app/lib/back-off.ts';

it('waits 0.5, 1, 2, 4, 8, then 15 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map((failures) => backOff(failures, 0.5))).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

it('spreads the wait by a fifth either way', () => {
  expect(backOff(1, 0)).toBe(400);
  expect(backOff(1, 1)).toBe(600);
});
