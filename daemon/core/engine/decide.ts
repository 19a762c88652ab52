import { type Candle, closeOf } from '../model/candle.ts';
import type { DecisionOutcome } from '../model/decision.ts';
import { absolute, quantity } from '../model/money.ts';
import type { Order } from '../model/order.ts';
import { catastrophe, levelsOf, protectiveIntents } from '../risk/exits.ts';
import { vet } from '../risk/gate.ts';
import type { GateView } from '../risk/rule.ts';
import { type Said, ask, barsNeeded, inputsOf, readingsOf } from './evaluate.ts';
import { EXIT_SLOT, type Intent, TARGET_SLOT } from './intent.ts';
import { requestCancel, submit, workingOrders } from './orders.ts';
import { type Placed, isExiting, isLeaving, reconcileWants, refusalOf, targetIntent } from './reconcile-wants.ts';
import { tellStanding } from './standing.ts';
import type { AccountState, BotState, Cell, EngineState, Outcome } from './state.ts';

/** A cell with its bot and account: what a decision is taken in. */
export interface Seat {
  readonly cell: Cell;
  readonly bot: BotState;
  readonly account: AccountState;
}

/** Takes the decision of a cell on a closed bar, places what follows from it, and tells why. */
export function decide(state: EngineState, seat: Seat, candle: Candle, out: Outcome): void {
  const { cell, bot } = seat;
  const view = viewOf(state, seat, state.at - closeOf(candle));
  tellStanding(state, bot, out);
  const exit = leaveOnCatastrophe(state, seat, out);
  if (exit !== null || isExiting(cell)) return tell(state, cell, candle, 'sell', catastropheWords(cell), { ...NOTHING, orders: exit === null ? [] : [exit] }, out);
  if (cell.bars < barsNeeded(cell)) return decideWarming(state, view, candle, out);
  if (bot.fault !== null) {
    reconcileWants(state, view, guards(cell), out);
    return tell(state, cell, candle, 'halted', bot.fault, NOTHING, out);
  }
  const said = askSafely(state, seat, candle, out);
  if (said === null) return tell(state, cell, candle, 'halted', bot.fault ?? 'the strategy failed', NOTHING, out);
  const targeted = placeTarget(state, view, said, out);
  const placed = reconcileWants(state, view, isLeaving(cell) ? [] : [...guards(cell), ...said.wants], out);
  conclude(state, cell, candle, said, join(targeted, placed), out);
}

const NOTHING: Placed = { orders: [], verdicts: [], refusal: null };

const TOO_SMALL: Placed = {
  orders: [],
  verdicts: [{ rule: 'PRECISION', verdict: 'refused', text: 'the quantity is below one lot' }],
  refusal: 'PRECISION: the quantity is below one lot',
};

function decideWarming(state: EngineState, view: GateView, candle: Candle, out: Outcome): void {
  const { cell } = view;
  reconcileWants(state, view, guards(cell), out);
  tell(state, cell, candle, 'warming', `warming up: bar ${cell.bars} of ${barsNeeded(cell)}`, NOTHING, out);
}

/**
 * Keeps a position's protection in step with it after one of the bot's own fills, between bars: the strategy's standing
 * orders are asked for again, but a new target is not taken from half a bar.
 */
export function reprotect(state: EngineState, seat: Seat, out: Outcome): void {
  const { cell, bot } = seat;
  const view = viewOf(state, seat, null);
  const candle = cell.lastCandle;
  const ready = candle !== null && !isExiting(cell) && cell.bars >= barsNeeded(cell) && bot.fault === null;
  const said = ready ? askSafely(state, seat, candle, out) : null;
  reconcileWants(state, view, isLeaving(cell) ? [] : [...guards(cell), ...(said?.wants ?? [])], out);
}

/**
 * Closes a position that has fallen through its last line, at market and past everything else, in a slot of its own that
 * no later wish of the strategy can cancel. Returns the exit that was placed, or null.
 */
export function leaveOnCatastrophe(state: EngineState, seat: Seat, out: Outcome): Order | null {
  const { cell } = seat;
  const reason = catastrophe(cell);
  if (reason === null || isExiting(cell)) return null;
  const view = viewOf(state, seat, null);
  for (const order of workingOrders(cell)) requestCancel(state, cell, order, out);
  const [exit] = place(state, view, wayOut(cell, reason), out).orders;
  out.facts.push({
    kind: 'alert',
    at: state.at,
    alert: {
      key: `catastrophic-stop:${cell.key}:${cell.trips}`,
      severity: 'critical',
      bot: cell.bot.id,
      title: `${cell.instrument.symbol}: catastrophic stop`,
      body: `${reason}: the position is being closed at market.`,
    },
  });
  return exit ?? null;
}

