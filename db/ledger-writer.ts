import type {
  AccountRow,
  AlertRow,
  BeatRow,
  BotRow,
  BotState,
  DecisionRow,
  EquityRow,
  EventRow,
  FeedPlace,
  FeedRow,
  InstrumentRow,
  LatchKey,
  LatchRow,
  LotClosureRow,
  LotRow,
  OrderEventRow,
  OrderRow,
  PositionRow,
  PriceRow,
  RoundTripRow,
  RunRow,
  SettingsRow,
  TradeRow,
} from './rows.ts';

/**
 * The writer of the ledger: statements prepared once and named after what they record. Synchronous; one process holds one. Every
 * method may be called inside `transaction`, which throws a full disk, a lock or a broken file as `DatabaseRefusal`; outside, each is
 * a commit of its own. A row that breaks a constraint is a bug and thrown as it comes.
 */
export interface LedgerWriter {
  readonly path: string;
  /** Runs the function in one immediate transaction: all of it is written, or, if it throws, nothing. */
  readonly transaction: <Result>(work: () => Result) => Result;

  /** Throws `DatabaseRefusal` where an account known by that id has another mode, currency or kind of price. */
  readonly recordAccount: (row: AccountRow) => void;
  readonly recordInstrument: (row: InstrumentRow) => void;
  /** Writes a bot as the settings have it and returns its number, which it keeps for ever. Throws `DatabaseRefusal` where it had another account. */
  readonly recordBot: (row: BotRow) => number;
  /** Marks every other bot as no longer in the settings. */
  readonly keepBots: (ids: readonly string[]) => void;
  readonly recordBotState: (bot: string, state: BotState, reason: string, at: number) => void;

  /** Returns the run's id. */
  readonly startRun: (row: RunRow) => number;
  readonly endRun: (run: number, endedAt: number, reason: string) => void;

  /** Writes the order as it stands now, and the event that brought it there. */
  readonly recordOrder: (row: OrderRow, event: OrderEventRow) => void;
  /** Books an execution and adds it to the sums of its day, its month and all time. A fill already booked changes nothing and is told by `isNew: false`. */
  readonly recordTrade: (row: TradeRow) => { readonly id: number; readonly isNew: boolean };
  /** Writes a round trip as it stands and returns its id; its day sums grow once, at its close, after which it no longer changes. */
  readonly recordRoundTrip: (row: RoundTripRow) => number;
  readonly roundTripId: (bot: string, instrument: string, number: number) => number | null;
  readonly recordPosition: (row: PositionRow) => void;
  readonly replaceLots: (bot: string, instrument: string, lots: readonly LotRow[]) => void;
  readonly recordLotClosures: (trade: number, closures: readonly LotClosureRow[]) => void;

  readonly recordDecision: (row: DecisionRow) => number;
  readonly recordEquity: (row: EquityRow) => void;
  readonly recordPrice: (row: PriceRow) => void;
  /** Sets a latch; one already set keeps its beginning and takes the new reason and end. */
  readonly recordLatch: (row: LatchRow) => void;
  readonly liftLatch: (key: LatchKey, at: number) => void;
  /** Raises an alert, or counts one more of it while it is open. */
  readonly recordAlert: (row: AlertRow) => { readonly id: number; readonly isNew: boolean };
  /** False where no such alert is open. */
  readonly resolveAlert: (key: string, at: number) => boolean;
  /** Returns the event's sequence number. */
  readonly recordEvent: (row: EventRow) => number;

  /** Tells which feed is played; the place is kept if the fingerprint is the same, else it goes back to 0. */
  readonly recordFeed: (row: FeedRow) => void;
  readonly advanceFeed: (place: number, at: number) => void;
  /** Where the last life left off; null on a fresh ledger. */
  readonly feedPlace: () => FeedPlace | null;

  readonly putState: (key: string, body: string) => void;
  readonly dropState: (key: string) => void;
  readonly allState: () => Map<string, string>;

  readonly beat: (row: BeatRow) => void;
  /** Adds a row only where the hash differs from the newest one's; tells whether it did. */
  readonly putSettings: (row: SettingsRow) => boolean;

  /** A fact about this installation that is neither market nor money, e.g. `salt`; null where never put. */
  readonly meta: (key: string) => string | null;
  readonly putMeta: (key: string, value: string) => void;

  /** Drops what is past its keeping: old events, decisions and fine equity steps. To be called about once an hour, outside a cycle. */
  readonly prune: () => void;
  /** Folds the write-ahead log back and closes. Safe to call twice. */
  readonly close: () => void;
}
