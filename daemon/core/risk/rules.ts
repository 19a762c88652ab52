import {
  type Money,
  type Price,
  type Quantity,
  absolute,
  floorTo,
  formatDecimal,
  larger,
  money,
  multiplyDivide,
  notional,
  percentOf,
  quantity,
  smaller,
} from '../model/money.ts';
import { feeCeilingPpm } from '../market/fee-ceiling.ts';
import { MINUTE } from '../model/instant.ts';
import { isClosed } from '../model/order.ts';
import type { Intent } from '../engine/intent.ts';
import { type BotState, type Cell, accountEquity, worthOf } from '../engine/state.ts';
import type { EntryRule, Ruling } from './rule.ts';

const PASS: Ruling = { kind: 'pass' };
const refuse = (text: string): Ruling => ({ kind: 'refuse', text });
const amount = (of: Money, currency: string): string => `${formatDecimal(of / 1_000_000n, 2)} ${currency}`;

/** No new risk while the process is being stopped. */
const stopping: EntryRule = { code: 'STOPPING', rule: (_, view) => (view.stopping ? refuse('the daemon is stopping') : PASS) };

/** A latch that was set stays set until its day is over. */
const latched: EntryRule = {
  code: 'DAILY_LOSS',
  rule: (_, { bot }) => (bot.latch === null ? PASS : refuse(bot.latch.reason)),
};

/** A bar that is learnt long after its close says what the market was, not what it is. */
const staleData: EntryRule = {
  code: 'STALE_DATA',
  rule(_, { dataAgeMs, cell }) {
    if (dataAgeMs === null || dataAgeMs <= cell.bot.limits.staleAfterBars * cell.bot.timeframeMs) return PASS;
    return refuse(`the bar was learnt ${Math.round(dataAgeMs / 1000)} s after its close`);
  },
};

/** A strategy gone wild places orders faster than a person could read them. */
const orderRate: EntryRule = {
  code: 'ORDER_RATE',
  rule(_, { bot, cell, at }) {
    const most = cell.bot.limits.maxOrdersPerMinute;
    const recent = bot.recentEntries.filter((entry) => at - entry < MINUTE).length;
    return recent < most ? PASS : refuse(`${recent} entry orders within a minute, at most ${most}`);
  },
};

/** Selling what one does not hold is not offered by cash accounts. */
const shortSale: EntryRule = {
  code: 'SHORT_SALE',
  rule: (intent) => (intent.side === 'BUY' ? PASS : refuse('a sale beyond the position: short positions are not traded')),
};

/** Counts instruments held or being entered over all bots of the account. */
const openPositions: EntryRule = {
  code: 'MAX_OPEN_POSITIONS',
  rule(_, { account, cell }) {
    if (isEngaged(cell)) return PASS;
    const most = cell.bot.limits.maxOpenPositions;
    let open = 0;
    for (const bot of account.bots) for (const other of bot.cells) if (isEngaged(other)) open += 1;
    return open < most ? PASS : refuse(`${open} positions are open, at most ${most}`);
  },
};

const isEngaged = (cell: Cell): boolean => cell.position.quantity !== 0n || entriesInFlight(cell) > 0n;

/** Largest cost of one position: a percentage of the bot's capital, or an amount, whichever is smaller. */
const positionSize: EntryRule = {
  code: 'POSITION_SIZE',
  rule(intent, { cell }) {
    const { maxPositionPct, maxPositionAmount } = cell.bot.limits;
    const share = percentOf(cell.bot.capital, maxPositionPct);
    const most = maxPositionAmount === null ? share : smaller(share, maxPositionAmount);
    const used = cell.position.cost + entriesInFlight(cell);
    const words = `at most ${amount(most, cell.instrument.quote)} in one position`;
    return fitInto(intent, cell, money(most - used), words);
  },
};

