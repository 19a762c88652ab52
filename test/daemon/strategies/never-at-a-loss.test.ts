import { describe, expect, it } from 'vitest';
import { paperVenue } from '../../../daemon/adapters/venue-paper/venue-paper.ts';
import { restoreEngine } from '../../../daemon/core/engine/snapshot.ts';
import { accountId } from '../../../daemon/core/model/ids.ts';
import { instant } from '../../../daemon/core/model/instant.ts';
import { rsiMeanReversion } from '../../../daemon/strategies/rsi-mean-reversion.ts';
import { cycles } from '../../../daemon/trader/cycle.ts';
import { MINUTE, aCandle, aConfig, anInstrument } from '../../support/engine.ts';
import { emptyDisk, memoryLedger, tradesOf } from '../../support/memory-ledger.ts';

const COIN = anInstrument();
const PARAMS = { period: 2, buyBelow: 40, sellAbove: 60, sizePct: 20, stopPct: null, takePct: null, neverSellAtLoss: true };

describe('rsi-mean-reversion that never sells at a loss', () => {
  it('keeps its word though the market opens below the entry after the signal, and sells once fees are earned', async () => {
    const disk = emptyDisk();
    const restored = restoreEngine(aConfig({ strategy: rsiMeanReversion, instruments: [COIN], params: PARAMS }), disk.state);
    if (restored.kind !== 'restored') throw new Error('orphaned');
    const venue = paperVenue({ instruments: [COIN], slippagePct: 0.02, spreadPct: 0.01, maxShare: 1 });
    const cycle = cycles(restored.state, memoryLedger(disk), new Map([[accountId('paper'), venue]]));
    await cycle.open();
    const quiet = Array.from({ length: 40 }, () => ['100']);
    // Falls (buy), leaps above the entry (signal), opens far below it, and later rises for good.
    const story = [['100', '100', '95', '95'], ['95', '95', '93', '93'], ['93', '99', '93', '99'], ['88'], ['88', '99', '88', '99'], ['99', '104', '99', '104'], ['104']];
    for (const [n, prices] of [...quiet, ...story].entries()) {
      const candle = aCandle(n, ...prices);
      cycle.market({ event: { kind: 'candle-opened', at: candle.openAt, instrument: COIN.id, timeframeMs: MINUTE, price: candle.open }, place: 2 * n + 1, warmup: false });
      cycle.market({ event: { kind: 'candle-closed', at: instant(candle.openAt + MINUTE), instrument: COIN.id, candle }, place: 2 * n + 2, warmup: false });
    }

    const closed = disk.facts.flatMap((fact) => (fact.kind === 'round-trip' && fact.roundTrip.closedAt !== null ? [fact.roundTrip] : []));
    expect(tradesOf(disk).map((trade) => trade.side)).toContain('SELL');
    expect(closed.length).toBeGreaterThan(0);
    for (const trip of closed) expect(trip.gross - trip.fees).toBeGreaterThanOrEqual(0n);
  });
});
