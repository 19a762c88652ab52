import Database from 'better-sqlite3';
import { openViews, type Views } from '../../db/views/open-views.ts';
import type { TradeFilter, TradeKey } from '../../db/views/trade-filter.ts';
import { afterwards, alternate, atMost, bench, digits, median, report, wallOf } from './harness.ts';
import { history, ledgerIn } from './histories.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const PAGE = 100;
const ROUNDS = 15;
const BURST = 20;

await bench(async () => {
  const few = openLedger(FEW);
  const many = openLedger(MANY);
  for (const one of [few, many]) {
    await firstAndLast(`a page of ${PAGE} of ${digits(one.trades)} trades`, one, {});
    await firstAndLast(`a page of ${PAGE} of one symbol's, ${digits(one.trades)} trades`, one, { symbol: 'NSE:INFY' });
  }
  await growth('home figures', few, many, (views) => views.home.figures());
  await growth('trade summary', few, many, (views) => views.trades.summary({}));
  await growth('trade summary of a year, by days', few, many, (views) => views.trades.summary({ fromDay: 20230101, toDay: 20231231 }));
  const days = new Map([few, many].map(({ views }) => [views, daysOf(views)]));
  await growth('sums of the days on the first page', few, many, (views) => views.trades.days({}, days.get(views) ?? []));
});

interface Opened {
  readonly trades: number;
  readonly path: string;
  readonly views: Views;
}

function openLedger(trades: number): Opened {
  const path = ledgerIn(history(trades));
  const views = openViews(path);
  afterwards(() => views.close());
  return { trades, path, views };
}

async function firstAndLast(name: string, { path, views }: Opened, filter: TradeFilter): Promise<void> {
  const last = keyBeforeLastPage(path, filter);
  const page = (after: TradeKey | null) => (): number => {
    if (views.trades.page(filter, after, PAGE).items.length !== PAGE) throw new Error(`${name}: a page is not full`);
    return burst(() => views.trades.page(filter, after, PAGE));
  };
  const { a, b, ratio } = await alternate(ROUNDS, page(last), page(null));
  report(`${name}: the last`, `${digits(a)} ms`, `the first, ${digits(b)} ms`, ratio, atMost(ratio, 3));
}

/** The trade after which exactly one page is left. */
function keyBeforeLastPage(path: string, { symbol }: TradeFilter): TradeKey {
  const db = new Database(path, { readonly: true });
  try {
    const where = symbol === undefined ? '' : `WHERE instrument = '${symbol}'`;
    const key = db.prepare<[], TradeKey>(`SELECT at, id FROM trades ${where} ORDER BY at, id LIMIT 1 OFFSET ${PAGE}`).get();
    if (key === undefined) throw new Error('the history is shorter than a page');
    return key;
  } finally {
    db.close();
  }
}

async function growth(name: string, few: Opened, many: Opened, read: (views: Views) => unknown): Promise<void> {
  const { a, b, ratio } = await alternate(
    ROUNDS,
    () => burst(() => read(many.views)),
    () => burst(() => read(few.views)),
  );
  report(`${name} at ${digits(MANY)} trades`, `${digits(a)} ms`, `at ${digits(FEW)}, ${digits(b)} ms`, ratio, atMost(ratio, 2));
}

/** The days of the newest trades: what the list shows a heading with sums for. */
function daysOf(views: Views): readonly number[] {
  return [...new Set(views.trades.page({}, null, PAGE).items.map((trade) => trade.day))];
}

/** Median milliseconds of one of several reads in a row. */
function burst(read: () => unknown): number {
  return median(Array.from({ length: BURST }, () => wallOf(read)));
}
