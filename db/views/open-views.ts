import { openReader } from '../open.ts';
import { type AlertsView, alertsView } from './alerts.ts';
import { type BotsView, botsView } from './bots.ts';
import { type DecisionsView, decisionsView } from './decisions.ts';
import { type EquityView, equityView } from './equity.ts';
import { type EventsView, eventsView } from './events.ts';
import { type HealthView, healthView } from './health.ts';
import { type HomeView, homeView } from './home.ts';
import { type PositionHistory, positionPageView } from './position-page.ts';
import { type PositionsView, positionsView } from './positions.ts';
import { type RoundTripsView, roundTripsView } from './round-trips.ts';
import { type SettingsView, settingsView } from './settings.ts';
import { type TradesView, tradesView } from './trades.ts';
import { type TradesCsv, tradesCsv } from './trades-csv.ts';

/** All read models of one ledger over one read-only connection. */
export interface Views {
  readonly home: HomeView;
  readonly bots: BotsView;
  readonly positions: PositionsView;
  readonly positionPage: (roundTrip: number) => PositionHistory | null;
  readonly trades: TradesView;
  readonly tradesCsv: TradesCsv;
  readonly roundTrips: RoundTripsView;
  readonly equity: EquityView;
  readonly events: EventsView;
  readonly health: HealthView;
  readonly decisions: DecisionsView;
  readonly alerts: AlertsView;
  readonly settings: SettingsView;
  /** Runs the reads of one answer on one state of the ledger, whatever is committed meanwhile. */
  readonly atOnce: <Result>(read: () => Result) => Result;
  readonly close: () => void;
}

/** Opens the ledger to read it. Throws `DatabaseRefusal`, with `database.file-missing` or `database.not-ready` until a trader has made it. */
export function openViews(path: string): Views {
  const db = openReader(path);
  return {
    home: homeView(db),
    bots: botsView(db),
    positions: positionsView(db),
    positionPage: positionPageView(db),
    trades: tradesView(db),
    tradesCsv: tradesCsv(db),
    roundTrips: roundTripsView(db),
    equity: equityView(db),
    events: eventsView(db),
    health: healthView(db),
    decisions: decisionsView(db),
    alerts: alertsView(db),
    settings: settingsView(db),
    atOnce: (read) => db.transaction(read).deferred(),
    close: () => {
      db.close();
    },
  };
}
