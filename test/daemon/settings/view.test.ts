import { describe, expect, it } from 'vitest';
import { type Registry, registry } from '../../../daemon/core/strategy/registry.ts';
import { checkSettings } from '../../../daemon/settings/read.ts';
import { type SettingsInForce, settingsView } from '../../../daemon/settings/view.ts';
import { builtIns } from '../../../daemon/strategies/index.ts';
import { soundSettings, spoilt } from '../../support/sound-settings.ts';

const HASH = `$2b$12$${'CANARY'.padEnd(53, 'x')}`;

function viewOf(raw: object, strategies?: Registry): SettingsInForce {
  const read = checkSettings(raw);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return settingsView(read.settings, read.defaults, '/etc/bot-daemon/settings.json', strategies);
}

describe('the view of the settings', () => {
  it('shows no secret and no path of the machine', () => {
    const files = ['SIM:BTCUSDT', 'SIM:INFY'].map((instrument) => ({
      instrument,
      timeframe: '1m',
      path: `/home/CANARY/${instrument}.csv`,
    }));
    const view = viewOf({
      ...soundSettings(),
      mobile: { port: 0, passwordHash: HASH },
      dataDir: '/srv/CANARY',
      strategiesDir: '/srv/CANARY',
      feed: { kind: 'replay', files },
    });

    expect(JSON.stringify(view)).not.toContain('CANARY');
    expect(JSON.stringify(view)).not.toContain('$2b$');
  });

  it('is grouped as the page shows it', () => {
    expect(viewOf(soundSettings()).groups.map(({ id }) => id)).toEqual(['general', 'capital', 'risk', 'broker', 'strategies']);
  });

  it('tells where each value comes from', () => {
    const items = viewOf(soundSettings()).groups.flatMap((group) => group.items);
    const source = (path: string) => items.find((item) => item.path === path)?.source;

    expect(source('risk.maxOpenPositions')).toBe('file');
    expect(source('risk.maxPositionPct')).toBe('default');
    expect(source('bots[0].params.period')).toBe('file');
  });

  it('writes amounts as people do, in the currency of their account', () => {
    const raw = spoilt({ 'accounts.1.capital': 1_000_000, 'bots.0.capital': '8000', 'bots.1.risk': { maxPositionAmount: '250000.5' } });
    const items = viewOf(raw).groups.flatMap((group) => group.items);
    const value = (path: string) => items.find((item) => item.path === path)?.value;

    expect(value('accounts[1].capital')).toBe('₹10,00,000');
    expect(value('bots[0].capital')).toBe('8,000 USDT');
    expect(value('bots[1].risk.maxPositionAmount')).toBe('₹2,50,000.50');
    expect(value('risk.maxPositionAmount')).toBe('off');
  });

  it('calls parameters as their strategy labels them, where the strategies are known', () => {
    const raw = spoilt({ 'bots.0.params': { buyBelow: 30 } });
    const label = (view: SettingsInForce) => view.groups.flatMap((group) => group.items).find(({ path }) => path === 'bots[0].params.buyBelow')?.label;

    expect(label(viewOf(raw, registry(builtIns)))).toBe('rsi: Buy at or below (RSI)');
    expect(label(viewOf(raw))).toBe('rsi: buyBelow');
  });

  it('says that prices are simulated', () => {
    const items = viewOf(soundSettings()).groups.flatMap((group) => group.items);

    expect(items.find(({ path }) => path === 'feed.kind')?.value).toBe('SIMULATED');
  });
});