/** What the bot was given, less what it has lost, less what is in use or on its way; and never more than the account owns. */
const capitalCap: EntryRule = {
  code: 'CAPITAL_CAP',
  rule(intent, { bot, account, cell }) {
    const worth = worthOf(bot);
    const realised = smaller(money(0n), money(worth.realised - worth.fees));
    const ofBot = bot.config.capital + realised - usedBy(bot);
    let ofAccount: bigint = accountEquity(account);
    for (const each of account.bots) ofAccount -= usedBy(each) + worthOf(each).unrealised;
    const free = withoutFees(money(smaller(ofBot, ofAccount)), cell);
    return fitInto(intent, cell, free, `${amount(larger(free, money(0n)), cell.instrument.quote)} of capital is free`);
  },
};

/** Leaves room for the entry's own fee. */
function withoutFees(free: Money, cell: Cell): Money {
  return money(multiplyDivide(free, 1_000_000n, 1_000_000n + BigInt(Math.round(feeCeilingPpm(cell.instrument)))));
}

function usedBy(bot: BotState): bigint {
  let used = 0n;
  for (const cell of bot.cells) used += cell.position.cost + entriesInFlight(cell);
  return used;
}

/** Cost of the entry orders that may still fill, those whose fate is unknown included. */
function entriesInFlight(cell: Cell): Money {
  let cost = 0n;
  for (const order of cell.orders.values()) {
    if (order.reduceOnly || isClosed(order.status)) continue;
    cost += notional(order.limit ?? order.trigger ?? order.arrival, quantity(order.quantity - order.filled), cell.instrument);
  }
  return money(cost);
}

function fitInto(intent: Intent, cell: Cell, free: Money, words: string): Ruling {
  const at = priceOf(intent, cell);
  if (at === null) return refuse('no price is known yet');
  if (notional(at, intent.quantity, cell.instrument) <= free) return PASS;
  const one = notional(at, cell.instrument.lot, cell.instrument);
  const lots = free <= 0n || one <= 0n ? 0n : free / one;
  const fits = smaller(intent.quantity, quantity(lots * cell.instrument.lot));
  return fits > 0n ? { kind: 'shrink', quantity: fits, text: words } : refuse(words);
}

const priceOf = (intent: Intent, cell: Cell): Price | null => intent.limit ?? intent.trigger ?? cell.price;

/** What the venue would refuse is refused here: off-lot, off-tick, too small, too large. Last, because it judges what is left after shrinking. */
const precision: EntryRule = {
  code: 'PRECISION',
  rule(intent, { cell }) {
    const { lot, tick, minQuantity, maxQuantity, minNotional, quantityDecimals, quote } = cell.instrument;
    const at = priceOf(intent, cell);
    const said = (of: Quantity): string => formatDecimal(of, quantityDecimals, true);
    if (intent.quantity <= 0n) return refuse('the quantity is below one lot');
    if (floorTo(intent.quantity, lot) !== intent.quantity) return refuse(`quantity ${said(intent.quantity)} is not a multiple of the lot ${said(lot)}`);
    if (at !== null && intent.type !== 'market' && absolute(at) % tick !== 0n) return refuse('the price is not on the tick');
    if (intent.quantity < minQuantity) return refuse(`quantity ${said(intent.quantity)} is below the minimum ${said(minQuantity)}`);
    if (maxQuantity !== null && intent.quantity > maxQuantity) return refuse(`quantity ${said(intent.quantity)} is above the maximum ${said(maxQuantity)}`);
    const value = at === null ? money(0n) : notional(at, intent.quantity, cell.instrument);
    if (value < minNotional) return refuse(`an order of ${amount(value, quote)} is below the minimum of ${amount(minNotional, quote)}`);
    return PASS;
  },
};

/** The order matters: closed doors first, then counts, then sizes, then what the venue would say. */
export const ENTRY_RULES: readonly EntryRule[] = [
  stopping,
  latched,
  staleData,
  orderRate,
  shortSale,
  openPositions,
  positionSize,
  capitalCap,
  precision,
];
