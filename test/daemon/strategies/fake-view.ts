import { instant } from '../../../daemon/core/model/instant.ts';
import type { Reading } from '../../../daemon/core/indicators/indicator.ts';
import { readParams } from '../../../daemon/core/strategy/params.ts';
import type { Holding, ParamValues, Strategy, Wanted } from '../../../daemon/core/strategy/strategy.ts';

/** What a strategy said when it was asked once. */
export interface Said {
  readonly target: { readonly quantity: number; readonly reason: string } | null;
  readonly wants: Readonly<Record<string, Wanted>>;
  readonly waiting: string | null;
}

export const FLAT: Holding = { quantity: 0, average: 0, percent: 0, breakEven: 0 };

/** The values of a strategy's parameters with some given; throws where they are refused. */
export function valuesOf(strategy: Strategy, given: object = {}): ParamValues {
  const read = readParams(strategy.params, given, '');
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.values;
}

/** Asks a strategy once: capital 10,000, the bar closed at 50, so that ten percent buys twenty. */
export function ask(strategy: Strategy, readings: Readonly<Record<string, Reading>>, position = FLAT, given: object = {}): Said {
  let target: Said['target'] = null;
  let waiting: string | null = null;
  const wants: Record<string, Wanted> = {};
  strategy.on({
    p: valuesOf(strategy, given),
    i: readings,
    bar: { at: instant(0), open: 50, high: 50, low: 50, close: 50, volume: 1 },
    position,
    capital: 10_000,
    memory: {},
    size: (percent) => (10_000 * percent) / 100 / 50,
    target: (quantity, reason) => {
      target = { quantity, reason };
    },
    want: (slot, order) => {
      wants[slot] = order;
    },
    wait: (reason) => {
      waiting = reason;
    },
  });
  return { target, wants, waiting };
}
