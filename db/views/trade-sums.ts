import { dayStart, EARLIEST_START_MS, LATEST_END_MS, wholeMonths } from '../day.ts';
import type { Reader } from '../open.ts';
import { type Book, bookKey, type Mode } from './accounts.ts';
import { instantBounds, isTimeless, type TradeFilter, wholeDays } from './trade-filter.ts';

/** Sums of executions of one book. */
export interface TradeTotal extends Book {
  readonly trades: number;
  readonly notionalE8: bigint;
  readonly grossE8: bigint;
  readonly feesE8: bigint;
}

/** Sums of one day of one book. */
export interface DayTotal extends TradeTotal {
  /** YYYYMMDD in the account's zone. */
  readonly day: number;
}

export interface TradeSums {
  readonly summary: (filter: TradeFilter) => readonly TradeTotal[];
  readonly days: (filter: TradeFilter, days: readonly number[]) => readonly DayTotal[];
  readonly total: () => number;
}

/**
 * Sums executions by what was summed when they were booked: over all time where no time is asked for, else by month, and by day at the
 * ends. Only the days that an instant cuts in two are read trade by trade, at most three at each end.
 */
export function tradeSums(db: Reader): TradeSums {
  const ofAllTime = db.prepare<[Conditions], SumRaw>(sumSql('trade_totals', 'true', false));
  const ofMonths = db.prepare<[Conditions & Span], SumRaw>(sumSql('trade_months', 's.month BETWEEN @first AND @last', false));
  const ofDays = db.prepare<[Conditions & Span], SumRaw>(sumSql('trade_days', 's.day BETWEEN @first AND @last', false));
  const ofEachDay = db.prepare<[Conditions & Span], DayRaw>(sumSql('trade_days', `s.day BETWEEN @first AND @last AND ${DAY_LISTED}`, true));
  const ofEdge = db.prepare<[Conditions & Edge], DayRaw>(sumSql('trades', EDGE, true));
  const total = db.prepare<[], bigint | null>('SELECT sum(trades) FROM trade_totals').pluck();

  const wholeRows = (filter: TradeFilter): readonly SumRaw[] => {
    const asked = conditions(filter);
    const days = wholeDays(filter);
    const months = wholeMonths(days.first, days.last);
    if (months.first > months.last) return ofDays.all({ ...asked, ...days });
    return [
      ...ofDays.all({ ...asked, first: days.first, last: months.first * 100 }),
      ...ofMonths.all({ ...asked, ...months }),
      ...ofDays.all({ ...asked, first: months.last * 100 + 99, last: days.last }),
    ];
  };
  const edgeRows = (filter: TradeFilter): readonly DayRaw[] =>
    edges(filter).flatMap((edge) => ofEdge.all({ ...conditions(filter), ...edge }));

  return {
    total: () => Number(total.get() ?? 0n),
    summary: (filter) => {
      if (isTimeless(filter)) return totalled(ofAllTime.all(conditions(filter)), bookKey);
      return totalled([...wholeRows(filter), ...edgeRows(filter)], bookKey);
    },
    days: (filter, days) => {
      const whole = ofEachDay.all({ ...conditions(filter), ...wholeDays(filter), days: JSON.stringify(days) });
      const cut = edgeRows(filter).filter((row) => days.includes(Number(row.day)));
      return totalled([...whole, ...cut], (row) => `${row.day} ${bookKey(row)}`).sort((a, b) => b.day - a.day);
    },
  };
}

/** The cut days of a filter: spans of instants, and the days within them that the day sums do not answer for. */
function edges(filter: TradeFilter): readonly Edge[] {
  if (filter.from === undefined && filter.to === undefined) return [];
  const { first, last } = wholeDays(filter);
  const { from, to } = instantBounds(filter);
  const firstDay = filter.fromDay ?? 0;
  const lastDay = filter.toDay ?? LAST_DAY;
  if (first > last) return [{ from, to, firstDay, lastDay }];
  const found: Edge[] = [];
  if (filter.from !== undefined) found.push({ from, to: Math.min(to, dayStart(first) + LATEST_END_MS), firstDay, lastDay: first - 1 });
  if (filter.to !== undefined) found.push({ from: Math.max(from, dayStart(last) + EARLIEST_START_MS), to, firstDay: last + 1, lastDay });
  return found;
}
const LAST_DAY = 99_991_231;

