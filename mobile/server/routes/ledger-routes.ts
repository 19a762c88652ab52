import type { Context } from 'hono';
import type { Alerts, BotPage, Decisions, Positions, RoundTrips } from '../../contract/index.ts';
import type { DashboardEnv, Route } from '../environment.ts';
import { presentAlert } from '../present/alerts.ts';
import { presentBot, presentDecision, presentParams } from '../present/bots.ts';
import { presentEquity } from '../present/equity.ts';
import { presentHealth } from '../present/health.ts';
import { presentPositionPage } from '../present/position-page.ts';
import { presentSettings } from '../present/settings.ts';
import { presentRoundTrip } from '../present/trades.ts';
import { Problem } from '../problem.ts';
import type { Reads } from '../reads.ts';
import { count, cursor, cursorText, idInPath, instantOf, name } from './query.ts';

const MOST_ALERTS = 200;
const DECISIONS_ON_A_BOTS_PAGE = 50;

/** The routes that show the ledger, but for trades. Before the first start of a trader they are empty, not an error. */
export function ledgerRoutes(reads: Reads): readonly Route[] {
  const get = (path: string, answer: (c: Context<DashboardEnv>) => unknown): Route => ({ method: 'GET', path, access: 'session', handle: (c) => c.json(answer(c)) });
  return [
    { method: 'GET', path: '/api/home', access: 'session', handle: (c) => c.body(reads.homeJson(), 200, { 'Content-Type': 'application/json' }) },
    get('/api/positions', (): Positions => reads.positions()),
    get('/api/positions/:id', (c) => {
      const history = reads.ledger()?.positionPage(idInPath(c.req.param('id'))) ?? null;
      if (history === null) throw new Problem('not-found', { message: 'There is no such position.' });
      return presentPositionPage(history);
    }),
    get('/api/round-trips', (c) => roundTrips(c, reads)),
    get('/api/equity', (c) => equity(c, reads)),
    get('/api/bots', () => reads.home().bots),
    get('/api/bots/:id', (c) => botPage(c.req.param('id') ?? '', reads)),
    get('/api/decisions', (c) => decisions(c, reads)),
    get('/api/alerts', (): Alerts => ({ items: reads.ledger()?.alerts.latest(MOST_ALERTS).map(presentAlert) ?? [] })),
    get('/api/health', () => presentHealth(reads.status(), reads.ledger())),
    get('/api/settings', () => presentSettings(reads.ledger()?.settings.current() ?? null)),
  ];
}

function roundTrips(c: Context<DashboardEnv>, reads: Reads): RoundTrips {
  const query = c.req.query();
  const bot = name(query, 'bot');
  const after = cursor(query);
  const limit = count(query, 'limit', 1, 500, 100);
  const page = reads.ledger()?.roundTrips.page(bot === null ? {} : { bot }, after === null ? null : { closedAt: after.at, id: after.id }, limit);
  if (page === undefined) return { items: [], next: null };
  return { items: page.items.map(presentRoundTrip), next: page.next === null ? null : cursorText({ at: page.next.closedAt, id: page.next.id }) };
}

function equity(c: Context<DashboardEnv>, reads: Reads): unknown {
  const query = c.req.query();
  const [from, to, bot] = [instantOf(query, 'from'), instantOf(query, 'to'), name(query, 'bot')];
  const span = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }), ...(bot === null ? {} : { bot }) };
  return presentEquity(reads.ledger()?.equity.curve(span) ?? { resolutionSeconds: 60, series: [] });
}

function botPage(id: string, reads: Reads): BotPage {
  const ledger = reads.ledger();
  const bot = ledger?.bots.one(id) ?? null;
  if (ledger === null || bot === null) throw new Problem('not-found', { message: 'There is no such bot.' });
  return {
    ...presentBot(bot, ledger.equity.spark(bot.id)),
    params: presentParams(bot.params),
    decisions: ledger.decisions.page({ bot: bot.id }, null, DECISIONS_ON_A_BOTS_PAGE).map(presentDecision),
  };
}

function decisions(c: Context<DashboardEnv>, reads: Reads): Decisions {
  const query = c.req.query();
  const [bot, instrument, after] = [name(query, 'bot'), name(query, 'instrument'), cursor(query)];
  const limit = count(query, 'limit', 1, 500, 100);
  const filter = { ...(bot === null ? {} : { bot }), ...(instrument === null ? {} : { instrument }) };
  // One more than is shown tells whether there is a next page.
  const found = reads.ledger()?.decisions.page(filter, after?.id ?? null, limit + 1) ?? [];
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(presentDecision), next: found.length > limit && last !== undefined ? cursorText({ at: last.at, id: last.id }) : null };
}
