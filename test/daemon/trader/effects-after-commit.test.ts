import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../daemon/adapters/venue-paper/venue-paper.ts';
import { restoreEngine } from '../../../daemon/core/engine/snapshot.ts';
import type { Fact } from '../../../daemon/core/model/fact.ts';
import { type ClientOrderId, accountId, instrumentId } from '../../../daemon/core/model/ids.ts';
import { type OrderStatus, isClosed } from '../../../daemon/core/model/order.ts';
import type { Ledger } from '../../../daemon/ports/ledger.ts';
import type { Venue } from '../../../daemon/ports/venue.ts';
import { rsiMeanReversion } from '../../../daemon/strategies/rsi-mean-reversion.ts';
import { cycles } from '../../../daemon/trader/cycle.ts';
import { aConfig, anInstrument } from '../../support/engine.ts';
import { walk } from '../../support/market.ts';
import { Crash, type Disk, emptyDisk, memoryLedger } from '../../support/memory-ledger.ts';

const PARAMS = { period: 3, buyBelow: 40, sellAbove: 60, sizePct: 20, stopPct: null, takePct: null, neverSellAtLoss: false };
const INSTRUMENTS = [anInstrument(), anInstrument({ id: instrumentId('TEST:TWO'), symbol: 'TWO' })];
const LIMITS = { stopLossPct: 1, takeProfitPct: 2, dailyLossLimitPct: 50, catastrophicStopPct: 20 };
const CONFIG = aConfig({ strategy: rsiMeanReversion, params: PARAMS, instruments: INSTRUMENTS, limits: LIMITS });
const EVENTS = walk(INSTRUMENTS, 60);

/** What the venue was asked for and what came onto disk, in the order in which it happened. */
type Call =
  | { readonly what: 'committed' | 'told'; readonly clientId: ClientOrderId; readonly status: OrderStatus; readonly overAtOnce: boolean }
  | { readonly what: 'placed' | 'cancelled'; readonly clientId: ClientOrderId };

/** The order facts of one commit; `overAtOnce` where the order has ended by the last of them, so that nothing is left to ask for. */
function callsOf(what: 'committed' | 'told', facts: readonly Fact[]): readonly Call[] {
  const orders = facts.flatMap((fact) => (fact.kind === 'order' ? [fact.order] : []));
  const last = new Map(orders.map(({ clientId, status }) => [clientId, status]));
  return orders.map(({ clientId, status }) => ({ what, clientId, status, overAtOnce: isClosed(last.get(clientId) ?? status) }));
}

function loggedLedger(ledger: Ledger, log: Call[]): Ledger {
  return {
    ...ledger,
    commit(cycle) {
      ledger.commit(cycle);
      log.push(...callsOf('committed', cycle.facts));
    },
  };
}

function loggedVenue(venue: Venue, log: Call[]): Venue {
  return {
    ...venue,
    place(order) {
      log.push({ what: 'placed', clientId: order.clientId });
      venue.place(order);
    },
    cancel(clientId) {
      log.push({ what: 'cancelled', clientId });
      venue.cancel(clientId);
    },
  };
}

/** One life over a disk, all its calls in one log: to the end of the market, or to a commit that fails, or to a stop before an event. */
async function live(disk: Disk, log: Call[], end: { readonly failing?: number; readonly stopAt?: number } = {}): Promise<void> {
  const restored = restoreEngine(CONFIG, disk.state);
  if (restored.kind !== 'restored') throw new Error('orphaned');
  const venue = loggedVenue(paperVenue({ instruments: INSTRUMENTS, slippagePct: 0.02, spreadPct: 0.01, maxShare: 0.1 }), log);
  const ledger = loggedLedger(memoryLedger(disk, end.failing === undefined ? {} : { before: end.failing }), log);
  const cycle = cycles(restored.state, ledger, new Map([[accountId('paper'), venue]]), {
    tell: (facts) => log.push(...callsOf('told', facts)),
  });
  await cycle.open();
  for (const [n, event] of EVENTS.entries()) {
    if (n < disk.place) continue;
    if (n >= (end.stopAt ?? EVENTS.length)) {
      cycle.own({ kind: 'stopping', at: restored.state.at });
      return;
    }
    cycle.market({ event, place: n + 1, warmup: false });
  }
}

/** What the disk must hold of an order before the venue is asked. */
const NEEDED = { placed: 'INTENDED', cancelled: 'PENDING_CANCEL' } as const;
const WISHES: readonly OrderStatus[] = Object.values(NEEDED);

/** The calls of the log before which the disk did not hold what they carry out or tell. */
function premature(log: readonly Call[]): readonly Call[] {
  const onDisk = new Set<string>();
  return log.filter((call) => {
    const needed = 'status' in call ? call.status : NEEDED[call.what];
    if (call.what === 'committed') onDisk.add(`${call.clientId} ${needed}`);
    return !onDisk.has(`${call.clientId} ${needed}`);
  });
}

const count = (log: readonly Call[], what: Call['what']): number => log.filter((call) => call.what === what).length;

describe('an order of the trading cycle', () => {
  it('is placed, cancelled and told of only when its wish to be is on disk', async () => {
    const log: Call[] = [];

    await live(emptyDisk(), log);

    expect(count(log, 'placed')).toBeGreaterThan(30);
    expect(count(log, 'cancelled')).toBeGreaterThan(5);
    expect(count(log, 'told')).toBe(count(log, 'committed'));
    expect(premature(log)).toEqual([]);
  });

  it('is carried out once, in the order in which the disk holds it, unless it is over by then', async () => {
    const log: Call[] = [];

    await live(emptyDisk(), log);

    const wished = log.flatMap((call) => (call.what === 'committed' && WISHES.includes(call.status) && !call.overAtOnce ? [call] : []));
    const done = log.flatMap((call) => (call.what === 'placed' || call.what === 'cancelled' ? [call] : []));
    expect(done.map(({ clientId, what }) => [clientId, NEEDED[what]])).toEqual(wished.map(({ clientId, status }) => [clientId, status]));
  });

  it('is not heard of at the venue when its commit fails, wherever that is', async () => {
    const whole = emptyDisk();
    await live(whole, []);

    for (let failing = 1; failing < whole.commits; failing += 1) {
      const log: Call[] = [];
      await expect(live(emptyDisk(), log, { failing })).rejects.toThrow(Crash);
      expect(premature(log), `commit ${failing} failed`).toEqual([]);
    }
  });

  it('is cancelled by a stop, too, only when that is on disk', async () => {
    let cancelled = 0;
    for (let stopAt = 1; stopAt < EVENTS.length; stopAt += 5) {
      const [disk, log]: [Disk, Call[]] = [emptyDisk(), []];
      await live(disk, log, { stopAt });
      await live(disk, log);
      cancelled += count(log, 'cancelled');
      expect(premature(log), `stopped before event ${stopAt}`).toEqual([]);
    }
    expect(cancelled).toBeGreaterThan(20);
  });
});
