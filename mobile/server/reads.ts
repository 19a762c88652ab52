import type { Home, Positions, SystemStatus } from '../contract/index.ts';
import type { FeedStanding, Heartbeat } from '../../db/views/health.ts';
import { positionTotals } from '../../db/views/positions.ts';
import type { LedgerAccess } from './ledger-access.ts';
import type { Views } from '../../db/views/open-views.ts';
import { presentBot } from './present/bots.ts';
import { NO_SENTIMENT, presentFigures } from './present/home.ts';
import { presentPositions } from './present/positions.ts';
import { presentStatus, type SupervisorWord } from './present/status.ts';
import { presentTrade } from './present/trades.ts';
import { Problem } from './problem.ts';

/** What routes and the live stream both show. */
export interface Reads {
  /** The ledger, or null while the trader has never made one. Throws `ledger.unreadable` where it is there and cannot be read. */
  readonly ledger: () => Views | null;
  readonly status: (seq?: number) => SystemStatus;
  readonly home: (seq?: number) => Home;
  /** `home` as JSON, of which all but the status is written once a commit. */
  readonly homeJson: () => string;
  readonly positions: () => Positions;
}

/** Who this installation is, and what the supervisor said of the trader. */
export interface ReadsDeps {
  readonly access: LedgerAccess;
  readonly name: string;
  readonly version: string;
  readonly timeZone: string;
  /** Wall time. */
  readonly now: () => number;
  readonly word: () => SupervisorWord | null;
}

const LAST_TRADES = 5;
const EMPTY_POSITIONS: Positions = { items: [], totals: [] };

/** Reads the ledger at most once a commit: what is asked for in between costs no sum. */
export function reads(deps: ReadsDeps): Reads {
  const { access, name, version, timeZone } = deps;
  let known: Known | null = null;

  function knownNow(): Known {
    const ledger = access.current();
    // Read before what it stands for: a commit in between is another version the next time.
    const dataVersion = ledger?.events.dataVersion() ?? 0;
    if (known === null || known.ledger !== ledger || known.dataVersion !== dataVersion) known = readKnown(ledger, dataVersion);
    return known;
  }
  function statusOf({ heartbeat, feed, lastSeq }: Known, seq?: number): SystemStatus {
    return presentStatus({ now: deps.now(), name, version, timeZone, seq: seq ?? lastSeq, heartbeat, feed, word: deps.word(), ledgerFault: access.fault() });
  }

  return {
    ledger() {
      const ledger = access.current();
      const fault = access.fault();
      if (ledger === null && fault !== null) throw new Problem('ledger.unreadable', { message: fault });
      return ledger;
    },
    status: (seq) => statusOf(knownNow(), seq),
    home(seq) {
      const now = knownNow();
      return { status: statusOf(now, seq), ...now.standing() };
    },
    homeJson() {
      const now = knownNow();
      return `{"status":${JSON.stringify(statusOf(now))},${now.standingJson().slice(1)}`;
    },
    positions() {
      const held = access.current()?.positions;
      if (held === undefined) return EMPTY_POSITIONS;
      const open = held.open();
      return presentPositions(open, positionTotals(open, held.firstCurrency()));
    },
  };
}

/** What one commit left behind; asking whether there was another takes 8 µs. The standing is made when first asked for: most commits are beats that nobody looks at. */
interface Known {
  readonly ledger: Views | null;
  readonly dataVersion: number;
  readonly lastSeq: number;
  readonly heartbeat: Heartbeat | null;
  readonly feed: FeedStanding | null;
  readonly standing: () => Standing;
  readonly standingJson: () => string;
}
type Standing = Omit<Home, 'status'>;

function readKnown(ledger: Views | null, dataVersion: number): Known {
  let standing: Standing | null = null;
  let json: string | null = null;
  return {
    ledger,
    dataVersion,
    lastSeq: ledger?.events.lastSeq() ?? 0,
    heartbeat: ledger?.health.heartbeat() ?? null,
    feed: ledger?.health.feed() ?? null,
    standing: () => (standing ??= readStanding(ledger)),
    standingJson: () => (json ??= JSON.stringify((standing ??= readStanding(ledger)))),
  };
}

function readStanding(ledger: Views | null): Standing {
  if (ledger === null) return { figures: [], sentiment: NO_SENTIMENT, bots: [], lastTrades: [] };
  return ledger.atOnce(() => ({
    figures: ledger.home.figures().map(presentFigures),
    sentiment: NO_SENTIMENT,
    bots: ledger.bots.all().filter((bot) => bot.active || bot.openPositions > 0).map((bot) => presentBot(bot, ledger.equity.spark(bot.id))),
    lastTrades: ledger.trades.page({}, null, LAST_TRADES).items.map(presentTrade),
  }));
}
