import { describe, expect, it } from 'vitest';
import { accountId, instrumentId } from '../../../daemon/core/model/ids.ts';
import { registry } from '../../../daemon/core/strategy/registry.ts';
import { type Compiled, compileSettings } from '../../../daemon/settings/compile.ts';
import { checkSettings } from '../../../daemon/settings/read.ts';
import { builtIns } from '../../../daemon/strategies/index.ts';
import { soundSettings } from '../../support/sound-settings.ts';

function compiled(raw: object, file = '/etc/bot-daemon/settings.json'): Compiled {
  const read = checkSettings(raw);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const result = compileSettings(read.settings, registry(builtIns), file);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.compiled;
}

describe('compiled settings', () => {
  it('hold amounts as scaled integers, whether they were written as text or as number', () => {
    const { accounts, bots, instruments } = compiled(soundSettings());

    expect(accounts.get(accountId('coins'))?.capital).toBe(100_000n * 10n ** 8n);
    expect(accounts.get(accountId('shares'))?.capital).toBe(500_000n * 10n ** 8n);
    expect(bots[0]?.capital).toBe(50_000n * 10n ** 8n);
    expect(instruments.get(instrumentId('SIM:BTCUSDT'))).toMatchObject({
      tick: 1n,
      lot: 1n,
      minQuantity: 1n,
      minNotional: 5n * 10n ** 8n,
      exchange: 'SIM',
      symbol: 'BTCUSDT',
    });
    expect(instruments.get(instrumentId('SIM:INFY'))).toMatchObject({ tick: 5n, lot: 1n });
  });

  it('read a number by its shortest text, small ones too', () => {
    const settings = soundSettings();
    Object.assign(settings.instruments[0] ?? {}, { quantityDecimals: 8, lot: 0.000_000_01, minNotional: 0.1 });

    expect(compiled(settings).instruments.get(instrumentId('SIM:BTCUSDT'))).toMatchObject({ lot: 1n, minNotional: 10_000_000n });
  });

  it('fill in the fees by the calendar', () => {
    const { instruments } = compiled(soundSettings());

    expect(instruments.get(instrumentId('SIM:BTCUSDT'))?.fees).toEqual({ kind: 'flat', makerPpm: 1_000, takerPpm: 1_000 });
    expect(instruments.get(instrumentId('SIM:INFY'))?.fees).toEqual({ kind: 'schedule', name: 'nse-delivery' });
  });

  it('take the currency of an account from what its bots trade', () => {
    const { accounts, currency } = compiled(soundSettings());

    expect([...accounts.values()].map((account) => account.currency)).toEqual(['USDT', 'INR']);
    expect(currency).toBe('USDT');
  });

  it("put a bot's own limits over the common ones, null included", () => {
    const settings = soundSettings();
    settings.risk = { ...settings.risk, stopLossPct: 5, takeProfitPct: 10 } as typeof settings.risk;
    Object.assign(settings.bots[0] ?? {}, { risk: { stopLossPct: null, maxPositionAmount: '250.5' } });

    const [first, second] = compiled(settings).bots;

    expect(first?.limits).toMatchObject({ stopLossPct: null, takeProfitPct: 10, maxPositionAmount: 25_050_000_000n, maxOpenPositions: 10 });
    expect(second?.limits).toMatchObject({ stopLossPct: 5, maxPositionAmount: null });
  });

  it('fill in the parameters of the strategy', () => {
    expect(compiled(soundSettings()).bots[0]?.params).toMatchObject({ period: 14, buyBelow: 35, neverSellAtLoss: false });
  });

  it('leave out bots that are switched off', () => {
    const settings = soundSettings();
    Object.assign(settings.bots[0] ?? {}, { enabled: false });

    expect(compiled(settings).bots.map((bot) => bot.id)).toEqual(['ema']);
  });

  it('find files beside the settings file', () => {
    const files = ['SIM:BTCUSDT', 'SIM:INFY'].map((instrument) => ({ instrument, timeframe: '1m', path: `candles/${instrument}.csv` }));
    const { feed } = compiled({ ...soundSettings(), feed: { kind: 'replay', speed: 'max', files } });

    expect(feed.kind === 'replay' && feed.files[0]).toMatchObject({ path: '/etc/bot-daemon/candles/SIM:BTCUSDT.csv', timeframeMs: 60_000 });
    expect(feed.kind === 'replay' && feed.speed).toBe(Number.POSITIVE_INFINITY);
  });

  it('cut a first price to the tick', () => {
    const { feed } = compiled({ ...soundSettings(), feed: { kind: 'simulated', startPrices: { 'SIM:INFY': '1500.03' } } });

    expect(feed.kind === 'simulated' && feed.instruments.map(({ startPrice }) => startPrice)).toEqual([10_000n, 150_000n]);
  });
});
