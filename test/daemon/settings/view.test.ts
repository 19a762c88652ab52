import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../../daemon/settings/read.ts';
import { type SettingsInForce, settingsView } from '../../../daemon/settings/view.ts';
import { soundSettings } from '../../support/sound-settings.ts';

const HASH = `$2b$12$${'CANARY'.padEnd(53, 'x')}`;

function viewOf(raw: object): SettingsInForce {
  const read = checkSettings(raw);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return settingsView(read.settings, read.defaults, '/etc/bot-daemon/settings.json');
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

  it('says that prices are simulated', () => {
    const items = viewOf(soundSettings()).groups.flatMap((group) => group.items);

    expect(items.find(({ path }) => path === 'feed.kind')?.value).toBe('SIMULATED');
  });
});
