import type { EngineConfig } from '../../../../daemon/core/engine/config.ts';
import { type EngineState, startEngine } from '../../../../daemon/core/engine/state.ts';
import { step } from '../../../../daemon/core/engine/step.ts';
import type { Effect } from '../../../../daemon/core/model/effect.ts';
import type { EngineEvent } from '../../../../daemon/core/model/event.ts';
import type { Fact } from '../../../../daemon/core/model/fact.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { type Instant, instant } from '../../../../daemon/core/model/instant.ts';
import { type Order, isClosed } from '../../../../daemon/core/model/order.ts';
import { MINUTE, START, aCandle, cash, px, qty } from '../../../support/engine.ts';

interface Running {
  readonly state: EngineState;
}

/** Every order an engine still knows, the oldest first. */
export const ordersOf = ({ state }: Running): readonly Order[] => state.cells.flatMap((cell) => [...cell.orders.values()]);

/** The orders that may still fill and that nobody has asked to cancel. */
export const workingOf = (engine: Running): readonly Order[] => ordersOf(engine).filter((order) => !isClosed(order.status) && order.status !== 'PENDING_CANCEL');

/** What an order is about, without its ids, times and words. */
export const gist = ({ side, type, quantity, limit, trigger, reduceOnly }: Order): object => ({ side, type, quantity, at: limit ?? trigger, reduceOnly });

export const submittedIn = (effects: readonly Effect[]): readonly Order[] => effects.flatMap((effect) => (effect.kind === 'submit' ? [effect.order] : []));
export const cancelledIn = (effects: readonly Effect[]): readonly string[] => effects.flatMap((effect) => (effect.kind === 'cancel' ? [effect.clientId] : []));

export const factsOf = <Kind extends Fact['kind']>(facts: readonly Fact[], kind: Kind) => facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);

/** The one element of a list; a test that finds none or several is wrong about its own story. */
export function the<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined || all.length !== 1) throw new Error(`expected exactly one, found ${all.length}`);
  return one;
}

/** A fill of an order without a fee, so that the sums of a test stay round. */
export const fillOf = (order: Order, size: string, at: string, more: { readonly id?: string; readonly when?: Instant; readonly fee?: string } = {}): EngineEvent => ({
  kind: 'order-filled',
  at: more.when ?? order.updatedAt,
  clientId: order.clientId,
  venueFillId: more.id ?? `${order.clientId}-${size}-${at}`,
  quantity: qty(size),
  price: px(at),
  fee: { total: cash(more.fee ?? '0'), parts: {} },
  liquidity: 'taker',
});

/** An engine whose venue says nothing of its own accord: the test plays every word of it. */
export interface Silent extends Running {
  play(event: EngineEvent): { readonly facts: readonly Fact[]; readonly effects: readonly Effect[] };
  bar(n: number, ...prices: readonly string[]): { readonly facts: readonly Fact[]; readonly effects: readonly Effect[] };
  accept(order: Order): void;
}

export function silent(config: EngineConfig, state: EngineState = startEngine(config)): Silent {
  const play = (event: EngineEvent) => step(state, event);
  return {
    state,
    play,
    bar: (n, ...prices) => play({ kind: 'candle-closed', at: instant(START + (n + 1) * MINUTE), instrument: instrumentId('TEST:COIN'), candle: aCandle(n, ...prices) }),
    accept: (order) => void play({ kind: 'order-accepted', at: state.at, clientId: order.clientId, venueId: `v-${order.clientId}` }),
  };
}
