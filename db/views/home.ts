import type { Reader } from '../open.ts';
import { type AccountToday, accountsToday, type Book, bookKey } from './accounts.ts';
import { bookOrder, firstCurrency } from './book-order.ts';
import { type BotStanding, botsView } from './bots.ts';
import { dayCurve, type Point, thinned } from './curve.ts';
import { marketClock } from './market-clock.ts';

/** The figures of one book: a currency, a mode, a kind of price. Never added to another's. */
export interface FigureRow extends Book {
  /** The latest of its accounts' todays, YYYYMMDD. */
  readonly day: number;
  /** `todayRealised + todayOpen`. */
  readonly todayNetE8: bigint;
  /** Gross profit realised today minus all fees paid today. */
  readonly todayRealisedE8: bigint;
  /** Change of the open result since the day began. */
  readonly todayOpenE8: bigint;
  /** What the day began with. */
  readonly startEquityE8: bigint;
  readonly tradesToday: number;
  readonly tradesTodayManual: number;
  readonly winsToday: number;
  readonly lossesToday: number;
  readonly closedToday: number;
  readonly activePositions: number;
  /** Cost of the open positions. */
  readonly capitalUsedE8: bigint;
  /** Of its accounts. */
  readonly capitalE8: bigint;
  readonly openProfitE8: bigint;
  /** Capital, and all its bots have made of it. */
  readonly equityE8: bigint;
  /** Today's net against zero, oldest first, at most 200 points; it ends with `todayNet`. */
  readonly curve: readonly Point[];
}

export interface HomeView {
  /** One entry a book: the currency of the settings first, then by name; of each live before paper. */
  readonly figures: () => readonly FigureRow[];
}

const CURVE_POINTS = 200;

/** Read model of the figures on the first screen. */
export function homeView(db: Reader): HomeView {
  const accounts = accountsToday(db);
  const bots = botsView(db);
  const curve = dayCurve(db);
  const clock = marketClock(db);
  const first = firstCurrency(db);

  const figure = (ofBook: readonly AccountToday[], standings: readonly BotStanding[]): readonly FigureRow[] => {
    const [first] = ofBook;
    if (first === undefined) return [];
    const { currency, mode, simulated } = first;
    const sums = summed(standings);
    const capitalE8 = ofBook.reduce((sum, account) => sum + account.capitalE8, 0n);
    return [
      {
        currency,
        mode,
        simulated,
        ...sums,
        day: Math.max(...ofBook.map((account) => account.today)),
        capitalE8,
        startEquityE8: capitalE8 + standings.reduce((sum, bot) => sum + bot.before.netE8, 0n),
        equityE8: capitalE8 + standings.reduce((sum, bot) => sum + bot.totalNetE8, 0n),
        curve: endingWith(thinned(curve(standings), CURVE_POINTS - 1), sums.todayNetE8, clock.now()),
      },
    ];
  };

  return {
    figures: () => {
      const standings = bots.all();
      const books = new Map<string, AccountToday[]>();
      for (const account of accounts()) books.set(bookKey(account), [...(books.get(bookKey(account)) ?? []), account]);
      return [...books.entries()]
        .flatMap(([key, ofBook]) =>
          figure(
            ofBook,
            standings.filter((bot) => bookKey(bot) === key),
          ),
        )
        .sort(bookOrder(first()));
    },
  };
}

function summed(bots: readonly BotStanding[]): Omit<FigureRow, keyof Book | 'day' | 'capitalE8' | 'startEquityE8' | 'equityE8' | 'curve'> {
  const count = (of: (bot: BotStanding) => number): number => bots.reduce((sum, bot) => sum + of(bot), 0);
  const total = (of: (bot: BotStanding) => bigint): bigint => bots.reduce((sum, bot) => sum + of(bot), 0n);
  return {
    todayNetE8: total((bot) => bot.todayNetE8),
    todayRealisedE8: total((bot) => bot.todaySums.grossE8 - bot.todaySums.feesE8),
    todayOpenE8: total((bot) => bot.unrealisedE8 - bot.before.unrealisedE8),
    tradesToday: count((bot) => bot.todaySums.trades),
    tradesTodayManual: count((bot) => bot.todaySums.tradesManual),
    winsToday: count((bot) => bot.todaySums.wins),
    lossesToday: count((bot) => bot.todaySums.losses),
    closedToday: count((bot) => bot.todaySums.closed),
    activePositions: count((bot) => bot.openPositions),
    capitalUsedE8: total((bot) => bot.costE8),
    openProfitE8: total((bot) => bot.unrealisedE8),
  };
}

/** The steps may be a moment older than the prices: the curve ends where the figure beside it stands. */
function endingWith(points: readonly Point[], valueE8: bigint, at: number | null): readonly Point[] {
  if (at === null) return points;
  const last = points.at(-1);
  if (last !== undefined && last.at >= at) return [...points.slice(0, -1), { at: last.at, valueE8 }];
  return [...points, { at, valueE8 }];
}
