import { openLedgerWriter } from '../../../../db/ledger.ts';
import type { LedgerWriter } from '../../../../db/ledger-writer.ts';

/** Market time at which the tiny ledgers of these tests begin: a Saturday noon in UTC. */
export const NOON = Date.UTC(2026, 10, 21, 12);
export const DAY = 20_261_121;

/** A ledger that a trader has begun: one account, two instruments, one bot. */
export function beginLedger(path: string): LedgerWriter {
  const ledger = openLedgerWriter(path);
  ledger.transaction(() => {
    ledger.recordAccount({ id: 'paper', venue: 'paper', mode: 'paper', simulated: false, currency: 'USDT', capitalE8: 100_000_00000000n, timeZone: 'UTC', updatedAt: NOON });
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) {
      ledger.recordInstrument({ id: `BINANCE:${symbol}`, exchange: 'BINANCE', symbol, base: symbol.slice(0, 3), quote: 'USDT', priceDecimals: 2, quantityDecimals: 5, tick: 1n, lot: 1n, calendar: '24x7', updatedAt: NOON });
    }
    ledger.recordBot({ id: 'rsi', name: 'RSI', strategy: 'rsi-mean-reversion', strategyVersion: 1, codeHash: 'c', account: 'paper', timeframeMs: 60_000, capitalE8: 50_000_00000000n, instruments: ['BINANCE:BTCUSDT', 'BINANCE:ETHUSDT'], params: '{"period":14}', state: 'RUNNING', reason: 'trading', updatedAt: NOON });
    ledger.startRun({ pid: 1, version: '0.1.0', startedAt: NOON });
    ledger.recordFeed({ kind: 'replay', label: 'replay of 1 file', fingerprint: 'f', simulated: false, speed: null, faults: 0, firstFaults: '[]' });
  });
  return ledger;
}

/** What of a trade a test may want to choose. */
export interface Choice {
  readonly side?: 'BUY' | 'SELL';
  readonly reason?: string;
  readonly symbol?: string;
  readonly at?: number;
  readonly grossE8?: bigint;
  readonly roundTrip?: number;
}

/** Books trade number `n` with its order and its event, in one commit, as a trader does; returns its id. */
export function bookTrade(ledger: LedgerWriter, n: number, choice: Choice = {}): number {
  const at = choice.at ?? NOON + n * 1000;
  const side = choice.side ?? (n % 2 === 1 ? 'BUY' : 'SELL');
  const instrument = `BINANCE:${choice.symbol ?? 'BTCUSDT'}`;
  const base = { account: 'paper', bot: 'rsi', instrument, side, source: 'BOT', reason: choice.reason ?? 'RSI 28.1 < 30', quantity: 100_000n } as const;
  return ledger.transaction(() => {
    ledger.recordOrder(
      { ...base, clientId: `o-${n}`, venueId: null, run: 1, slot: 'entry', type: 'market', reduceOnly: false, limitPrice: null, triggerPrice: null, arrivalPrice: 64_250_10n, filled: 100_000n, filledNotionalE8: 64_250_10000000n, status: 'FILLED', outcome: null, createdAt: at, updatedAt: at, closedAt: at },
      { at, event: 'filled', fromStatus: 'INTENDED' },
    );
    const { id } = ledger.recordTrade({ ...base, at, recordedAt: at, day: DAY, clientId: `o-${n}`, venueFillId: `f-${n}`, price: 64_250_10n, notionalE8: 64_250_10000000n, feeE8: 64_25010000n, feeParts: '{}', liquidity: 'taker', grossE8: choice.grossE8 ?? 0n, positionAfter: side === 'BUY' ? 100_000n : 0n, roundTrip: choice.roundTrip ?? null });
    ledger.recordEvent({ at, recordedAt: at, type: 'trade_executed', bot: 'rsi', body: JSON.stringify({ trade: id }) });
    return id;
  });
}

/** A heartbeat of a running trader at a wall time. */
export function beat(ledger: LedgerWriter, at: number, state = 'RUNNING', reason: string | null = null): void {
  ledger.beat({ run: 1, pid: 1, startedAt: at - 60_000, at, marketAt: NOON, cycle: 7, state, reason, feedHeardAt: at, loopLagMs: 1 });
}
