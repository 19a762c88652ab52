import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paperVenue } from '../../../daemon/adapters/venue-paper/venue-paper.ts';
import { restoreEngine } from '../../../daemon/core/engine/snapshot.ts';
import { accountId, instrumentId } from '../../../daemon/core/model/ids.ts';
import type { Ledger } from '../../../daemon/ports/ledger.ts';
import { rsiMeanReversion } from '../../../daemon/strategies/rsi-mean-reversion.ts';
import { cycles } from '../../../daemon/trader/cycle.ts';
import type { LedgerWriter } from '../../../db/ledger.ts';
import { aConfig, anInstrument } from '../../support/engine.ts';
import { type LedgerFile, type Row, ledgerFile } from '../../support/ledger-file.ts';
import { walk } from '../../support/market.ts';
import { Crash } from '../../support/memory-ledger.ts';

const PARAMS = { period: 3, buyBelow: 40, sellAbove: 60, sizePct: 20, stopPct: null, takePct: null, neverSellAtLoss: false };
const INSTRUMENTS = [anInstrument(), anInstrument({ id: instrumentId('TEST:TWO'), symbol: 'TWO' })];
const LIMITS = { stopLossPct: 1, takeProfitPct: 2, dailyLossLimitPct: 50, catastrophicStopPct: 20 };
const CONFIG = aConfig({ strategy: rsiMeanReversion, params: PARAMS, instruments: INSTRUMENTS, limits: LIMITS });
const EVENTS = walk(INSTRUMENTS, 60);

/** Where the process ends: with the n-th commit's last row written but nothing of it on disk, or with all of it there. */
type Kill = { readonly commit: number; readonly side: 'before' | 'after' };

/** One life over a ledger file: goes on with the market after the stored place, to the end or to the kill. Gives the number of its commits. */
async function live(file: LedgerFile, kill: Kill | null = null): Promise<number> {
  let commits = 0;
  const dies = (side: Kill['side']): boolean => kill?.side === side && commits === kill.commit;
  const { ledger, recovered } = file.begin((writer): LedgerWriter => ({
    ...writer,
    transaction: (work) =>
      writer.transaction(() => {
        const result = work();
        commits += 1;
        if (dies('before')) throw new Crash('before the commit');
        return result;
      }),
  }));
  const killed: Ledger = {
    ...ledger,
    commit(cycle) {
      ledger.commit(cycle);
      if (dies('after')) throw new Crash('after the commit');
    },
  };
  const restored = restoreEngine(CONFIG, recovered.state);
  if (restored.kind !== 'restored') throw new Error('orphaned');
  const venue = paperVenue({ instruments: INSTRUMENTS, slippagePct: 0.02, spreadPct: 0.01, maxShare: 0.1 });
  const cycle = cycles(restored.state, killed, new Map([[accountId('paper'), venue]]));
  await cycle.open();
  for (const [n, event] of EVENTS.entries()) if (n >= (recovered.feed?.place ?? 0)) cycle.market({ event, place: n + 1, warmup: false });
  return commits;
}

/** Every table of the book in which a life leaves no trace of itself: all but who wrote an order and the notices of a new life. */
const BOOK = [
  ...['trades', 'trade_days', 'trade_months', 'trade_totals', 'round_trips', 'round_trip_days'],
  ...['positions', 'lots', 'lot_closures', 'decisions', 'equity', 'feed', 'engine_state'],
];
const bookOf = (file: LedgerFile): Readonly<Record<string, readonly Row[]>> => {
  const dump = file.dump();
  return Object.fromEntries(BOOK.map((table) => [table, dump[table] ?? []]));
};

describe('the trading cycle over trades.db', () => {
  let whole: LedgerFile;
  let commits: number;
  beforeEach(async () => {
    whole = ledgerFile(CONFIG);
    commits = await live(whole);
  });
  afterEach(() => {
    whole.remove();
  });

  it('fills every table of the book', () => {
    const { trades = [], ...book } = bookOf(whole);

    expect(trades.length).toBeGreaterThan(12);
    expect(Object.keys(book).filter((table) => book[table]?.length === 0 && table !== 'lots')).toEqual([]);
  });

  it('links every trade to the round trip that it is part of', () => {
    const astray = whole.rows(`
      SELECT t.id FROM trades t LEFT JOIN round_trips r ON r.id = t.round_trip AND r.bot = t.bot AND r.instrument = t.instrument
      WHERE r.id IS NULL OR t.at < r.opened_at OR t.at > coalesce(r.closed_at, t.at)`);

    expect(whole.rows('SELECT id FROM round_trips').length).toBeGreaterThan(4);
    expect(astray).toEqual([]);
  });

  it.each(['before', 'after'] as const)('ends with the very book of an uninterrupted run, wherever it is killed right %s a commit', async (side) => {
    const expected = bookOf(whole);
    const sample = Array.from({ length: 12 }, (_, n) => 1 + Math.floor((n * (commits - 1)) / 12));
    for (const commit of sample) {
      const file = ledgerFile(CONFIG);
      try {
        await expect(live(file, { commit, side })).rejects.toThrow(Crash);
        await live(file);
        expect(bookOf(file), `killed ${side} commit ${commit} of ${commits}`).toEqual(expected);
      } finally {
        file.remove();
      }
    }
  });
});
