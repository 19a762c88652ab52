import type { Fact } from '../core/model/fact.ts';
import { MONEY_DECIMALS, formatDecimal } from '../core/model/money.ts';
import type { Log } from '../ports/log.ts';

/**
 * Writes to the log what a person would want to read there: executions, closed round trips, latches, bots that change
 * their state, alerts. The ledger has the whole; scaled figures of an instrument are left to it, money is written out.
 */
export function factLogger(log: Log): (facts: readonly Fact[]) => void {
  return (facts) => {
    for (const fact of facts) logFact(log, fact);
  };
}

function logFact(log: Log, fact: Fact): void {
  switch (fact.kind) {
    case 'trade': {
      const { trade } = fact;
      const at = iso(trade.at);
      return log.info({ at, bot: trade.bot, instrument: trade.instrument, side: trade.side, notional: amount(trade.notional), fee: amount(trade.fee.total), reason: trade.reason, order: trade.clientId }, 'trade executed');
    }
    case 'round-trip': {
      const trip = fact.roundTrip;
      if (trip.closedAt === null) return;
      const net = amount(trip.gross - trip.fees);
      return log.info({ at: iso(trip.closedAt), bot: trip.bot, instrument: trip.instrument, net, reason: trip.exitReason }, 'round trip closed');
    }
    case 'latch': {
      const { scope, key, rule, reason, liftedAt } = fact.latch;
      return liftedAt === null ? log.warn({ scope, key, rule, reason }, 'trading halted') : log.info({ scope, key, rule, at: iso(liftedAt) }, 'halt lifted');
    }
    case 'bot-state':
      return log.info({ bot: fact.bot, state: fact.state, reason: fact.reason }, 'bot changed its state');
    case 'alert': {
      const { severity, title, body, bot } = fact.alert;
      return severity === 'info' ? log.info({ bot, body }, title) : severity === 'warn' ? log.warn({ bot, body }, title) : log.error({ bot, body }, title);
    }
    case 'order':
      return log.debug({ order: fact.order.clientId, event: fact.event, status: fact.order.status, slot: fact.order.slot }, 'order changed');
    case 'decision':
      return log.debug({ bot: fact.decision.bot, instrument: fact.decision.instrument, outcome: fact.decision.outcome, reason: fact.decision.reason }, 'decision taken');
    case 'position':
    case 'equity':
    case 'price':
      return;
  }
}

const iso = (at: number): string => new Date(at).toISOString();
const amount = (scaled: bigint): string => formatDecimal(scaled, MONEY_DECIMALS, true);
