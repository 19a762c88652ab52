import type { Approved, Order, OrderStatus } from '../model/order.ts';
import { isClosed } from '../model/order.ts';
import { type Quantity, ZERO_MONEY, ZERO_QUANTITY } from '../model/money.ts';
import type { Fact } from '../model/fact.ts';
import { clientOrderId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Intent } from './intent.ts';
import { type OrderHappening, transition } from './order-machine.ts';
import type { BotState, Cell, EngineState, Outcome } from './state.ts';

/** How many orders that ended unfilled a cell remembers, for fills that come late. */
const REMEMBERED = 8;

/** Makes an order of an approved intent, under the bot's next id, and asks for it to be placed; `asked` is the quantity before the gate cut it. */
export function submit(state: EngineState, bot: BotState, cell: Cell, intent: Approved<Intent>, asked: Quantity, out: Outcome): Order {
  const order: Order = {
    clientId: clientOrderId(state.config.salt, bot.config.code, bot.nextIntent),
    bot: bot.config.id,
    account: bot.config.account,
    instrument: cell.instrument.id,
    slot: intent.slot,
    side: intent.side,
    type: intent.type,
    reduceOnly: intent.reduceOnly,
    quantity: intent.quantity,
    asked,
    limit: intent.limit,
    trigger: intent.trigger,
    arrival: cell.price ?? intent.limit ?? intent.trigger ?? missingPrice(cell),
    source: 'BOT',
    reason: intent.reason,
    createdAt: state.at,
    updatedAt: state.at,
    status: 'INTENDED',
    resting: 'INTENDED',
    venueId: null,
    filled: ZERO_QUANTITY,
    filledNotional: ZERO_MONEY,
    outcome: null,
  };
  bot.nextIntent += 1;
  if (!intent.reduceOnly) bot.recentEntries = [...bot.recentEntries.filter((at) => state.at - at < 60_000), state.at];
  cell.orders.set(order.clientId, order);
  state.touched.add(cell.key).add(`bot:${bot.config.id}`);
  out.facts.push({ kind: 'order', at: state.at, order, from: null, event: 'intend' });
  out.effects.push({ kind: 'submit', order: order as Approved<Order> });
  return order;
}

function missingPrice(cell: Cell): never {
  throw new Error(`${cell.key}: an order without any price in sight`);
}

/** Asks the venue to cancel a working order; an order already on its way out is left alone. */
export function requestCancel(state: EngineState, cell: Cell, order: Order, out: Outcome): void {
  if (isClosed(order.status) || order.status === 'PENDING_CANCEL') return;
  if (move(state, cell, order, 'request-cancel', {}, out) === null) return;
  out.effects.push({ kind: 'cancel', clientId: order.clientId });
}

/** What may change in an order beside its status. */
export type OrderChange = Partial<Pick<Order, 'venueId' | 'filled' | 'filledNotional' | 'outcome'>>;

/** Moves an order along the state machine; an illegal move changes nothing, is told as an alert, and gives null. */
export function move(state: EngineState, cell: Cell, order: Order, happening: OrderHappening, change: OrderChange, out: Outcome): Order | null {
  const next = transition(order.status, happening, order.resting);
  if (!next.legal) {
    out.facts.push(illegal(state.at, order, happening));
    return null;
  }
  const moved: Order = { ...order, ...change, status: next.to, resting: happening === 'partial-fill' ? 'PARTIALLY_FILLED' : restingOf(order, next.to), updatedAt: state.at };
  cell.orders.set(order.clientId, moved);
  if (isClosed(moved.status)) forgetOld(cell);
  state.touched.add(cell.key);
  out.facts.push({ kind: 'order', at: state.at, order: moved, from: order.status, event: happening });
  return moved;
}

const isPending = (status: OrderStatus): boolean => status === 'PENDING_CANCEL' || status === 'PENDING_UPDATE';
const restingOf = (order: Order, to: OrderStatus): OrderStatus => (isPending(to) ? (isPending(order.status) ? order.resting : order.status) : to);

function illegal(at: Instant, order: Order, happening: OrderHappening): Fact {
  return {
    kind: 'alert',
    at,
    alert: {
      key: `order-illegal:${order.clientId}`,
      severity: 'error',
      bot: order.bot,
      title: 'An order did what orders cannot do',
      body: `order ${order.clientId} is ${order.status} and the venue reports "${happening}": nothing was changed; compare it with the venue's book`,
    },
  };
}

/** A filled order is over; one that ended unfilled may still be named by a late fill, so the newest few stay. */
function forgetOld(cell: Cell): void {
  const ended = [...cell.orders.values()].filter((order) => isClosed(order.status));
  const keep = new Set(ended.filter((order) => order.status === 'CANCELED' || order.status === 'EXPIRED').slice(-REMEMBERED));
  for (const order of ended) if (!keep.has(order)) cell.orders.delete(order.clientId);
}

/** Orders of the cell that may still fill and that nobody has asked to cancel. */
export function workingOrders(cell: Cell): readonly Order[] {
  return [...cell.orders.values()].filter((order) => !isClosed(order.status) && order.status !== 'PENDING_CANCEL');
}

/** Orders of the cell that may still fill, those whose cancel is under way included. */
export function openOrders(cell: Cell): readonly Order[] {
  return [...cell.orders.values()].filter((order) => !isClosed(order.status));
}
