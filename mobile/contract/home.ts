import type { Decimal, Iso, Mode } from './decimal.ts';
import type { BotCard } from './bots.ts';
import type { TradeItem } from './trades.ts';

/** Whether the trader lives, and what it says of itself. */
export interface SystemStatus {
  /** `online` while the trader's heartbeat is younger than five seconds. */
  readonly link: 'online' | 'offline' | 'never-started';
  readonly state: 'STARTING' | 'RUNNING' | 'PAUSED' | 'HALTED' | 'CLOSED' | 'DEGRADED' | 'STOPPING' | 'STOPPED';
  /** Why it is not trading; null while it is. */
  readonly reason: string | null;
  /** Set by the supervisor when it has stopped restarting the trader. */
  readonly crashLoop: string | null;
  readonly name: string;
  readonly version: string;
  readonly startedAt: Iso | null;
  /** Last heartbeat of the trader, wall time. */
  readonly beatAt: Iso | null;
  /** Seconds between beats that are expected. */
  readonly beatEverySeconds: number;
  /** The server's clock when it answered: ages are reckoned from it, never from the phone's clock. */
  readonly serverNow: Iso;
  /** Market time of the last step. */
  readonly marketAt: Iso | null;
  /** Wall time at which the last market event was heard. */
  readonly feedHeardAt: Iso | null;
  readonly feed: FeedStatus | null;
  /** Number of cycles of this run. */
  readonly cycle: number;
  readonly timeZone: string;
  /** Last sequence number of the ledger's events. */
  readonly seq: number;
}

export interface FeedStatus {
  readonly kind: 'replay' | 'simulated' | 'live';
  readonly label: string;
  /** True: no real market stands behind any figure. Shown on every screen. */
  readonly simulated: boolean;
  /** Market seconds per second; null: as fast as it can be read. */
  readonly speed: number | null;
  readonly faults: number;
}

/** The figures of one currency and mode; never added to another's. */
export interface Figures {
  readonly currency: string;
  readonly mode: Mode;
  readonly simulated: boolean;
  /** The trading day (YYYY-MM-DD in the account's zone, market time) that `today…` speaks of. */
  readonly day: string;
  /** `todayRealised + todayOpen`. */
  readonly todayNet: Decimal;
  /** Gross profit realised today minus all fees paid today. */
  readonly todayRealised: Decimal;
  /** Change of the open result since the day began. */
  readonly todayOpen: Decimal;
  /** `todayNet` over the equity the day began with, in percent; null without equity. */
  readonly todayPercent: number | null;
  readonly tradesToday: number;
  readonly tradesTodayBot: number;
  readonly tradesTodayManual: number;
  /** Round trips closed today: a rate only with its n. */
  readonly winsToday: number;
  readonly lossesToday: number;
  readonly closedToday: number;
  readonly activePositions: number;
  /** Cost of the open positions. */
  readonly capitalUsed: Decimal;
  readonly capital: Decimal;
  readonly capitalUsedPercent: number | null;
  /** Open result of all positions. */
  readonly openProfit: Decimal;
  readonly equity: Decimal;
  /** Today's net result against zero, oldest first: at most 200 points. */
  readonly curve: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly at: Iso;
  readonly net: Decimal;
}

/** Fear and greed; `value` is null until a real source exists. */
export interface Sentiment {
  readonly value: number | null;
  readonly word: 'no data' | 'extreme fear' | 'fear' | 'neutral' | 'greed' | 'extreme greed';
  readonly note: string;
  readonly at: Iso | null;
}

export interface Home {
  readonly status: SystemStatus;
  readonly figures: readonly Figures[];
  readonly sentiment: Sentiment;
  readonly bots: readonly BotCard[];
  readonly lastTrades: readonly TradeItem[];
}
