import { readParams } from '../../core/strategy/params.ts';
import type { Strategy } from '../../core/strategy/strategy.ts';

/** What is wrong with what a strategy file made. */
export interface ShapeFault {
  readonly found: unknown;
  readonly expected: string;
  readonly remedy: string;
}

/** Checks that a value a file made is a strategy that can run on its defaults; null where it is. Throws what its own code throws. */
export function shapeFault(made: unknown): ShapeFault | null {
  if (!isObject(made)) return fault(made, 'a strategy', 'return strategy({ … }) from the exported function');
  for (const { name, fits, expected, remedy } of PARTS) {
    const value = partOf(made, name);
    if (!fits(value)) return fault(value, expected, remedy);
  }
  return paramFault(partOf(made, 'params') as object) ?? indicatorFault(made as Strategy);
}

interface Part {
  readonly name: keyof Strategy;
  readonly fits: (value: unknown) => boolean;
  readonly expected: string;
  readonly remedy: string;
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isFunction = (value: unknown): boolean => typeof value === 'function';
const WHOLE = 'return what strategy({ … }) makes, with every part in it';

const PARTS: readonly Part[] = [
  {
    name: 'id',
    fits: (id) => typeof id === 'string' && KEBAB.test(id),
    expected: 'an id in kebab-case',
    remedy: "write it as in id: 'my-strategy'",
  },
  {
    name: 'version',
    fits: (version) => typeof version === 'number' && Number.isInteger(version) && version >= 1,
    expected: 'a version: a whole number from 1',
    remedy: 'write version: 1',
  },
  {
    name: 'title',
    fits: (title) => typeof title === 'string' && title !== '',
    expected: 'a title',
    remedy: "write it as in title: 'My strategy'",
  },
  { name: 'params', fits: isObject, expected: 'params: an object of declarations', remedy: 'write params: {} if there are none' },
  { name: 'indicators', fits: isFunction, expected: 'indicators: a function', remedy: WHOLE },
  { name: 'check', fits: isFunction, expected: 'check: a function', remedy: WHOLE },
  { name: 'on', fits: isFunction, expected: 'on: a function', remedy: WHOLE },
];

const KINDS: readonly unknown[] = ['int', 'num', 'pct', 'optional-pct', 'bool', 'pick'];

function paramFault(params: object): ShapeFault | null {
  for (const [name, declared] of Object.entries(params) as [string, unknown][]) {
    if (isObject(declared) && KINDS.includes(partOf(declared, 'kind'))) continue;
    return fault(declared, `params.${name} made by int, num, pct, optionalPct, bool or pick`, 'declare it with one of these');
  }
  return null;
}

function indicatorFault(strategy: Strategy): ShapeFault | null {
  const defaults = readParams(strategy.params, {}, 'params');
  if (!defaults.ok)
    return fault(defaults.faults[0]?.found, `params.${defaults.faults[0]?.param ?? ''} with a default it admits`, 'mend the default');
  const indicators: unknown = strategy.indicators(defaults.values);
  if (!isObject(indicators)) return fault(indicators, 'indicators that returns an object', 'return {} if there are none');
  for (const [name, indicator] of Object.entries(indicators) as [string, unknown][]) {
    if (isObject(indicator) && ['start', 'push', 'read'].every((part) => isFunction(partOf(indicator, part)))) continue;
    return fault(indicator, `indicators.${name} made by sma, ema, rsi, atr, macd or bollinger`, 'take it from the toolbox');
  }
  return null;
}

const partOf = (whole: object, name: string): unknown => Reflect.get(whole, name) as unknown;

const fault = (found: unknown, expected: string, remedy: string): ShapeFault => ({
  found: found === undefined ? 'nothing' : found,
  expected,
  remedy,
});
