import { ema } from '../core/indicators/ema.ts';
import { int, pct } from '../core/strategy/params.ts';
import { strategy } from '../core/strategy/strategy.ts';

/** Holds while the fast average stands above the slow one, and is flat while it stands below; long only. */
export const emaCross = strategy({
  id: 'ema-cross',
  version: 1,
  title: 'EMA cross',
  params: {
    fast: int(12, { min: 2, max: 200, label: 'Fast EMA', unit: 'bars', optimise: true }),
    slow: int(26, { min: 3, max: 400, label: 'Slow EMA', unit: 'bars', optimise: true }),
    sizePct: pct(10, { min: 1, max: 100, label: 'Capital per position', unit: '%' }),
  },
  indicators: (p) => ({ fast: ema(p.fast), slow: ema(p.slow) }),
  check({ fast, slow }) {
    if (fast < slow) return [];
    return [{ param: 'fast', found: fast, expected: `below slow (${slow})`, remedy: 'lower fast or raise slow' }];
  },
  on({ p, i, position, size, target, wait }) {
    const fast = `EMA ${p.fast}`;
    const slow = `EMA ${p.slow}`;
    const values = `${fast} at ${digits(i.fast.v)}, ${slow} at ${digits(i.slow.v)}`;
    if (position.quantity > 0) {
      if (i.fast.v < i.slow.v) target(0, `${fast} below ${slow}`);
      else wait(`hold: ${values}`);
    } else if (i.fast.v > i.slow.v) target(size(p.sizePct), `${fast} above ${slow}`);
    else wait(`no buy: ${values}`);
  },
});

/** Seven digits tell two averages of one price apart, whatever its size. */
const digits = (value: number): string => String(Number(value.toPrecision(7)));
