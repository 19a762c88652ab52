import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReader } from '../../../db/open.ts';
import { findStrategies } from '../../../daemon/adapters/strategy-files/find-strategies.ts';
import { loadSettings } from '../../../daemon/settings/load.ts';
import { builtIns } from '../../../daemon/strategies/index.ts';
import { type Life, openLife } from '../../../daemon/trader/compose.ts';
import { simulatedClock } from '../adapters/clock/simulated-clock.ts';
import { silentLog } from '../../support/market.ts';

const HEADER = 'timestamp_ms,open,high,low,close,volume';
const HOUR = 3_600_000;
const FROM = Date.UTC(2024, 0, 1);

describe('a life of the trader', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-life-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Hourly candles of the n-th to the m-th hour, gently waving. */
  const candles = (from: number, to: number): void => {
    const rows = Array.from({ length: to - from }, (_, i) => {
      const n = from + i;
      const price = (1_000 + Math.round(100 * Math.sin(n / 5))) / 10;
      return `${FROM + n * HOUR},${price},${price + 1},${price - 1},${price},1000`;
    });
    writeFileSync(join(folder, 'candles.csv'), `${[HEADER, ...rows].join('\n')}\n`);
  };
  const settings = (change: object = {}): void => {
    const whole = {
      feed: { kind: 'replay', speed: 'max', files: [{ instrument: 'X:COIN', timeframe: '1h', path: 'candles.csv' }] },
      instruments: [{ id: 'X:COIN', base: 'COIN', quote: 'USDT', priceDecimals: 2, quantityDecimals: 5 }],
      accounts: [{ id: 'paper', venue: 'paper', currency: 'USDT', capital: '1000' }],
      bots: [{ id: 'b', strategy: 'ema-cross', account: 'paper', instruments: ['X:COIN'], timeframe: '1h', capital: '1000', params: { fast: 2, slow: 5 }, warmupBars: 6 }],
      ...change,
    };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(whole));
  };
  const open = async (): Promise<Life> => {
    const loaded = await loadSettings(join(folder, 'settings.json'), findStrategies(builtIns));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
    const { compiled } = loaded;
    return openLife({ compiled, settingsView: '{}', codeHash: () => 'x', dataDir: folder, version: '0', clock: simulatedClock(), log: silentLog });
  };
  const play = async (): Promise<void> => {
    const life = await open();
    try {
      await life.trading.run(new AbortController().signal);
    } finally {
      await life.close('test');
    }
  };
  const ask = (sql: string): unknown => {
    const db = openReader(join(folder, 'trades.db'));
    try {
      return db.prepare(sql).pluck().get();
    } finally {
      db.close();
    }
  };

  it('goes on with what was appended to its file, and hears no bar twice', async () => {
    settings();
    candles(0, 60);
    await play();
    candles(0, 90);
    await play();

    expect(ask('SELECT count(*) FROM decisions')).toBe(90n);
    expect(ask('SELECT count(DISTINCT at) FROM decisions')).toBe(90n);
  });

  it('refuses a feed that is older than the ledger, however often it is tried, and goes on with the right one', async () => {
    settings();
    candles(100, 160);
    await play();
    candles(0, 60);

    for (let tries = 0; tries < 3; tries += 1) await expect(play()).rejects.toMatchObject({ code: 'FEED_BEHIND_LEDGER', exitCode: 78 });
    expect(ask('SELECT count(*) FROM decisions')).toBe(60n);
    candles(100, 200);
    await play();

    expect(ask('SELECT count(*) FROM decisions')).toBe(100n);
    expect(ask('SELECT count(DISTINCT at) FROM decisions')).toBe(100n);
  });

  it('refuses to begin where the ledger holds what the settings no longer cover, and leaves no trace of having tried', async () => {
    settings();
    candles(0, 40);
    await play();
    expect(ask('SELECT count(*) FROM positions WHERE quantity <> 0')).toBe(1n);
    const before = [ask('SELECT count(*) FROM runs'), ask("SELECT active FROM bots WHERE id = 'b'"), ask('SELECT count(*) FROM settings_in_force')];
    settings({ bots: [] });

    await expect(open()).rejects.toMatchObject({ code: 'LEDGER_ORPHANS', exitCode: 78 });

    expect([ask('SELECT count(*) FROM runs'), ask("SELECT active FROM bots WHERE id = 'b'"), ask('SELECT count(*) FROM settings_in_force')]).toEqual(before);
  });

  it('tells how its bots stand before the first price', async () => {
    settings();
    candles(0, 40);
    await play();

    const life = await open();

    expect(ask("SELECT state FROM bots WHERE id = 'b'")).toBe('RUNNING');
    await life.close('test');
  });
});
