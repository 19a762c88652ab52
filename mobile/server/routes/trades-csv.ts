import type { Context } from 'hono';
import type { TradeKey } from '../../../db/views/trade-filter.ts';
import { CSV_HEADER } from '../../../db/views/trades-csv.ts';
import { collectYoung } from '../collect-young.ts';
import type { DashboardEnv } from '../environment.ts';
import type { DashboardLog } from '../log.ts';
import type { Reads } from '../reads.ts';
import type { Query } from './query.ts';
import { tradeFilter } from './trades.ts';

/** Rows made at once: between pages the loop is free and no statement is open. */
const ROWS_A_PAGE = 1000;
/** Pages handed on between two collections of them. */
const PAGES_A_COLLECTION = 25;

/** `GET /api/trades.csv`: every execution of the filter, streamed as fast as the reader takes it and no faster. */
export function tradesCsv(c: Context<DashboardEnv>, reads: Reads, log: DashboardLog): Response {
  const query = c.req.query();
  const filter = tradeFilter(query);
  let after: TradeKey | null = null;
  let isFirst = true;
  let pages = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (isFirst) {
          isFirst = false;
          controller.enqueue(new TextEncoder().encode(CSV_HEADER));
          return;
        }
        const page = reads.ledger()?.tradesCsv.page(filter, after, ROWS_A_PAGE) ?? null;
        if (page === null) {
          controller.close();
          return;
        }
        after = page.last;
        pages += 1;
        if (pages % PAGES_A_COLLECTION === 0) collectYoung();
        controller.enqueue(page.bytes);
      },
    },
    // Nothing is made before it is asked for: a reader that went away costs no page.
    { highWaterMark: 0 },
  );
  log.info({ address: c.env.client.address, filter: { ...filter } }, 'trades exported');
  return c.body(body, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${csvName(query)}"`,
  });
}

/** A name that says what is in the file: `trades_2026-11-01_2026-11-30_BTCUSDT_SELL.csv`. */
export function csvName(query: Query): string {
  const parts = ['from', 'to', 'symbol', 'side', 'source', 'bot', 'mode'].map((key) => (query[key] ?? '').replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, ''));
  return `${['trades', ...parts.filter((part) => part !== '')].join('_')}.csv`;
}
