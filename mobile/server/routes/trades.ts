import type { Context } from 'hono';
import type { TradeFilter } from '../../../db/views/trade-filter.ts';
import type { Trades } from '../../contract/index.ts';
import type { DashboardEnv } from '../environment.ts';
import { presentDays, presentSummary, presentTrade } from '../present/trades.ts';
import type { Reads } from '../reads.ts';
import { bound, count, cursor, cursorText, name, type Query, word } from './query.ts';

/** `GET /api/trades`: a page of executions, newest first; the first page also carries the sums of the whole filter. */
export function trades(c: Context<DashboardEnv>, reads: Reads): Response {
  const query = c.req.query();
  const filter = tradeFilter(query);
  const after = cursor(query);
  const limit = count(query, 'limit', 1, 500, 100);
  const ledger = reads.ledger();
  if (ledger === null) return c.json(EMPTY);
  const answer = ledger.atOnce((): Trades => {
    const page = ledger.trades.page(filter, after, limit);
    const days = [...new Set(page.items.map((trade) => trade.day))];
    return {
      items: page.items.map(presentTrade),
      next: page.next === null ? null : cursorText(page.next),
      summary: after === null ? presentSummary(ledger.trades.summary(filter)) : null,
      total: after === null ? ledger.trades.total() : null,
      days: presentDays(ledger.trades.days(filter, days)),
      symbols: ledger.trades.symbols(),
    };
  });
  return c.json(answer);
}

const EMPTY: Trades = { items: [], next: null, summary: { count: 0, totals: [] }, total: 0, days: [], symbols: [] };

/** Reads the filter that the list and the CSV share. A day as `to` is included whole; an instant is where it ends. */
export function tradeFilter(query: Query): TradeFilter {
  const [from, to] = [bound(query, 'from'), bound(query, 'to')];
  const symbol = name(query, 'symbol');
  const bot = name(query, 'bot');
  const side = word(query, 'side', ['BUY', 'SELL']);
  const source = word(query, 'source', ['BOT', 'MANUAL']);
  const mode = word(query, 'mode', ['paper', 'live']);
  return {
    ...(from === null ? {} : from.kind === 'day' ? { fromDay: from.day } : { from: from.at }),
    ...(to === null ? {} : to.kind === 'day' ? { toDay: to.day } : { to: to.at }),
    ...(symbol === null ? {} : { symbol }),
    ...(bot === null ? {} : { bot }),
    ...(side === null ? {} : { side }),
    ...(source === null ? {} : { source }),
    ...(mode === null ? {} : { mode }),
  };
}
