import type { LedgerWriter } from '../../../db/ledger.ts';
import type { Fact } from '../../core/model/fact.ts';
import { MONEY_DECIMALS, formatDecimal } from '../../core/model/money.ts';
import { type Order, isClosed } from '../../core/model/order.ts';
import type { RoundTrip } from '../../core/model/round-trip.ts';

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

/**
 * Writes facts as rows, and beside each row the event that the dashboard follows. Must be called inside the cycle's
 * transaction: an event is never seen without what it tells.
 */
export function factRecorder(writer: LedgerWriter, run: number): (fact: Fact, wallAt: number) => void {
  const tell = (at: number, wallAt: number, type: string, bot: string | null, body: Readonly<Record<string, unknown>>): void => {
    writer.recordEvent({ at, recordedAt: wallAt, type, bot, body: JSON.stringify(body) });
  };
  return (fact, wallAt) => {
    switch (fact.kind) {
      case 'order':
        recordOrder(writer, run, fact);
        return tell(fact.at, wallAt, 'order_update', fact.order.bot, { order: fact.order.clientId, status: fact.order.status });
      case 'trade': {
        const { id, isNew } = recordTrade(writer, fact, wallAt);
        if (isNew) tell(fact.trade.at, wallAt, 'trade_executed', fact.trade.bot, { trade: id });
        return;
      }
      case 'position':
        recordPosition(writer, fact);
        return tell(fact.at, wallAt, 'position_update', fact.position.bot, { instrument: fact.position.instrument });
      case 'round-trip':
        writer.recordRoundTrip(tripRow(fact.roundTrip));
        return;
      case 'decision':
        return recordDecision(writer, fact);
      case 'equity':
        return recordEquity(writer, fact);
      case 'price':
        return writer.recordPrice({ instrument: fact.instrument, at: fact.at, wallAt, price: fact.price, day: fact.day });
      case 'latch':
        return recordLatch(writer, fact);
      case 'bot-state':
        writer.recordBotState(fact.bot, fact.state, fact.reason, wallAt);
        return tell(fact.at, wallAt, 'status_change', fact.bot, { state: fact.state, reason: fact.reason });
      case 'alert': {
        const { id } = writer.recordAlert({ ...fact.alert, at: fact.at });
        return tell(fact.at, wallAt, 'alert', fact.alert.bot, { alert: id });
      }
    }
  };
}

function recordOrder(writer: LedgerWriter, run: number, { at, order, from, event }: FactOf<'order'>): void {
  writer.recordOrder(orderRow(order, run), { at, event, fromStatus: from });
}

function orderRow(order: Order, run: number): Parameters<LedgerWriter['recordOrder']>[0] {
  const { limit, trigger, arrival, filledNotional, resting: _, asked: __, ...plain } = order;
  return {
    ...plain,
    run,
    limitPrice: limit,
    triggerPrice: trigger,
    arrivalPrice: arrival,
    filledNotionalE8: filledNotional,
    closedAt: isClosed(order.status) ? order.updatedAt : null,
  };
}

function recordTrade(writer: LedgerWriter, { trade, tripNumber, closures }: FactOf<'trade'>, wallAt: number): { id: number; isNew: boolean } {
  const { fee, notional, gross, ...plain } = trade;
  const parts = Object.fromEntries(Object.entries(fee.parts).map(([name, part]) => [name, formatDecimal(part, MONEY_DECIMALS, true)]));
  const booked = writer.recordTrade({
    ...plain,
    recordedAt: wallAt,
    notionalE8: notional,
    feeE8: fee.total,
    feeParts: JSON.stringify(parts),
    grossE8: gross,
    roundTrip: writer.roundTripId(trade.bot, trade.instrument, tripNumber),
  });
  if (booked.isNew && closures.length > 0) {
    const { bot, instrument } = trade;
    writer.recordLotClosures(booked.id, closures.map(({ gross: made, ...closure }) => ({ ...closure, bot, instrument, grossE8: made })));
  }
  return booked;
}

function recordPosition(writer: LedgerWriter, { at, position, levels, tripNumber }: FactOf<'position'>): void {
  const { bot, instrument, account, quantity, cost, realised, fees, openedAt, lots } = position;
  writer.recordPosition({
    ...{ bot, instrument, account, quantity, openedAt, updatedAt: at },
    ...{ costE8: cost, realisedE8: realised, feesE8: fees, stopPrice: levels.stop, targetPrice: levels.target },
    roundTrip: tripNumber === null ? null : writer.roundTripId(bot, instrument, tripNumber),
  });
  writer.replaceLots(bot, instrument, lots);
}

function tripRow(trip: RoundTrip): Parameters<LedgerWriter['recordRoundTrip']>[0] {
  const { entryNotional, exitNotional, gross, fees, adverse, favourable, ...plain } = trip;
  return {
    ...plain,
    entryNotionalE8: entryNotional,
    exitNotionalE8: exitNotional,
    grossE8: gross,
    feesE8: fees,
    adverseE8: adverse,
    favourableE8: favourable,
  };
}

function recordDecision(writer: LedgerWriter, { decision }: FactOf<'decision'>): void {
  const { inputs, rules, orders, ...plain } = decision;
  writer.recordDecision({ ...plain, inputs: JSON.stringify(inputs), rules: JSON.stringify(rules), orders: JSON.stringify(orders) });
}

function recordEquity(writer: LedgerWriter, { equity: point }: FactOf<'equity'>): void {
  const { bot, at, day, equity, unrealised, realised, fees } = point;
  writer.recordEquity({ bot, at, day, equityE8: equity, unrealisedE8: unrealised, realisedE8: realised, feesE8: fees });
}

function recordLatch(writer: LedgerWriter, { latch }: FactOf<'latch'>): void {
  const { scope, key, rule, reason, since, untilDay, liftedAt } = latch;
  if (liftedAt === null) writer.recordLatch({ scope, key, rule, reason, since, untilDay });
  else writer.liftLatch({ scope, key, rule }, liftedAt);
}
