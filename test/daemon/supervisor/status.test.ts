import { describe, expect, it } from 'vitest';
import type { TraderReport } from '../../../daemon/ports/process-messages.ts';
import { type Known, statusOf } from '../../../daemon/supervisor/status.ts';

const report: TraderReport = {
  ...{ state: 'CLOSED', reason: 'replay ended', mode: 'paper', cycle: 9, marketAt: 5, feedHeardAt: 800, feedLabel: 'replay of 2 files' },
  ...{ simulated: false, openPositions: 1, openOrders: 0, botsRunning: 2 },
};
const ready = { kind: 'ready', pid: 1, restarts: 0, reason: null } as const;
const known: Known = {
  ...{ now: 1_000, startedAt: 0, version: '1', announced: true, stopping: false, report: { body: report, heardAt: 900 } },
  ...{ trader: ready, dashboard: ready, address: 'http://127.0.0.1:1', timeZone: 'Asia/Kolkata', dataDir: '/d', log: '/d/daemon.log' },
};

describe('status', () => {
  it("gives the trader's own word, and its reason for not trading", () => {
    expect(statusOf(known)).toMatchObject({
      state: 'CLOSED',
      reason: 'replay ended',
      cycle: 9,
      openPositions: 1,
      feed: { label: 'replay of 2 files', ageMs: 200 },
      reportAgeMs: 100,
    });
  });

  it('calls the state degraded once the trader has been silent for five seconds', () => {
    expect(statusOf({ ...known, now: 5_900 })).toMatchObject({ state: 'DEGRADED', reason: 'no word from the trader for 5 s' });
    expect(statusOf({ ...known, now: 5_899 })).toMatchObject({ state: 'CLOSED' });
  });

  it('says what the supervisor knows where the trader cannot speak', () => {
    expect(statusOf({ ...known, report: null })).toMatchObject({ state: 'STARTING', mode: null, feed: null });
    expect(statusOf({ ...known, stopping: true })).toMatchObject({ state: 'STOPPING' });
    expect(statusOf({ ...known, trader: { ...ready, kind: 'restarting', reason: 'it fell' } })).toMatchObject({
      state: 'DEGRADED',
      reason: 'it fell; it is being started again',
    });
    expect(statusOf({ ...known, trader: { ...ready, kind: 'given-up', reason: 'it fell too often' } })).toMatchObject({
      state: 'HALTED',
      reason: 'it fell too often',
    });
  });
});