/** Adds rows of the same key up; turnover is put together again from its units and its parts. */
function totalled<Raw extends SumRaw>(raws: readonly Raw[], keyOf: (row: Book & { readonly day: number }) => string): DayTotal[] {
  const sums = new Map<string, DayTotal>();
  for (const raw of raws) {
    const head = { currency: raw.currency, mode: raw.mode, simulated: raw.simulated === 1n, day: Number(raw.day ?? 0n) };
    const key = keyOf(head);
    const sum = sums.get(key) ?? { ...head, trades: 0, notionalE8: 0n, grossE8: 0n, feesE8: 0n };
    sums.set(key, {
      ...sum,
      trades: sum.trades + Number(raw.trades),
      notionalE8: sum.notionalE8 + raw.units * UNIT + raw.parts,
      grossE8: sum.grossE8 + raw.grossE8,
      feesE8: sum.feesE8 + raw.feesE8,
    });
  }
  return [...sums.values()];
}
const UNIT = 100_000_000n;

/** Turnover is summed in units and parts: over a life it may pass what 64 bits hold in 1e-8. */
function sumSql(table: 'trade_totals' | 'trade_months' | 'trade_days' | 'trades', span: string, byDay: boolean): string {
  const [units, parts] =
    table === 'trade_totals' ? ['s.notional_units', 's.notional_e8'] : ['s.notional_e8 / 100000000', 's.notional_e8 % 100000000'];
  const [count, fees] = table === 'trades' ? ['count(*)', 's.fee_e8'] : ['sum(s.trades)', 's.fees_e8'];
  return `
    SELECT ${byDay ? 's.day' : 'NULL AS day'}, a.currency, a.mode, a.simulated, ${count} AS trades, sum(${units}) AS units,
           sum(${parts}) AS parts, sum(s.gross_e8) AS grossE8, sum(${fees}) AS feesE8
    FROM ${table} s CROSS JOIN accounts a ON a.id = s.account
    WHERE ${span}
      AND (@symbol IS NULL OR s.instrument IN (SELECT id FROM instruments WHERE id = @symbol OR symbol = @symbol))
      AND (@bot IS NULL OR s.bot = @bot) AND (@side IS NULL OR s.side = @side) AND (@source IS NULL OR s.source = @source)
      AND (@mode IS NULL OR a.mode = @mode)
    GROUP BY ${byDay ? 's.day, ' : ''}a.currency, a.mode, a.simulated`;
}

const DAY_LISTED = 's.day IN (SELECT value FROM json_each(@days))';
const EDGE = 's.at >= @from AND s.at < @to AND s.day BETWEEN @firstDay AND @lastDay';

function conditions(filter: TradeFilter): Conditions {
  return {
    symbol: filter.symbol ?? null,
    bot: filter.bot ?? null,
    side: filter.side ?? null,
    source: filter.source ?? null,
    mode: filter.mode ?? null,
  };
}

type Conditions = Readonly<Record<'symbol' | 'bot' | 'side' | 'source' | 'mode', string | null>>;
interface Span {
  readonly first: number;
  readonly last: number;
  /** JSON array, where days are listed. */
  readonly days?: string;
}
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly firstDay: number;
  readonly lastDay: number;
}
interface SumRaw extends Record<'trades' | 'units' | 'parts' | 'grossE8' | 'feesE8' | 'simulated', bigint> {
  readonly day: bigint | null;
  readonly currency: string;
  readonly mode: Mode;
}
type DayRaw = SumRaw;
