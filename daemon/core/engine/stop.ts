import { quantity } from '../model/money.ts';
import { isClosed } from '../model/order.ts';
import { vet } from '../risk/gate.ts';
import type { Seat } from './decide.ts';
import { requestCancel, submit, workingOrders } from './orders.ts';
import { tellStanding } from './standing.ts';
import type { EngineState, Outcome } from './state.ts';

/** How an entry order ended that was cancelled because the process was asked to stop. */
export const STOP_OUTCOME = 'canceled because the daemon stopped';

/** No new risk while nobody watches: entry orders are cancelled, protective ones stay where they are. */
export function stop(state: EngineState, out: Outcome): void {
  state.stopping = true;
  for (const cell of state.cells) {
    for (const order of workingOrders(cell)) if (!order.reduceOnly) requestCancel(state, cell, order, out);
  }
  for (const bot of state.bots.values()) tellStanding(state, bot, out);
}

/**
 * Asks again for the entries that the last stop cancelled, past every rule and with the age of their decision: where the
 * market stood still meanwhile (a replay) they go on as if nothing had happened, where it moved on they are stale and refused.
 */
export function resume(state: EngineState, { cell, bot, account }: Seat, out: Outcome): void {
  const stopped = [...cell.orders.values()].filter((order) => isClosed(order.status) && order.outcome === STOP_OUTCOME && order.filled < order.quantity);
  for (const order of stopped) {
    cell.orders.delete(order.clientId);
    state.touched.add(cell.key);
    const { slot, side, type, reduceOnly, limit, trigger, reason } = order;
    const intent = { slot, side, type, reduceOnly, limit, trigger, reason, quantity: quantity(order.quantity - order.filled) };
    const { approved } = vet(intent, { at: state.at, cell, bot, account, dataAgeMs: state.at - order.createdAt, stopping: false });
    if (approved !== null) submit(state, bot, cell, approved, intent.quantity, out);
  }
}
