import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMarket } from '../../../../db/market.ts';
import { sqliteArchive } from '../../../../daemon/adapters/candle-archive/sqlite-archive.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { MINUTE, aCandle } from '../../../support/engine.ts';
import { silentLog } from '../../../support/market.ts';

describe('the candle archive', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-archive-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps bars by instrument and timeframe, oldest first', () => {
    const path = join(folder, 'market.db');
    const archive = sqliteArchive(path, silentLog);

    for (const n of [0, 1, 2]) archive.add(instrumentId('TEST:COIN'), aCandle(n, `${100 + n}`));
    archive.add(instrumentId('TEST:TWO'), aCandle(7, '9'));
    archive.close();

    const market = openMarket(path);
    expect(market.lastCandles({ instrument: 'TEST:COIN', timeframeMs: MINUTE }, 2).map((row) => row.close)).toEqual([10_100n, 10_200n]);
    expect(market.lastCandles({ instrument: 'TEST:TWO', timeframeMs: MINUTE }, 2)).toHaveLength(1);
    market.close();
  });

  it('writes by itself once many are waiting', () => {
    const path = join(folder, 'market.db');
    const archive = sqliteArchive(path, silentLog);

    for (let n = 0; n < 500; n += 1) archive.add(instrumentId('TEST:COIN'), aCandle(n, '100'));

    const market = openMarket(path);
    expect(market.lastCandles({ instrument: 'TEST:COIN', timeframeMs: MINUTE }, 1_000)).toHaveLength(500);
    market.close();
    archive.close();
  });

  it('does not stop trading when it cannot be written', () => {
    const archive = sqliteArchive(join(folder, 'market.db'), silentLog);
    archive.close();

    archive.add(instrumentId('TEST:COIN'), aCandle(0, '100'));

    expect(() => {
      archive.flush();
    }).not.toThrow();
  });
});
