import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../daemon/adapters/venue-paper/venue-paper.ts';
import type { EngineConfig } from '../../../daemon/core/engine/config.ts';
import { restoreEngine } from '../../../daemon/core/engine/snapshot.ts';
import type { MarketEvent } from '../../../daemon/core/model/event.ts';
import { accountId, instrumentId } from '../../../daemon/core/model/ids.ts';
import { rsiMeanReversion } from '../../../daemon/strategies/rsi-mean-reversion.ts';
import { cycles } from '../../../daemon/trader/cycle.ts';
import { aConfig, anInstrument } from '../../support/engine.ts';
import { walk } from '../../support/market.ts';
import { Crash, type Disk, emptyDisk, memoryLedger, tradesOf } from '../../support/memory-ledger.ts';

const PARAMS = { period: 3, buyBelow: 40, sellAbove: 60, sizePct: 20, stopPct: null, takePct: null, neverSellAtLoss: false };
const INSTRUMENTS = [anInstrument(), anInstrument({ id: instrumentId('TEST:TWO'), symbol: 'TWO' })];
const config = (): EngineConfig => ({
  ...aConfig({ strategy: rsiMeanReversion, params: PARAMS, instruments: INSTRUMENTS, limits: { stopLossPct: 1, takeProfitPct: 2, dailyLossLimitPct: 50, catastrophicStopPct: 20 } }),
});

/** One life over a disk: recovers, goes on with the market after the stored place, until the end or a crash. */
async function live(disk: Disk, events: readonly MarketEvent[], crash: { before?: number; after?: number } = {}, until = events.length, holdOpens = false): Promise<'ended' | 'crashed' | 'stopped'> {
  const restored = restoreEngine(config(), disk.state);
  if (restored.kind !== 'restored') throw new Error('orphaned');
  const venue = paperVenue({ instruments: INSTRUMENTS, slippagePct: 0.02, spreadPct: 0.01, maxShare: 0.1 });
  const cycle = cycles(restored.state, memoryLedger(disk, crash), new Map([[accountId('paper'), venue]]), { holdOpens });
  try {
    await cycle.open();
    for (const [n, event] of events.entries()) {
      if (n < disk.place) continue;
      if (n >= until) {
        cycle.own({ kind: 'stopping', at: restored.state.at });
        return 'stopped';
      }
      cycle.market({ event, place: n + 1, warmup: false });
    }
    return 'ended';
  } catch (error) {
    if (error instanceof Crash) return 'crashed';
    throw error;
  }
}

const EVENTS = walk(INSTRUMENTS, 60);
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each))).digest('hex');

describe('the trading cycle', () => {
  it('gives the same facts for the same market, to the last byte', async () => {
    const [one, two] = [emptyDisk(), emptyDisk()];

    await live(one, EVENTS);
    await live(two, EVENTS);

    expect(tradesOf(one).length).toBeGreaterThan(12);
    expect(digest(two.facts)).toBe(digest(one.facts));
  });

  it.each([false, true])('ends with the very trades of an uninterrupted run, wherever it is killed (first prices held back: %s)', async (holdOpens) => {
    const reference = emptyDisk();
    await live(reference, EVENTS);
    const expected = digest(tradesOf(reference));
    const whole = emptyDisk();
    await live(whole, EVENTS, {}, EVENTS.length, holdOpens);

    for (const side of ['before', 'after'] as const) {
      for (let commit = 1; commit < whole.commits; commit += 1) {
        const disk = emptyDisk();
        expect(await live(disk, EVENTS, { [side]: commit }, EVENTS.length, holdOpens)).toBe('crashed');
        expect(await live(disk, EVENTS, {}, EVENTS.length, holdOpens)).toBe('ended');
        expect(digest(tradesOf(disk)), `killed ${side} commit ${commit}`).toBe(expected);
      }
    }
  });

  it('goes on after a stop with the same executions, though the stop had cancelled entries that were on their way', async () => {
    const whole = emptyDisk();
    await live(whole, EVENTS);
    const plain = (disk: Disk): string => digest(tradesOf(disk).map(({ clientId: _, venueFillId: __, ...trade }) => trade));

    let cancelled = 0;
    for (let until = 1; until < EVENTS.length; until += 1) {
      const disk = emptyDisk();
      expect(await live(disk, EVENTS, {}, until)).toBe('stopped');
      cancelled += disk.facts.filter((fact) => fact.kind === 'order' && fact.order.outcome === 'canceled because the daemon stopped').length;
      expect(await live(disk, EVENTS)).toBe('ended');
      expect(plain(disk), `stopped before event ${until}`).toBe(plain(whole));
    }
    expect(cancelled).toBeGreaterThan(10);
  });
});
