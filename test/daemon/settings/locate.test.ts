import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateData, locateSettings } from '../../../daemon/settings/locate.ts';
import { temporaryFolders } from '../../support/temp-folder.ts';

const folder = temporaryFolders();

describe('the settings file', () => {
  it('is the one named on the command line before all others', () => {
    expect(locateSettings({ settings: 'a.json' }, { BOT_DAEMON_SETTINGS: '/b.json' }, '/home')).toBe('/home/a.json');
  });

  it('is else the one named in the environment', () => {
    expect(locateSettings({}, { BOT_DAEMON_SETTINGS: '/b.json' }, '/home')).toBe('/b.json');
  });

  it('is else ./settings.json where there is one', () => {
    const home = folder();
    expect(locateSettings({}, { BOT_DAEMON_SETTINGS: '' }, home)).not.toBe(join(home, 'settings.json'));
    writeFileSync(join(home, 'settings.json'), '{}');

    expect(locateSettings({}, {}, home)).toBe(join(home, 'settings.json'));
  });
});

describe('the data folder', () => {
  it('is named by the option, the environment, the settings, or is ./data', () => {
    const settings = join(folder(), 'settings.json');
    writeFileSync(settings, '{ "dataDir": "books" }');

    expect(locateData({ data: 'x' }, { BOT_DAEMON_DATA: '/y' }, '/home', settings)).toBe('/home/x');
    expect(locateData({}, { BOT_DAEMON_DATA: '/y' }, '/home', settings)).toBe('/y');
    expect(locateData({}, {}, '/home', settings)).toBe(join(settings, '../books'));
    expect(locateData({}, {}, '/home', null)).toBe('/home/data');
  });

  it('is ./data where the settings cannot be read', () => {
    const settings = join(folder(), 'settings.json');
    writeFileSync(settings, '{ "dataDir": ');

    expect(locateData({}, {}, '/home', settings)).toBe('/home/data');
  });
});
