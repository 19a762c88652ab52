import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { LedgerWriter } from '../../../../db/ledger.ts';
import { type Fault, type LedgerUnderTest, ledgerContract } from '../../../contracts/ledger.contract.ts';
import { aConfig, scripted } from '../../../support/engine.ts';
import { type LedgerFile, PID, WALL, ledgerFile } from '../../../support/ledger-file.ts';
import { emptyDisk, memoryLedger } from '../../../support/memory-ledger.ts';

const CONFIG = aConfig({ strategy: scripted(() => undefined) });

ledgerContract('trades.db', () => {
  const file = ledgerFile(CONFIG);
  return {
    begin: (fault) => file.begin((writer) => (fault === undefined ? writer : failingAt(writer, fault))),
    rules: () => file.rows('SELECT rule FROM latches ORDER BY id').map(({ rule }) => String(rule)),
    remove: file.remove,
  };
});

ledgerContract('the ledger in memory', (): LedgerUnderTest => {
  const disk = emptyDisk();
  return {
    begin(fault) {
      const ledger = memoryLedger(disk, fault === undefined ? {} : { before: disk.commits });
      return { ledger, recovered: ledger.recover() };
    },
    rules: () => disk.facts.flatMap((fact) => (fact.kind === 'latch' ? [fact.latch.rule] : [])),
    remove: () => undefined,
  };
});

/** A writer whose disk is full just when the second fact, the second key of the state, or the place is written. */
function failingAt(writer: LedgerWriter, fault: Fault): LedgerWriter {
  let written = 0;
  const fail = (): void => {
    written += 1;
    if (written === 2 || fault === 'the place') throw new Error('no room');
  };
  switch (fault) {
    case 'a fact':
      return { ...writer, recordLatch: (row) => (fail(), writer.recordLatch(row)) };
    case 'the state':
      return { ...writer, putState: (key, body) => (fail(), writer.putState(key, body)) };
    case 'the place':
      return { ...writer, advanceFeed: (place, at) => (writer.advanceFeed(place, at), fail()) };
  }
}

describe('trades.db', () => {
  let file: LedgerFile;
  beforeEach(() => {
    file = ledgerFile(CONFIG);
  });
  afterEach(() => {
    file.remove();
  });

  it('keeps the market time of the place it goes on from, whatever was committed after it', () => {
    const { ledger } = file.begin();
    ledger.commit({ at: instant(11), facts: [], state: new Map(), place: 7 });
    ledger.commit({ at: instant(12), facts: [], state: new Map(), place: null });

    expect(file.begin().recovered.feed).toEqual({ fingerprint: 'test', place: 7, at: 11 });
  });

  it('holds one beat: the newest, of this life, at the time of the machine', () => {
    file.begin();
    const { ledger } = file.begin();
    const beat = { marketAt: instant(11), cycle: 12, state: 'RUNNING', reason: null, feedHeardAt: 13, loopLagMs: 1.5 } as const;
    ledger.beat(beat);
    ledger.beat({ ...beat, cycle: 22, state: 'HALTED', reason: 'daily loss', loopLagMs: 2.5 });

    expect(file.rows('SELECT * FROM heartbeat')).toEqual([
      {
        ...{ id: 1, run: 2, pid: PID, started_at: WALL - 1, at: WALL, market_at: 11, cycle: 22 },
        ...{ state: 'HALTED', reason: 'daily loss', feed_heard_at: 13, loop_lag_ms: 2.5 },
      },
    ]);
  });
});
