import type { RuleVerdict } from '../model/decision.ts';
import { absolute, quantity, smaller } from '../model/money.ts';
import type { Order } from '../model/order.ts';
import { vet } from '../risk/gate.ts';
import type { GateView } from '../risk/rule.ts';
import { EXIT_SLOT, type Intent, TARGET_SLOT } from './intent.ts';
import { requestCancel, submit, workingOrders } from './orders.ts';
import type { Cell, EngineState, Outcome } from './state.ts';

/** What came of a set of wants. */
export interface Placed {
  readonly orders: readonly Order[];
  readonly verdicts: readonly RuleVerdict[];
  /** The words of the rule that refused an entry, or null. */
  readonly refusal: string | null;
}

/**
 * Brings the working orders in line with what is wanted now: an order under the same slot that says the same is left
 * alone (it keeps its place in the queue), one that is no longer wanted is cancelled, and what is new goes past the risk
 * gate. Saying the same thing twice therefore does nothing, which is what makes a restart harmless.
 */
export function reconcileWants(state: EngineState, view: GateView, wanted: readonly Intent[], out: Outcome): Placed {
  const { cell, bot } = view;
  const working = workingOrders(cell).filter((order) => order.slot !== TARGET_SLOT && order.slot !== EXIT_SLOT);
  const fresh = wanted.filter((intent) => !working.some((order) => saysTheSame(order, intent)));
  for (const order of working) {
    if (!wanted.some((intent) => saysTheSame(order, intent))) requestCancel(state, cell, order, out);
  }
  const orders: Order[] = [];
  const verdicts: RuleVerdict[] = [];
  let refusal: string | null = null;
  for (const intent of fresh) {
    const vetted = vet(intent, view);
    verdicts.push(...vetted.verdicts);
    if (vetted.approved === null) refusal ??= refusalOf(vetted.verdicts);
    else orders.push(submit(state, bot, cell, vetted.approved, intent.quantity, out));
  }
  return { orders, verdicts, refusal };
}

/** The words of the rule that refused: its code and its reason. */
export function refusalOf(verdicts: readonly RuleVerdict[]): string {
  const last = verdicts.at(-1);
  return last === undefined ? 'refused' : `${last.rule}: ${last.text ?? ''}`;
}

/**
 * Churn below this share of a price is not worth losing a place in the queue: a trailing stop follows in steps of a
 * thousandth.
 */
const TOLERANCE_PPM = 1_000n;

function saysTheSame(order: Order, intent: Intent): boolean {
  return (
    order.slot === intent.slot &&
    order.side === intent.side &&
    order.type === intent.type &&
    order.reduceOnly === intent.reduceOnly &&
    order.asked - order.filled === intent.quantity &&
    closeEnough(order.limit, intent.limit, 0n) &&
    closeEnough(order.trigger, intent.trigger, TOLERANCE_PPM)
  );
}

function closeEnough(a: bigint | null, b: bigint | null, tolerancePpm: bigint): boolean {
  if (a === null || b === null) return a === b;
  return absolute(a - b) * 1_000_000n <= absolute(a) * tolerancePpm;
}

/**
 * The market order that is still missing to reach a target net quantity, or null. What is on its way in the right
 * direction is left to arrive (a target is a decision, not a quota to be topped up each bar); what is on its way in the
 * wrong direction is cancelled, and only a reduction of what is held may follow at once.
 */
export function targetIntent(state: EngineState, cell: Cell, target: bigint, reason: string, out: Outcome): Intent | null {
  const held = cell.position.quantity;
  const missing = target - held;
  const underWay = workingOrders(cell).filter((order) => order.slot === TARGET_SLOT);
  const wrongWay = underWay.filter((order) => missing === 0n || (order.side === 'BUY') !== missing > 0n);
  for (const order of wrongWay) requestCancel(state, cell, order, out);
  const reduces = held !== 0n && missing !== 0n && held > 0n !== missing > 0n;
  if (missing === 0n || underWay.length > wrongWay.length || (wrongWay.length > 0 && !reduces)) return null;
  // A reversal closes first: the new side is opened by a later decision, past every entry rule.
  const size = reduces ? smaller(absolute(missing), absolute(held)) : absolute(missing);
  return {
    slot: TARGET_SLOT,
    side: missing > 0n ? 'BUY' : 'SELL',
    type: 'market',
    reduceOnly: reduces,
    quantity: quantity(size),
    limit: null,
    trigger: null,
    reason,
  };
}

/** Is the kernel's own exit on its way? Then nobody is asked and nothing else is wanted until it has arrived. */
export const isExiting = (cell: Cell): boolean => workingOrders(cell).some((order) => order.slot === EXIT_SLOT);

/** Is a market order on its way that takes the whole position away? Protective orders would then only stand in its way. */
export function isLeaving(cell: Cell): boolean {
  const held = cell.position.quantity;
  return workingOrders(cell).some(
    (order) => (order.side === 'SELL') === held > 0n && (order.slot === TARGET_SLOT || order.slot === EXIT_SLOT) && order.reduceOnly && order.quantity - order.filled >= absolute(held),
  );
}
