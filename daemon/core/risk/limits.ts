import type { Money } from '../model/money.ts';

/** What the risk gate holds a bot to. Percentages are of the bot's capital unless they say otherwise; null switches a rule off. */
export interface RiskLimits {
  /** Open positions and entries in flight of the whole account. */
  readonly maxOpenPositions: number;
  /** Largest cost of one position, percent of the bot's capital. */
  readonly maxPositionPct: number;
  /** Largest cost of one position as an amount of the quote currency. */
  readonly maxPositionAmount: Money | null;
  /** Loss of the account since the start of its trading day, realised and open, percent of the equity it began with. */
  readonly dailyLossLimitPct: number | null;
  readonly stopLossPct: number | null;
  readonly takeProfitPct: number | null;
  /** Distance of the stop below the best price since entry. */
  readonly trailingStopPct: number | null;
  /** The last line: closes at market whatever the strategy promised. */
  readonly catastrophicStopPct: number | null;
  /** Entries refused when the bar is learnt later than this many bars after its close. */
  readonly staleAfterBars: number;
  /** Entry orders of the bot in one minute of market time. */
  readonly maxOrdersPerMinute: number;
}
