import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../../daemon/settings/read.ts';
import { settingsWarnings } from '../../../daemon/settings/warnings.ts';
import { type Changes, soundSettings, spoilt } from '../../support/sound-settings.ts';

function warnings(changes: Changes): readonly string[] {
  const read = checkSettings(spoilt(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return settingsWarnings(read.settings);
}

const second = { ...soundSettings().bots[0], id: 'rsi-2', capital: '50000.01' };
const [first, other] = soundSettings().bots;

describe('sound settings are warned of', () => {
  it('nothing, where nothing is odd', () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ 'mobile.host': 'localhost' })).toEqual([]);
  });

  it('a bot that is given more than its account has', () => {
    expect(warnings({ 'bots.0.capital': '100000.5' })).toEqual([
      'bots[0].capital: 100,000.50 USDT is more than the 100,000 USDT of its account coins',
    ]);
  });

  it('bots that are given more together than their account has, those switched off aside', () => {
    expect(warnings({ bots: [first, other, second] })).toEqual([
      'accounts[0].capital: its bots are given 100,000.01 USDT together, the account coins has 100,000 USDT',
    ]);
    expect(warnings({ bots: [first, other, { ...second, enabled: false }] })).toEqual([]);
    expect(warnings({ bots: [first, other, { ...second, capital: '50000' }] })).toEqual([]);
  });

  it.each(['0.0.0.0', '192.168.1.5', '::', 'bots.example.org'])('a dashboard that other machines reach at %s', (host) => {
    expect(warnings({ 'mobile.host': host })).toEqual([expect.stringMatching(/^mobile\.host: .*without HTTPS/)]);
  });
});
