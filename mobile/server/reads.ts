import type { Home, Positions, SystemStatus } from '../contract/index.ts';
import { positionTotals } from '../../db/views/positions.ts';
import type { LedgerAccess } from './ledger-access.ts';
import type { Views } from '../../db/views/open-views.ts';
import { presentBot } from './present/bots.ts';
import { NO_SENTIMENT, presentFigures } from './present/home.ts';
import { presentPositions } from './present/positions.ts';
import { presentStatus, type SupervisorWord } from './present/status.ts';
import { presentTrade } from './present/trades.ts';
import { Problem } from './problem.ts';

/** What routes and the live stream both show, read anew at each call. */
export interface Reads {
  /** The ledger, or null while the trader has never made one. Throws `ledger.unreadable` where it is there and cannot be read. */
  readonly ledger: () => Views | null;
  readonly status: (seq?: number) => SystemStatus;
  readonly home: (seq?: number) => Home;
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

export function reads(deps: ReadsDeps): Reads {
  function status(seq?: number): SystemStatus {
    const ledger = deps.access.current();
    return presentStatus({
      now: deps.now(),
      name: deps.name,
      version: deps.version,
      timeZone: deps.timeZone,
      seq: seq ?? ledger?.events.lastSeq() ?? 0,
      heartbeat: ledger?.health.heartbeat() ?? null,
      feed: ledger?.health.feed() ?? null,
      word: deps.word(),
      ledgerFault: deps.access.fault(),
    });
  }

  return {
    ledger() {
      const ledger = deps.access.current();
      const fault = deps.access.fault();
      if (ledger === null && fault !== null) throw new Problem('ledger.unreadable', { message: fault });
      return ledger;
    },
    status,
    home(seq) {
      const ledger = deps.access.current();
      const base = { status: status(seq), sentiment: NO_SENTIMENT };
      if (ledger === null) return { ...base, figures: [], bots: [], lastTrades: [] };
      return ledger.atOnce(() => ({
        ...base,
        figures: ledger.home.figures().map(presentFigures),
        bots: ledger.bots.all().filter((bot) => bot.active || bot.openPositions > 0).map((bot) => presentBot(bot, ledger.equity.spark(bot.id))),
        lastTrades: ledger.trades.page({}, null, LAST_TRADES).items.map(presentTrade),
      }));
    },
    positions() {
      const open = deps.access.current()?.positions.open();
      return open === undefined ? EMPTY_POSITIONS : presentPositions(open, positionTotals(open));
    },
  };
}
