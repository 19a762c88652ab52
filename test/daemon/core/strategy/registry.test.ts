import { describe, expect, it } from 'vitest';
import { registry } from '../../../../daemon/core/strategy/registry.ts';
import { type Strategy, strategy } from '../../../../daemon/core/strategy/strategy.ts';

const named = (id: string): Strategy => strategy({ id, version: 1, title: id, params: {}, indicators: () => ({}), on: () => undefined });

describe('registry', () => {
  it('finds a strategy by its id and says null for one it does not have', () => {
    const [one, two] = [named('one'), named('two')];

    expect(registry([one, two]).ids).toEqual(['one', 'two']);
    expect(registry([one, two]).get('two')).toBe(two);
    expect(registry([one]).get('two')).toBeNull();
    expect(registry([one]).get('toString')).toBeNull();
  });

  it('refuses two strategies of one id', () => {
    expect(() => registry([named('one'), named('two'), named('one')])).toThrow('two strategies are called "one"');
  });
});
