import type { DayNet, TradeItem, Trades } from '../../contract/index.ts';
import { add } from '../lib/decimals.ts';

/** What the Trades page filters by; kept in the URL under the same names that the API and the CSV use. */
export interface TradeFilter {
  readonly from: string;
  readonly to: string;
  readonly symbol: string;
  readonly side: string;
  readonly source: string;
}

const NAMES = ['from', 'to', 'symbol', 'side', 'source'] as const;

/** The filter in a query string; what is not named is empty. */
export function filterOf(query: string): TradeFilter {
  const given = new URLSearchParams(query);
  const value = (name: string): string => given.get(name) ?? '';
  return { from: value('from'), to: value('to'), symbol: value('symbol'), side: value('side'), source: value('source') };
}

/** The query string of a filter, empty names left out: the same filter always gives the same text. */
export function queryOf(filter: TradeFilter): string {
  const query = new URLSearchParams();
  for (const name of NAMES) if (filter[name] !== '') query.set(name, filter[name]);
  return query.toString();
}

/** Whether a trade would be in the list under this filter. Days are those of the account's zone. */
export function passes(filter: TradeFilter, trade: TradeItem): boolean {
  return (
    (filter.from === '' || trade.day >= filter.from) &&
    (filter.to === '' || trade.day <= filter.to) &&
    (filter.symbol === '' || trade.instrument === filter.symbol || trade.symbol === filter.symbol) &&
    (filter.side === '' || trade.side === filter.side) &&
    (filter.source === '' || trade.source === filter.source)
  );
}

/** The list with a new trade in front, its counts and nets with it; one that is not newer than all of them was already read and counted. */
export function withNewTrade(list: Trades, trade: TradeItem, filter: TradeFilter): Trades {
  if (trade.id <= newestId(list)) return list;
  const total = list.total === null ? null : list.total + 1;
  return passes(filter, trade) ? { ...withRow(list, trade), total } : { ...list, total };
}

/** The list with an older page behind it. */
export function withOlderPage(list: Trades, page: Trades): Trades {
  const known = new Set(list.items.map((one) => one.id));
  const days = new Map([...page.days, ...list.days].map((one) => [one.day, one]));
  return { ...list, items: [...list.items, ...page.items.filter((one) => !known.has(one.id))], next: page.next, days: [...days.values()] };
}

/**
 * The list with its first page read anew. Older pages stay behind it unless more happened between than a page holds, and what the
 * stream told after the page was read stays in front, counted.
 */
export function withFirstPage(list: Trades | null, page: Trades): Trades {
  if (list === null) return page;
  const newest = newestId(page);
  const newer = list.items.filter((one) => one.id > newest).toReversed();
  return newer.reduce((known, trade) => ({ ...withRow(known, trade), total: known.total === null ? null : known.total + 1 }), withOlderKept(list, page));
}

function withOlderKept(list: Trades, page: Trades): Trades {
  const oldest = page.items.at(-1);
  const newestKnown = list.items[0];
  if (oldest === undefined || newestKnown === undefined || newestKnown.id < oldest.id) return page;
  const older = list.items.filter((one) => one.id < oldest.id);
  if (older.length === 0) return page;
  const told = new Set(page.days.map((one) => one.day));
  return { ...page, items: [...page.items, ...older], next: list.next, days: [...page.days, ...list.days.filter((one) => !told.has(one.day))] };
}

/** The items under their days, newest day first. */
export function byDay(list: Trades): readonly { readonly day: string; readonly net: DayNet | null; readonly items: readonly TradeItem[] }[] {
  const groups = new Map<string, TradeItem[]>();
  for (const item of list.items) groups.set(item.day, [...(groups.get(item.day) ?? []), item]);
  return [...groups].map(([day, items]) => ({ day, items, net: list.days.find((one) => one.day === day) ?? null }));
}

function newestId(list: Trades): number {
  return list.items.reduce((newest, one) => Math.max(newest, one.id), 0);
}

function withRow(list: Trades, trade: TradeItem): Trades {
  return { ...list, items: [trade, ...list.items], summary: list.summary === null ? null : counted(list.summary, trade), days: withDay(list.days, trade) };
}

type Summary = NonNullable<Trades['summary']>;
type Book = Pick<DayNet['totals'][number], 'currency' | 'mode' | 'simulated'>;

/** Currency, mode and kind of price make a book; a total that does not name the kind stands for both. */
function isBookOf(book: Book, trade: TradeItem): boolean {
  return book.currency === trade.currency && book.mode === trade.mode && (book.simulated ?? trade.simulated) === trade.simulated;
}

function bookOf(trade: TradeItem): { readonly currency: string; readonly mode: TradeItem['mode']; readonly simulated: boolean; readonly trades: number; readonly net: string } {
  return { currency: trade.currency, mode: trade.mode, simulated: trade.simulated, trades: 0, net: '0' };
}

function counted(summary: Summary, trade: TradeItem): Summary {
  const totals = summary.totals.some((one) => isBookOf(one, trade)) ? summary.totals : [...summary.totals, { ...bookOf(trade), notional: '0', gross: '0', fees: '0' }];
  const grown = totals.map((one) => {
    if (!isBookOf(one, trade)) return one;
    const sums = { notional: add(one.notional, trade.notional), gross: add(one.gross, trade.gross), fees: add(one.fees, trade.fee), net: add(one.net, trade.net) };
    return { ...one, ...sums, trades: one.trades + 1 };
  });
  return { count: summary.count + 1, totals: grown };
}

function withDay(days: readonly DayNet[], trade: TradeItem): readonly DayNet[] {
  const day = days.find((one) => one.day === trade.day) ?? { day: trade.day, totals: [] };
  const totals = day.totals.some((one) => isBookOf(one, trade)) ? day.totals : [...day.totals, bookOf(trade)];
  const grown = totals.map((one) => (isBookOf(one, trade) ? { ...one, trades: one.trades + 1, net: add(one.net, trade.net) } : one));
  return [{ day: trade.day, totals: grown }, ...days.filter((one) => one.day !== trade.day)];
}
