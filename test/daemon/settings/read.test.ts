import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registry } from '../../../daemon/core/strategy/registry.ts';
import type { Fault } from '../../../daemon/ports/refusal.ts';
import { loadSettings } from '../../../daemon/settings/load.ts';
import { readSettings } from '../../../daemon/settings/read.ts';
import { builtIns } from '../../../daemon/strategies/index.ts';
import { type Changes, soundSettings, spoilt } from '../../support/sound-settings.ts';
import { temporaryFolders } from '../../support/temp-folder.ts';

const folder = temporaryFolders();
const strategies = () => Promise.resolve({ registry: registry(builtIns), faults: [] });

function put(content: unknown): string {
  const path = join(folder(), 'settings.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function faultsOf(content: unknown): Promise<readonly Fault[]> {
  const loaded = await loadSettings(put(content), strategies);
  return loaded.ok ? [] : loaded.faults;
}

describe('settings', () => {
  it('are taken as they are where they are sound', async () => {
    expect(await faultsOf(soundSettings())).toEqual([]);
  });

  it('take the example that comes with the program', async () => {
    const loaded = await loadSettings(new URL('../../../settings.example.json', import.meta.url).pathname, strategies);

    expect(loaded.ok || loaded.faults).toBe(true);
    expect(loaded.ok && loaded.compiled.bots.map((bot) => bot.account)).toEqual(['paper-inr', 'paper-inr', 'paper-usdt', 'paper-usdt']);
    expect(loaded.ok && loaded.compiled.mobile.passwordHash).toBeNull();
  });

  const table: readonly (readonly [string, Changes, { path: string; found?: unknown; expected?: RegExp; remedy?: RegExp }])[] = [
    ['a misspelt key', { 'risk.maxOpenPosition': 3 }, { path: 'risk.maxOpenPosition', remedy: /did you mean "maxOpenPositions"/ }],
    ['a misspelt room', { mobil: {} }, { path: 'mobil', remedy: /did you mean "mobile"/ }],
    [
      'a text where a number belongs',
      { 'risk.maxPositionPct': 'ten' },
      { path: 'risk.maxPositionPct', found: '"ten"', expected: /above 0, at most 100, not text/ },
    ],
    ['a percentage above a hundred', { 'risk.dailyLossLimitPct': 101 }, { path: 'risk.dailyLossLimitPct', found: 101 }],
    [
      'a port in quotes',
      { 'mobile.port': '8431' },
      { path: 'mobile.port', found: '"8431"', expected: /^a whole number from 0 to 65535, not text$/, remedy: /^write "port": 8431, without the quotes$/ },
    ],
    ['a room that is no object', { risk: 5 }, { path: 'risk', found: 5, expected: /^an object, \{ … \}$/ }],
    ['a lot of nothing on a share', { 'instruments.1.lot': 0 }, { path: 'instruments[1].lot', remedy: /^write "lot": "1" / }],
    ['a tick of nothing', { 'instruments.0.tick': 0 }, { path: 'instruments[0].tick', remedy: /^write "tick": "0.01" / }],
    ['a port that is none', { 'mobile.port': 70_000 }, { path: 'mobile.port', found: 70_000 }],
    ['an unknown time zone', { timezone: 'Asia/Calcuttta' }, { path: 'timezone', expected: /IANA/ }],
    ['an unknown kind of feed', { feed: { kind: 'live' } }, { path: 'feed.kind', found: 'live', expected: /"simulated" or "replay"/ }],
    ['a venue that is not built', { 'accounts.0.venue': 'binance' }, { path: 'accounts[0].venue', expected: /available in this version/ }],
    ['live trading', { 'accounts.0.mode': 'live' }, { path: 'accounts[0].mode', expected: /not available in this version/ }],
    [
      'no capital',
      { 'accounts.0.capital': undefined },
      { path: 'accounts[0].capital', found: 'nothing', remedy: /write "capital": "100000"/ },
    ],
    ['a negative capital', { 'accounts.0.capital': -5 }, { path: 'accounts[0].capital', found: -5 }],
    ['an amount with an exponent', { 'accounts.0.capital': '1e5' }, { path: 'accounts[0].capital', found: '1e5' }],
    ['an amount finer than money', { 'bots.0.capital': '1.123456789' }, { path: 'bots[0].capital', expected: /at most 8 decimals/ }],
    [
      'an amount that no ledger holds',
      { 'accounts.0.capital': '99999999999999' },
      { path: 'accounts[0].capital', expected: /at most 10000000000/ },
    ],
    ['a tick finer than the prices', { 'instruments.0.tick': '0.001' }, { path: 'instruments[0].tick', expected: /at most 2 decimals/ }],
    ['a lot finer than the quantities', { 'instruments.1.lot': '0.5' }, { path: 'instruments[1].lot' }],
    [
      'a largest order below the smallest',
      { 'instruments.1.maxQuantity': '1', 'instruments.1.minQuantity': '2' },
      { path: 'instruments[1].maxQuantity' },
    ],
    ['half a fee', { 'instruments.0.fees': { makerPct: 0.1 } }, { path: 'instruments[0].fees.takerPct', found: 'nothing' }],
    ['an unknown account', { 'bots.0.account': 'coin' }, { path: 'bots[0].account', found: 'coin', remedy: /did you mean "coins"/ }],
    [
      'an unknown instrument',
      { 'bots.0.instruments': ['SIM:BTCUSD'] },
      { path: 'bots[0].instruments[0]', remedy: /did you mean "SIM:BTCUSDT"/ },
    ],
    ['an instrument named twice', { 'bots.0.instruments': ['SIM:BTCUSDT', 'SIM:BTCUSDT'] }, { path: 'bots[0].instruments[1]' }],
    [
      'an unknown strategy',
      { 'bots.0.strategy': 'rsi-mean-reversal' },
      { path: 'bots[0].strategy', remedy: /did you mean "rsi-mean-reversion"/ },
    ],
    ['an unknown parameter', { 'bots.0.params': { perod: 14 } }, { path: 'bots[0].params.perod', remedy: /did you mean "period"/ }],
    ['a parameter out of range', { 'bots.0.params': { period: 1 } }, { path: 'bots[0].params.period', found: 1 }],
    [
      'never-sell-at-loss beside a stop-loss',
      { 'bots.0.params': { neverSellAtLoss: true }, 'risk.stopLossPct': 5 },
      { path: 'bots[0].params.neverSellAtLoss' },
    ],
    ['an id used twice', { 'bots.1.id': 'rsi' }, { path: 'bots[1].id', found: 'rsi' }],
    [
      'a bot that mixes currencies',
      { 'accounts.0.currency': 'USDT', 'bots.0.instruments': ['SIM:BTCUSDT', 'SIM:INFY'] },
      { path: 'bots[0].instruments[1]', expected: /quoted in USDT/ },
    ],
    [
      'an account of two currencies',
      { 'bots.1.account': 'coins' },
      { path: 'accounts[0].currency', found: 'instruments quoted in USDT and INR' },
    ],
    ['a timeframe that is not made', { 'bots.0.timeframe': '1h' }, { path: 'bots[0].timeframe', found: '1h', expected: /1m/ }],
    ['a timeframe that is none', { 'bots.0.timeframe': '90s' }, { path: 'bots[0].timeframe', found: '90s' }],
    ['a start price of nothing known', { 'feed.startPrices': { 'SIM:BTC': '1' } }, { path: 'feed.startPrices.SIM:BTC' }],
  ];

  it.each(table)('refuse %s', async (_, change, expected) => {
    const faults = await faultsOf(spoilt(change));

    const fault = faults.find(({ path }) => path === expected.path);
    expect(fault, JSON.stringify(faults)).toBeDefined();
    if (expected.found !== undefined) expect(fault?.found).toBe(expected.found);
    if (expected.expected !== undefined) expect(fault?.expected).toMatch(expected.expected);
    if (expected.remedy !== undefined) expect(fault?.remedy).toMatch(expected.remedy);
    expect(fault?.remedy).not.toBe('');
  });

  it('tell every fault at once: of shape, of references and of strategies', async () => {
    const faults = await faultsOf(
      spoilt({
        'risk.maxPositionPct': 'ten',
        'bots.0.account': 'nowhere',
        'bots.1.params': { fast: 30, slow: 20 },
        'instruments.0.tick': '0.001',
        nmae: 'x',
      }),
    );

    expect(faults.map(({ path }) => path).sort()).toEqual(
      ['bots[0].account', 'bots[1].params.fast', 'instruments[0].tick', 'nmae', 'risk.maxPositionPct'].sort(),
    );
  });

  it('tell every fault of an instrument, also where one of its values is not even a number', async () => {
    const faults = await faultsOf(spoilt({ 'instruments.0.lot': 0, 'instruments.0.tick': '0.001', 'instruments.0.minNotional': '1.123456789' }));

    expect(faults.map(({ path }) => path).sort()).toEqual(['instruments[0].lot', 'instruments[0].minNotional', 'instruments[0].tick']);
    const more = await faultsOf(spoilt({ 'instruments.1.tick': '0.001', 'instruments.1.maxQuantity': '1', 'instruments.1.minQuantity': '2' }));
    expect(more.map(({ path }) => path).sort()).toEqual(['instruments[1].maxQuantity', 'instruments[1].tick']);
  });

  it('say of a file that is a list that it should be an object', async () => {
    expect(await faultsOf('[]')).toEqual([
      { path: '(file)', found: 'a list of 0', expected: 'one JSON object, { … }', remedy: 'begin with a copy of settings.example.json' },
    ]);
  });

  it('do not blame a bot for the broken account it names', async () => {
    const faults = await faultsOf(spoilt({ 'accounts.0.capital': 'much' }));

    expect(faults.map(({ path }) => path)).toEqual(['accounts[0].capital']);
  });

  it('never repeat a secret', async () => {
    const faults = await faultsOf(spoilt({ 'mobile.password': 'CANARY-1', 'mobile.passwordHash': 'CANARY-2', apiKey: 'CANARY-3' }));

    expect(faults.map(({ path }) => path).sort()).toEqual(['apiKey', 'mobile.password', 'mobile.passwordHash']);
    expect(faults.find(({ path }) => path === 'mobile.password')?.remedy).toContain('bot-daemon passwd');
    expect(JSON.stringify(faults)).not.toContain('CANARY');
  });

  it('name line and column of what is no JSON', () => {
    const read = readSettings(put('{\n  "name": "x",\n  // a comment\n}'));

    expect(!read.ok && read.faults).toMatchObject([
      { path: expect.stringMatching(/settings\.json:3:3$/), found: 'a comment, which JSON does not have' },
    ]);
  });

  it('see a key that is written twice', () => {
    const read = readSettings(put('{ "log": { "level": "info", "level": "debug" } }'));

    expect(!read.ok && read.faults[0]?.expected).toMatch(/each key once; "level"/);
  });

  it('say what to do about a file that is not there', () => {
    const read = readSettings(join(folder(), 'none.json'));

    expect(!read.ok && read.faults).toMatchObject([{ found: 'nothing', remedy: expect.stringContaining('--settings') }]);
  });

  it('know which values the file did not hold', () => {
    const read = readSettings(put(soundSettings()));

    expect(read.ok && read.defaults.has('risk.staleAfterBars')).toBe(true);
    expect(read.ok && read.defaults.has('mobile.trustedProxies')).toBe(true);
    expect(read.ok && read.defaults.has('bots[0].enabled')).toBe(true);
    expect(read.ok && read.defaults.has('risk.maxOpenPositions')).toBe(false);
    expect(read.ok && read.defaults.has('bots[0].capital')).toBe(false);
  });
});

describe('settings of a replay', () => {
  const replay = (files: readonly object[]) => spoilt({ feed: { kind: 'replay', speed: 'max', files } });
  const btc = { instrument: 'SIM:BTCUSDT', timeframe: '1m', path: 'btc.csv' };
  const infy = { instrument: 'SIM:INFY', timeframe: '1m', path: 'infy.csv' };

  it('have a file for each series a bot trades on', async () => {
    expect(await faultsOf(replay([btc, infy]))).toEqual([]);
    expect(await faultsOf(replay([btc]))).toMatchObject([
      { path: 'bots[1].instruments[0]', expected: 'a 1m file of SIM:INFY in feed.files' },
    ]);
  });

  it('name the bar lengths there are of the instrument', async () => {
    expect(await faultsOf(replay([btc, { ...infy, timeframe: '1d' }]))).toMatchObject([
      { path: 'bots[1].timeframe', expected: 'a bar length the feed has of SIM:INFY: 1d' },
    ]);
  });

  it('have one file per series', async () => {
    expect(await faultsOf(replay([btc, btc, infy]))).toMatchObject([
      { path: 'feed.files[1]', expected: 'one file per instrument and timeframe' },
    ]);
  });

  it('do not ask for files of bots that are switched off', async () => {
    const settings = replay([btc]) as ReturnType<typeof soundSettings>;
    Object.assign(settings.bots[1] ?? {}, { enabled: false });

    expect(await faultsOf(settings)).toEqual([]);
  });
});
