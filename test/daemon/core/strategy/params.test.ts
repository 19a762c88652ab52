import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ParamFault,
  type ParamsOf,
  bool,
  int,
  num,
  optionalPct,
  pct,
  pick,
  readParams,
} from '../../../../daemon/core/strategy/params.ts';

const DECLARED = {
  period: int(14, { min: 2, max: 50, label: 'Period', unit: 'bars' }),
  line: num(35, { min: 5, max: 50, step: 1, label: 'Line' }),
  sizePct: pct(10, { min: 1, max: 100, label: 'Size' }),
  stopPct: optionalPct(null, { min: 0.1, max: 50, label: 'Stop' }),
  patient: bool(false, { label: 'Patient' }),
  spacing: pick('arithmetic', { options: ['arithmetic', 'geometric'], label: 'Spacing' }),
};
const DEFAULTS = { period: 14, line: 35, sizePct: 10, stopPct: null, patient: false, spacing: 'arithmetic' };

const faultOf = (given: object): ParamFault & { readonly path: string } => {
  const read = readParams(DECLARED, given, 'bots[0].params');
  if (read.ok || read.faults.length !== 1 || read.faults[0] === undefined) throw new Error(`expected one fault: ${JSON.stringify(read)}`);
  return read.faults[0];
};

describe('readParams', () => {
  it('fills in every default', () => {
    expect(readParams(DECLARED, {}, '')).toEqual({ ok: true, values: DEFAULTS });
  });

  it('takes what is given, bounds included and between steps', () => {
    const given = { period: 2, line: 33.3, sizePct: 100, stopPct: 0.1, patient: true, spacing: 'geometric' };

    expect(readParams(DECLARED, given, '')).toEqual({ ok: true, values: given });
  });

  it.each([
    ['period', 1, 'a whole number from 2 to 50'],
    ['period', 51, 'a whole number from 2 to 50'],
    ['period', 14.5, 'a whole number from 2 to 50'],
    ['period', Number.NaN, 'a whole number from 2 to 50'],
    ['line', 4.99, 'a number from 5 to 50'],
    ['line', null, 'a number from 5 to 50'],
    ['line', '35', 'a number from 5 to 50'],
    ['sizePct', '10', 'a number from 1 to 100'],
    ['stopPct', '5', 'a number from 0.1 to 50, or null for off'],
    ['line', true, 'a number from 5 to 50'],
    ['sizePct', Number.POSITIVE_INFINITY, 'a number from 1 to 100'],
    ['stopPct', 0, 'a number from 0.1 to 50, or null for off'],
    ['stopPct', false, 'a number from 0.1 to 50, or null for off'],
    ['patient', 1, 'true or false'],
    ['patient', 'true', 'true or false'],
    ['spacing', 'random', 'one of "arithmetic", "geometric"'],
    ['spacing', 0, 'one of "arithmetic", "geometric"'],
  ])('refuses %s %s', (param, found, expected) => {
    expect(faultOf({ [param]: found })).toMatchObject({ path: `bots[0].params.${param}`, param, found, expected });
  });

  it('takes no text for a number, and says how to write it', () => {
    expect(faultOf({ period: '10' })).toMatchObject({ found: '10', remedy: 'write 10 without the quotes' });
    expect(faultOf({ period: 'ten' }).remedy).toBe('set period within that, or leave it out for its default 14');
    expect(faultOf({ period: '' }).remedy).toBe('set period within that, or leave it out for its default 14');
  });

  it('refuses an unknown name and asks for the nearest', () => {
    expect(faultOf({ peroid: 10 })).toEqual({
      path: 'bots[0].params.peroid',
      param: 'peroid',
      found: 10,
      expected: 'one of period, line, sizePct, stopPct, patient, spacing',
      remedy: 'did you mean "period"?',
    });
    expect(faultOf({ Period: 10 }).remedy).toBe('did you mean "period"?');
    expect(faultOf({ leverage: 10 }).remedy).toBe('remove leverage');
    expect(faultOf({ spacing: 'geometrik' }).remedy).toBe('did you mean "geometric"?');
  });

  it('is not fooled by names that every object has', () => {
    expect(faultOf({ toString: 1 })).toMatchObject({ param: 'toString', expected: expect.stringContaining('period') });
    expect(faultOf(JSON.parse('{"__proto__":{"period":3}}'))).toMatchObject({ param: '__proto__' });
    expect(readParams(DECLARED, Object.create({ period: 3 }), '')).toEqual({ ok: true, values: DEFAULTS });
  });

  it('names every fault at once', () => {
    const read = readParams(DECLARED, { period: 0, line: 0, nonsense: 1 }, '');

    expect(read.ok ? [] : read.faults.map((fault) => fault.path)).toEqual(['nonsense', 'period', 'line']);
  });

  it.each([null, [], 'period', 14, undefined])('refuses %j in place of an object', (given) => {
    expect(readParams(DECLARED, given, 'bots[0].params')).toEqual({
      ok: false,
      faults: [
        { path: 'bots[0].params', param: '', found: given, expected: 'an object of parameters', remedy: 'write {} to take every default' },
      ],
    });
  });
});

describe('a declaration', () => {
  it('gives its values their types', () => {
    expectTypeOf<ParamsOf<typeof DECLARED>>().toEqualTypeOf<{
      readonly period: number;
      readonly line: number;
      readonly sizePct: number;
      readonly stopPct: number | null;
      readonly patient: boolean;
      readonly spacing: 'arithmetic' | 'geometric';
    }>();
  });

  it('refuses a default that it would refuse in the settings, and a missing label', () => {
    expect(() => int(1, { min: 2, max: 50, label: 'Period' })).toThrow(
      'parameter "Period": the default 1 is not a whole number from 2 to 50',
    );
    expect(() => num(1, { min: 5, max: 2, label: 'Line' })).toThrow(RangeError);
    expect(() => optionalPct(60, { min: 0, max: 50, label: 'Stop' })).toThrow(RangeError);
    expect(() => pct(10, { min: 1, max: 100, label: '' })).toThrow('a parameter needs a label');
  });
});