function wayOut(cell: Cell, reason: string): Intent {
  const held = cell.position.quantity;
  const size = quantity(absolute(held));
  return { slot: EXIT_SLOT, side: held > 0n ? 'SELL' : 'BUY', type: 'market', reduceOnly: true, quantity: size, limit: null, trigger: null, reason };
}

const catastropheWords = (cell: Cell): string => {
  const exit = workingOrders(cell).find((order) => order.slot === EXIT_SLOT);
  return `${exit?.reason ?? 'catastrophic stop'}: being closed at market`;
};

function placeTarget(state: EngineState, view: GateView, said: Said, out: Outcome): Placed {
  if (said.target === null) return NOTHING;
  if (said.target.tooSmall && view.cell.position.quantity === 0n) return TOO_SMALL;
  const intent = targetIntent(state, view.cell, said.target.quantity, said.target.reason, out);
  return intent === null ? NOTHING : place(state, view, intent, out);
}

function place(state: EngineState, view: GateView, intent: Intent, out: Outcome): Placed {
  const { approved, verdicts } = vet(intent, view);
  if (approved === null) return { orders: [], verdicts, refusal: refusalOf(verdicts) };
  return { orders: [submit(state, view.bot, view.cell, approved, intent.quantity, out)], verdicts, refusal: null };
}

function askSafely(state: EngineState, { cell, bot }: Seat, candle: Candle, out: Outcome): Said | null {
  try {
    return ask(cell, candle);
  } catch (cause) {
    bot.fault = `the strategy failed: ${cause instanceof Error ? cause.message : String(cause)}`;
    out.facts.push({
      kind: 'alert',
      at: state.at,
      alert: {
        key: `strategy-failed:${bot.config.id}`,
        severity: 'error',
        bot: bot.config.id,
        title: `${bot.config.id} is halted`,
        body: `${bot.fault}. Open positions keep their stops; mend the strategy and restart.`,
      },
    });
    tellStanding(state, bot, out);
    return null;
  }
}

const guards = (cell: Cell): readonly Intent[] => (isLeaving(cell) ? [] : protectiveIntents(cell));
const join = (a: Placed, b: Placed): Placed => ({
  orders: [...a.orders, ...b.orders],
  verdicts: [...a.verdicts, ...b.verdicts],
  refusal: a.refusal ?? b.refusal,
});

function viewOf(state: EngineState, { cell, bot, account }: Seat, dataAgeMs: number | null): GateView {
  return { at: state.at, cell, bot, account, dataAgeMs, stopping: state.stopping };
}

function conclude(state: EngineState, cell: Cell, candle: Candle, said: Said, placed: Placed, out: Outcome): void {
  const move = placed.orders.find((order) => !order.reduceOnly || order.slot === TARGET_SLOT);
  if (move !== undefined) return tell(state, cell, candle, move.side === 'BUY' ? 'buy' : 'sell', move.reason, placed, out);
  if (placed.refusal !== null) {
    return tell(state, cell, candle, 'refused', `${wishOf(said) ?? said.waiting ?? 'wanted to trade'}; refused by ${placed.refusal}`, placed, out);
  }
  const quiet: DecisionOutcome = cell.position.quantity === 0n ? 'wait' : 'hold';
  tell(state, cell, candle, quiet, said.waiting ?? wishOf(said) ?? 'nothing to do', placed, out);
}

const wishOf = (said: Said): string | null => said.target?.reason ?? said.wants[0]?.reason ?? null;

function tell(state: EngineState, cell: Cell, candle: Candle, outcome: DecisionOutcome, reason: string, placed: Placed, out: Outcome): void {
  const readings = readingsOf(cell);
  out.facts.push({
    kind: 'decision',
    decision: {
      bot: cell.bot.id,
      instrument: cell.instrument.id,
      at: state.at,
      close: candle.close,
      inputs: readings === null ? {} : inputsOf(readings),
      outcome,
      reason,
      rules: placed.verdicts,
      orders: placed.orders.map((order) => order.clientId),
    },
  });
}

/** Tells the position and where its orders would close it, if it has one. */
export function tellLevels(state: EngineState, cell: Cell, out: Outcome): void {
  const changed = out.facts.some((fact) => fact.kind === 'order' && fact.order.reduceOnly && fact.order.instrument === cell.instrument.id && fact.order.bot === cell.bot.id);
  if (!changed || cell.position.quantity === 0n) return;
  if (out.facts.some((fact) => fact.kind === 'position' && fact.position === cell.position)) return;
  tellPosition(state, cell, out);
}

export function tellPosition(state: EngineState, cell: Cell, out: Outcome): void {
  out.facts.push({ kind: 'position', at: state.at, position: cell.position, levels: levelsOf(cell), tripNumber: cell.trip?.number ?? null });
}
