import type { EquityView } from '../../../db/views/equity.ts';
import type { EquityCurve } from '../../contract/index.ts';
import { moneyText } from './decimal.ts';
import { iso } from './time.ts';

/** What the bots were worth over time. */
export function presentEquity(curve: ReturnType<EquityView['curve']>): EquityCurve {
  return {
    resolutionSeconds: curve.resolutionSeconds,
    series: curve.series.map(({ bot, currency, mode, simulated, points }) => ({
      bot,
      currency,
      mode,
      simulated,
      points: points.map((point) => ({ at: iso(point.at), equity: moneyText(point.valueE8) })),
    })),
  };
}
