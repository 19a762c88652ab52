import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Point, thinned } from '../../../db/views/curve.ts';

const anyCurve = fc
  .array(fc.bigInt({ min: -1000n, max: 1000n }), { maxLength: 600 })
  .map((values) => values.map((valueE8, at): Point => ({ at, valueE8 })));

describe('thinned', () => {
  it('keeps the ends, the extremes and the order within its limit, and makes nothing up', () => {
    fc.assert(
      fc.property(anyCurve, fc.integer({ min: 4, max: 300 }), (points, limit) => {
        const kept = thinned(points, limit);

        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
        expect(kept.every((point) => points.includes(point))).toBe(true);
        expect(kept).toEqual([...kept].sort((a, b) => a.at - b.at));
        expect(range(kept)).toEqual(range(points));
      }),
      { seed: 3 },
    );
  });

  it('leaves a short curve as it is', () => {
    const points = [
      { at: 1, valueE8: 1n },
      { at: 2, valueE8: 1n },
    ];

    expect(thinned(points, 4)).toBe(points);
  });
});

function range(points: readonly Point[]): readonly (bigint | undefined)[] {
  const sorted = points.map((point) => point.valueE8).sort((a, b) => (a < b ? -1 : 1));
  return [sorted[0], sorted.at(-1)];
}
