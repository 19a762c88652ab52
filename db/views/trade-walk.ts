import type { Reader } from '../open.ts';
import { instantBounds, NEWEST, type TradeFilter, type TradeKey } from './trade-filter.ts';

/** One walk over an index of trades, newest first: what it stays within, and the index that makes each page one seek. */
export interface Walk {
  readonly index: 'trades_at' | 'trades_of_instrument' | 'trades_of_bot' | 'trades_manual';
  /** Conditions on `t`, by the names of `parameters`. */
  readonly where: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/**
 * The walks that together meet each trade of a filter once. Mostly one; several where a symbol is traded on more than one exchange,
 * or a mode is that of some bots only: each is then a seek of its own, so that no page reads through what it does not show.
 */
export function walksOf(db: Reader): (filter: TradeFilter) => readonly Walk[] {
  const instruments = db.prepare<[{ symbol: string }], string>('SELECT id FROM instruments WHERE id = @symbol OR symbol = @symbol').pluck();
  const bots = db.prepare<[], { id: string; mode: string }>(
    'SELECT b.id, a.mode FROM bots b JOIN accounts a ON a.id = b.account ORDER BY b.number',
  );

  return (filter) => {
    const botIds = botsFor(filter, bots.all());
    const instrumentIds = filter.symbol === undefined ? null : instruments.all({ symbol: filter.symbol });
    const common = commonConditions(filter);
    if (instrumentIds !== null) {
      return instrumentIds.flatMap((instrument) =>
        (botIds ?? [null]).map((bot) => walk(bot === null ? 'trades_of_instrument' : 'trades_of_bot', common, { instrument, bot })),
      );
    }
    if (botIds !== null) return botIds.map((bot) => walk('trades_of_bot', common, { bot, instrument: null }));
    return [walk(filter.source === 'MANUAL' ? 'trades_manual' : 'trades_at', common, { bot: null, instrument: null })];
  };
}

/** Condition that a trade comes after a key (`at`, `id`) in a list: a row value, which SQLite turns into one seek. */
export const AFTER_KEY = '(t.at, t.id) < (@at, @id)';

/**
 * How many. A bare parameter here would make SQLite prepare the statement anew at each use: since 3.45 the planner looks at its value
 * (`computeLimitRegisters` in select.c). A sum is not looked at.
 */
export const LIMIT = 'LIMIT @limit + 0';

/** Where a walk begins: after the last trade shown, or at the filter's end, whichever is older. */
export function startKey(filter: TradeFilter, after: TradeKey | null): TradeKey {
  // Ids begin at 1: nothing of the instant itself comes after (to, 0).
  const end = { at: instantBounds(filter).to, id: 0 };
  const from = after ?? NEWEST;
  return from.at < end.at || (from.at === end.at && from.id < end.id) ? from : end;
}

/** The bots a filter comes down to, or null where it is all of them. */
function botsFor(filter: TradeFilter, bots: readonly { readonly id: string; readonly mode: string }[]): readonly string[] | null {
  const ofMode = bots.filter((bot) => filter.mode === undefined || bot.mode === filter.mode);
  if (filter.bot !== undefined) return ofMode.filter((bot) => bot.id === filter.bot).map((bot) => bot.id);
  return ofMode.length === bots.length ? null : ofMode.map((bot) => bot.id);
}

interface Conditions {
  readonly where: readonly string[];
  readonly parameters: Readonly<Record<string, string | number>>;
}

function commonConditions(filter: TradeFilter): Conditions {
  const where: string[] = [];
  const parameters: Record<string, string | number> = {};
  const add = (condition: string, name: string, value: string | number): void => {
    where.push(condition);
    parameters[name] = value;
  };
  if (filter.from !== undefined || filter.fromDay !== undefined) add('t.at >= @from', 'from', instantBounds(filter).from);
  if (filter.fromDay !== undefined) add('t.day >= @fromDay', 'fromDay', filter.fromDay);
  if (filter.toDay !== undefined) add('t.day <= @toDay', 'toDay', filter.toDay);
  if (filter.side !== undefined) add('t.side = @side', 'side', filter.side);
  // Written out, because a partial index answers only to the very condition it was made with.
  if (filter.source !== undefined) where.push(filter.source === 'MANUAL' ? `t.source = 'MANUAL'` : `t.source = 'BOT'`);
  return { where, parameters };
}

function walk(index: Walk['index'], common: Conditions, of: { readonly bot: string | null; readonly instrument: string | null }): Walk {
  const where = [...common.where];
  const parameters: Record<string, string | number> = { ...common.parameters };
  if (of.bot !== null) {
    where.push('t.bot = @bot');
    parameters['bot'] = of.bot;
  }
  if (of.instrument !== null) {
    where.push('t.instrument = @instrument');
    parameters['instrument'] = of.instrument;
  }
  return { index, where: where.map((condition) => ` AND ${condition}`).join(''), parameters };
}
