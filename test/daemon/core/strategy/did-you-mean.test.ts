import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance } from '../../../../daemon/core/strategy/did-you-mean.ts';

describe('didYouMean', () => {
  it('names the nearest word, and none where all are far', () => {
    expect(didYouMean('buyBelwo', ['sellAbove', 'buyBelow', 'sizePct'])).toBe('did you mean "buyBelow"?');
    expect(didYouMean('fsat', ['fast', 'slow'])).toBe('did you mean "fast"?');
    expect(didYouMean('SIZEPCT', ['sizePct'])).toBe('did you mean "sizePct"?');
    expect(didYouMean('leverage', ['sellAbove', 'buyBelow', 'sizePct'])).toBeNull();
    expect(didYouMean('x', [])).toBeNull();
  });
});

describe('editDistance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['flaw', 'lawn', 2],
    ['same', 'same', 0],
    ['fsat', 'fast', 1],
    ['abcd', 'badc', 2],
    ['ca', 'abc', 2],
  ])('is what it takes to turn %j into %j: %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  it('is a metric', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});
