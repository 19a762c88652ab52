import type { Fee, Liquidity } from '../model/fill.ts';
import type { FeeSchedule } from '../model/instrument.ts';
import type { Instant } from '../model/instant.ts';
import { type Money, ZERO_MONEY, money, multiplyDivide, partsPerMillion, smaller } from '../model/money.ts';
import type { Side } from '../model/order.ts';
import { NSE_DELIVERY, NSE_INTRADAY, type NseCharges } from './nse-charges.ts';

/** What of a fill decides its fee. */
export interface ChargedFill {
  readonly side: Side;
  readonly liquidity: Liquidity;
  readonly at: Instant;
  /** Price × quantity, not negative. */
  readonly notional: Money;
  /** What fills before this one of the same order came to: a cap per order is shared by its fills. */
  readonly filledBefore: Money;
}

/**
 * What a fill costs, whole and by part. Each part is rounded half-even to 1e-8 and the total is the sum of the parts, so
 * that a statement adds up. A fill from before the first dated row is charged by that row: older rates are not known.
 */
export function feeFor(schedule: FeeSchedule, fill: ChargedFill): Fee {
  if (schedule.kind === 'schedule') return nseFee(rowAt(SCHEDULES[schedule.name], fill.at), fill);
  const commission = partsPerMillion(fill.notional, fill.liquidity === 'maker' ? schedule.makerPpm : schedule.takerPpm);
  return { total: commission, parts: { commission } };
}

const SCHEDULES: Readonly<Record<'nse-delivery' | 'nse-intraday', readonly NseCharges[]>> = {
  'nse-delivery': NSE_DELIVERY,
  'nse-intraday': NSE_INTRADAY,
};

function rowAt(rows: readonly NseCharges[], at: Instant): NseCharges {
  const row = rows.findLast(({ from }) => from <= at) ?? rows[0];
  if (row === undefined) throw new Error('fee schedule without rows');
  return row;
}

function nseFee(row: NseCharges, fill: ChargedFill): Fee {
  const buys = fill.side === 'BUY';
  const brokerage = money(brokerageOn(row, money(fill.filledBefore + fill.notional)) - brokerageOn(row, fill.filledBefore));
  const exchange = share(fill.notional, row.exchangePpb);
  const sebi = share(fill.notional, row.sebiPpb);
  const parts = {
    brokerage,
    stt: share(fill.notional, buys ? row.sttBuyPpb : row.sttSellPpb),
    exchange,
    sebi,
    gst: share(money(brokerage + exchange + (row.gstOnSebi ? sebi : 0n)), row.gstPpb),
    stamp: buys ? share(fill.notional, row.stampBuyPpb) : ZERO_MONEY,
  };
  return { total: money(Object.values(parts).reduce((sum: bigint, part) => sum + part, 0n)), parts };
}

/** Brokerage on all an order has filled so far: a fill pays the difference it makes. */
function brokerageOn(row: NseCharges, filled: Money): Money {
  return smaller(share(filled, row.brokeragePpb), row.brokerageCap);
}

function share(of: Money, partsPerBillion: bigint): Money {
  return money(multiplyDivide(of, partsPerBillion, 1_000_000_000n));
}
