import { rsi } from '../core/indicators/rsi.ts';
import type { Reading } from '../core/indicators/indicator.ts';
import { sell } from '../core/strategy/orders.ts';
import { type ParamFault, type ParamsOf, bool, int, num, optionalPct, pct } from '../core/strategy/params.ts';
import { type ExitLimits, type StrategyView, strategy } from '../core/strategy/strategy.ts';

const params = {
  period: int(14, { min: 2, max: 50, label: 'RSI period', unit: 'bars', optimise: true }),
  buyBelow: num(35, { min: 5, max: 50, step: 1, label: 'Buy at or below', unit: 'RSI', optimise: true }),
  sellAbove: num(65, { min: 50, max: 95, step: 1, label: 'Sell at or above', unit: 'RSI', optimise: true }),
  sizePct: pct(10, { min: 1, max: 100, label: 'Capital per position', unit: '%' }),
  stopPct: optionalPct(null, { min: 0.1, max: 50, label: 'Stop below the average entry', unit: '%' }),
  takePct: optionalPct(null, { min: 0.1, max: 500, label: 'Target above the average entry', unit: '%' }),
  neverSellAtLoss: bool(false, {
    label: 'Never sell at a loss',
    danger: 'A falling position is held without a stop, however far it falls.',
  }),
};
type Params = ParamsOf<typeof params>;
type View = StrategyView<Params, { readonly rsi: Reading }>;

/** Buys what has fallen fast and sells what has risen fast, by Wilder's RSI on closed bars; long only. */
export const rsiMeanReversion = strategy({
  id: 'rsi-mean-reversion',
  version: 1,
  title: 'RSI mean reversion',
  params,
  indicators: (p) => ({ rsi: rsi(p.period) }),
  check: contradictions,
  on(view) {
    if (view.position.quantity > 0) holdOrSell(view);
    else buyOrWait(view);
  },
});

function buyOrWait({ p, i, size, target, wait }: View): void {
  const now = `RSI ${i.rsi.v.toFixed(1)}`;
  if (i.rsi.v <= p.buyBelow) target(size(p.sizePct), `${now} ≤ ${p.buyBelow}`);
  else wait(`no buy: ${now} > ${p.buyBelow}`);
}

function holdOrSell(view: View): void {
  const { p, i, position, target, want, wait } = view;
  const now = `RSI ${i.rsi.v.toFixed(1)}`;
  const high = i.rsi.v >= p.sellAbove;
  if (high && !p.neverSellAtLoss) {
    target(0, `${now} ≥ ${p.sellAbove}`);
    return;
  }
  guard(view);
  if (!high) {
    wait(`hold: ${now} < ${p.sellAbove}`);
    return;
  }
  // A market order could still be filled below the entry, at an open that gaps down: only a limit keeps the promise.
  want('exit', sell(position.quantity).reduceOnly.limit(position.breakEven, `${now} ≥ ${p.sellAbove}, at no loss`));
  wait(`hold: ${now} ≥ ${p.sellAbove}, for sale at no less than it cost with fees`);
}

/** Keeps the target and the stop working while the position is held. */
function guard({ p, position, want }: View): void {
  const { quantity, average } = position;
  if (p.takePct !== null) want('take', sell(quantity).reduceOnly.limit(average * (1 + p.takePct / 100), `take +${p.takePct}%`));
  if (p.stopPct !== null && !p.neverSellAtLoss) {
    want('stop', sell(quantity).reduceOnly.stop(average * (1 - p.stopPct / 100), `stop −${p.stopPct}%`));
  }
}

function contradictions(p: Params, exits: ExitLimits): readonly ParamFault[] {
  const faults: ParamFault[] = [];
  if (p.buyBelow >= p.sellAbove) {
    const expected = `below sellAbove (${p.sellAbove})`;
    faults.push({ param: 'buyBelow', found: p.buyBelow, expected, remedy: 'lower buyBelow or raise sellAbove' });
  }
  if (!p.neverSellAtLoss) return faults;
  const sellers = [
    { name: 'stopPct', value: p.stopPct, remedy: 'set params.stopPct to null' },
    { name: 'stopLossPct', value: exits.stopLossPct, remedy: 'set risk.stopLossPct to null for this bot' },
    { name: 'trailingStopPct', value: exits.trailingStopPct, remedy: 'set risk.trailingStopPct to null for this bot' },
  ];
  for (const { name, value, remedy } of sellers) {
    if (value === null) continue;
    const expected = `false while ${name} is ${value}, which sells at a loss`;
    faults.push({ param: 'neverSellAtLoss', found: true, expected, remedy: `${remedy}, or set neverSellAtLoss to false` });
  }
  return faults;
}
