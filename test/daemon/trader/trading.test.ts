import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../daemon/adapters/venue-paper/venue-paper.ts';
import { openOrders } from '../../../daemon/core/engine/orders.ts';
import { restoreEngine } from '../../../daemon/core/engine/snapshot.ts';
import { accountId } from '../../../daemon/core/model/ids.ts';
import { instant } from '../../../daemon/core/model/instant.ts';
import type { Strategy } from '../../../daemon/core/strategy/strategy.ts';
import type { Clock } from '../../../daemon/ports/clock.ts';
import { Refusal } from '../../../daemon/ports/refusal.ts';
import { type TradingParts, trading } from '../../../daemon/trader/trading.ts';
import { simulatedClock } from '../adapters/clock/simulated-clock.ts';
import { MINUTE, START, aConfig, anInstrument, scripted } from '../../support/engine.ts';
import { listFeed, silentLog, walk } from '../../support/market.ts';
import { type Disk, emptyDisk, memoryLedger, tradesOf } from '../../support/memory-ledger.ts';

const COIN = anInstrument();
const buyer = scripted(({ position, target, wait }) => (position.quantity === 0 ? target(2, 'wants in') : wait('holds')));

function life(disk: Disk, overrides: Partial<TradingParts> & { readonly strategy?: Strategy } = {}) {
  const config = aConfig({ strategy: overrides.strategy ?? buyer, instruments: [COIN], limits: { stopLossPct: 50 } });
  const restored = restoreEngine(config, disk.state);
  if (restored.kind !== 'restored') throw new Error('orphaned');
  const venue = paperVenue({ instruments: [COIN], slippagePct: 0.02, spreadPct: 0, maxShare: 1 });
  const parts: TradingParts = {
    state: restored.state,
    feed: listFeed(walk([COIN], 20)),
    venues: new Map([[accountId('paper'), venue]]),
    ledger: memoryLedger(disk),
    archive: { add: () => undefined, flush: () => undefined, prune: () => undefined, close: () => undefined },
    clock: simulatedClock(),
    log: silentLog,
    skipUntil: null,
    ...overrides,
  };
  return { state: restored.state, trading: trading(parts) };
}

describe('trading', () => {
  it('plays a finite feed to its end, and leaves positions open with their protection', async () => {
    const disk = emptyDisk();
    const { trading: trader, state } = life(disk);

    expect(await trader.run(new AbortController().signal)).toBe('ended');
    const left = await trader.stop();

    expect(tradesOf(disk)).toHaveLength(1);
    expect(left.unproved).toEqual([]);
    expect(left.protective).toHaveLength(1);
    expect(state.cells[0]?.position.quantity).not.toBe(0n);
  });

  it('stops at the signal, after the event that is under way', async () => {
    const signal = new AbortController();
    const { trading: trader } = life(emptyDisk(), {
      strategy: scripted(({ bar }) => {
        if (bar.at >= START + 5 * MINUTE) signal.abort();
      }),
    });

    expect(await trader.run(signal.signal)).toBe('stopped');
  });

  it('lets an entry that is on its way arrive before it stops, where the next price comes at once', async () => {
    const disk = emptyDisk();
    const signal = new AbortController();
    const patient: Clock = {
      ...simulatedClock(),
      sleep: (_, limit) => new Promise((done) => limit?.addEventListener('abort', () => { done(); })),
    };
    const { trading: trader, state } = life(disk, {
      clock: patient,
      strategy: scripted(({ bar, position, target }) => {
        if (position.quantity === 0 && bar.at >= START + 5 * MINUTE) {
          target(2, 'wants in');
          signal.abort();
        }
      }),
    });

    await trader.run(signal.signal);
    expect(tradesOf(disk)).toHaveLength(0);
    await trader.stop();

    expect(tradesOf(disk)).toHaveLength(1);
    expect(state.cells.flatMap(openOrders).every((order) => order.reduceOnly)).toBe(true);
  });

  it('passes over what the ledger has already traded to on another feed', async () => {
    const disk = emptyDisk();
    const { trading: trader } = life(disk, { skipUntil: instant(START + 10 * MINUTE) });

    await trader.run(new AbortController().signal);

    expect(tradesOf(disk).every((trade) => trade.at > START + 10 * MINUTE)).toBe(true);
    expect(tradesOf(disk)).toHaveLength(1);
  });

  it('refuses a feed that ends before the ledger begins', async () => {
    const { trading: trader } = life(emptyDisk(), { skipUntil: instant(START + 1_000 * MINUTE) });

    await expect(trader.run(new AbortController().signal)).rejects.toThrow(Refusal);
  });
});
