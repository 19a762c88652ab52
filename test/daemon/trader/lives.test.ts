import { describe, expect, it } from 'vitest';
import { startEngine } from '../../../daemon/core/engine/state.ts';
import type { Life } from '../../../daemon/trader/compose.ts';
import { Lives } from '../../../daemon/trader/lives.ts';
import type { Trading } from '../../../daemon/trader/trading.ts';
import { simulatedClock } from '../adapters/clock/simulated-clock.ts';
import { aConfig, scripted } from '../../support/engine.ts';
import { listFeed, silentLog } from '../../support/market.ts';
import { emptyDisk, memoryLedger } from '../../support/memory-ledger.ts';

class DiskFull extends Error {}
const NOTHING_LEFT = { protective: [], unproved: [] };

function aLife(run: Trading['run']): Life {
  return {
    engine: startEngine(aConfig({ strategy: scripted(() => undefined) })),
    feed: listFeed([]),
    ledger: memoryLedger(emptyDisk()),
    trading: { run, stop: () => Promise.resolve(NOTHING_LEFT), cycle: () => 0, heardAt: () => null },
    keep: () => undefined,
    prune: () => undefined,
    close: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

function tree(script: readonly Trading['run'][], stopWhenEnded = true): { readonly trader: Lives; readonly opened: () => number; readonly readies: () => number } {
  let opened = 0;
  let readies = 0;
  const trader = new Lives({
    open: () => {
      const run = script[opened];
      opened += 1;
      if (run === undefined) throw new Error('one life too many');
      return Promise.resolve(aLife(run));
    },
    passing: (error) => (error instanceof DiskFull ? 'the disk is full. Free space.' : null),
    clock: simulatedClock(),
    log: silentLog,
    mode: 'paper',
    onReady: () => {
      readies += 1;
    },
    onEnded: () => stopWhenEnded,
  });
  return { trader, opened: () => opened, readies: () => readies };
}

describe('the lives of a trader', () => {
  it('begins a new life from the ledger when a commit failed in a way that passes', async () => {
    let told = '';
    const { trader, opened, readies } = tree([
      () => Promise.reject(new DiskFull()),
      () => {
        told = `${trader.report().state}: ${String(trader.report().reason)}`;
        return Promise.resolve('ended');
      },
    ]);

    expect(await trader.run()).toEqual(NOTHING_LEFT);

    expect(opened()).toBe(2);
    expect(readies()).toBe(1);
    expect(told).toBe('RUNNING: warming up: waiting for the first bars');
  });

  it('says why it is suspended while it waits', async () => {
    const seen: string[] = [];
    const { trader } = tree([() => Promise.reject(new DiskFull()), () => Promise.resolve('ended')]);
    const watching = trader.run();
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.resolve();
      seen.push(`${trader.report().state}: ${String(trader.report().reason)}`);
    }
    await watching;

    expect(seen).toContain('DEGRADED: the disk is full. Free space.');
  });

  it('does not bear an error that is not of the ledger', async () => {
    const { trader } = tree([() => Promise.reject(new TypeError('a bug'))]);

    await expect(trader.run()).rejects.toThrow('a bug');
  });

  it('stays up as CLOSED when a replay is over, until it is asked to stop', async () => {
    const { trader } = tree([() => Promise.resolve('ended')], false);
    const ending = trader.run();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();

    expect(trader.report()).toMatchObject({ state: 'CLOSED', reason: 'replay ended' });
    trader.stop();
    trader.stop();
    await ending;
    expect(trader.report()).toMatchObject({ state: 'STOPPED' });
  });
});
