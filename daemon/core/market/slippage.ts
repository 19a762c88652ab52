import type { Instrument } from '../model/instrument.ts';
import { type Price, larger, price } from '../model/money.ts';
import type { Side } from '../model/order.ts';

/** What taking liquidity costs beside the fee. */
export interface Costs {
  /** How far the price moves against an order, in percent of it; above 0 it is at least a tick. */
  readonly slippagePct: number;
  /** Distance between bid and ask in percent of the price; a taker pays half. */
  readonly spreadPct: number;
}

/** What a market order gets at a price: half the spread and the slippage worse, on the tick, rounded against us. */
export function marketPrice(at: Price, side: Side, instrument: Instrument, costs: Costs): Price {
  return worse(at, side, ceilShare(at, costs.spreadPct, 200n) + slippage(at, instrument, costs), instrument);
}

/** What a stop gets at its trigger or at the open beyond it: the slippage worse, on the tick, rounded against us. */
export function stopPrice(at: Price, side: Side, instrument: Instrument, costs: Costs): Price {
  return worse(at, side, slippage(at, instrument, costs), instrument);
}

function slippage(at: Price, instrument: Instrument, costs: Costs): bigint {
  return costs.slippagePct > 0 ? larger(ceilShare(at, costs.slippagePct, 100n), instrument.tick) : 0n;
}

function worse(at: Price, side: Side, by: bigint, { tick }: Instrument): Price {
  if (side === 'BUY') return price(ceilDivide(at + by, tick) * tick);
  // No price is sold below a tick: less than nothing is never paid.
  return price(larger(((at - by) / tick) * tick, tick));
}

/** `percent` (to six decimals of a percent) of a price over `per`, rounded up: costs are never rounded away. */
function ceilShare(of: Price, percent: number, per: bigint): bigint {
  return ceilDivide(of * BigInt(Math.round(percent * 1_000_000)), per * 1_000_000n);
}

function ceilDivide(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}
