import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { moneyText, percent, priceText, quantityText } from '../../../mobile/server/present/decimal.ts';
import { presentSettings } from '../../../mobile/server/present/settings.ts';
import { presentStatus, type StatusFacts } from '../../../mobile/server/present/status.ts';
import { dayText, timeframeText } from '../../../mobile/server/present/time.ts';

describe('numbers as text', () => {
  it('are exact, and money and quantities have no idle zeros', () => {
    expect([0n, 1n, -1n, 50_000_000n, -50_000_000n, 100_00000000n, 1_234_56789012n].map(moneyText)).toEqual(['0', '0.00000001', '-0.00000001', '0.5', '-0.5', '100', '1234.56789012']);
    expect(quantityText(-150_000n, 5)).toBe('-1.5');
    expect(quantityText(120n, 0)).toBe('120');
    expect(priceText(64_250_10n, 2)).toBe('64250.10');
    expect(priceText(5n, 4)).toBe('0.0005');
  });

  it('read back as the number they were', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.integer({ min: 0, max: 18 }), (scaled, decimals) => {
        const [whole = '', part = ''] = quantityText(scaled, decimals).split('.');
        expect(BigInt(whole.replace('-', '') + part.padEnd(decimals, '0')) * (whole.startsWith('-') ? -1n : 1n)).toBe(scaled);
      }),
    );
  });

  it('are percentages with four decimals, rounded away from zero at the half', () => {
    expect([percent(1n, 3n), percent(-1n, 3n), percent(1n, -3n), percent(0n, 5n), percent(5n, 0n)]).toEqual([33.3333, -33.3333, -33.3333, 0, null]);
    expect([percent(5n, 10_000_000n), percent(-5n, 10_000_000n), percent(4n, 10_000_000n)]).toEqual([0.0001, -0.0001, 0]);
  });
});

describe('times as text', () => {
  it('name days and timeframes as people do', () => {
    expect(dayText(20_261_121)).toBe('2026-11-21');
    expect([60_000, 900_000, 3_600_000, 14_400_000, 86_400_000, 5400_000, 500].map(timeframeText)).toEqual(['1m', '15m', '1h', '4h', '1d', '90m', '500ms']);
  });
});

describe('the status', () => {
  const NOW = Date.UTC(2026, 10, 21);
  const heartbeat = { run: 1, pid: 1, startedAt: NOW - 9000, at: NOW - 1000, feedHeardAt: null, marketAt: null, cycle: 3, state: 'RUNNING', reason: null, loopLagMs: 0 };
  const facts: StatusFacts = { now: NOW, name: 'n', version: 'v', timeZone: 'UTC', seq: 1, heartbeat, feed: null, word: null, ledgerFault: null };

  it('is online while the heartbeat is younger than five seconds', () => {
    expect(presentStatus(facts)).toMatchObject({ link: 'online', state: 'RUNNING', reason: null });
    expect(presentStatus({ ...facts, now: NOW + 3999 }).link).toBe('online');
    expect(presentStatus({ ...facts, now: NOW + 4000 })).toMatchObject({ link: 'offline', state: 'STOPPED', reason: 'No word from the trader since 2026-11-20T23:59:59.000Z.' });
  });

  it('believes the supervisor at once that the trader died, until the trader beats again', () => {
    const word = { kind: 'trader-down', reason: 'the trader ended with signal SIGKILL', at: NOW } as const;
    expect(presentStatus({ ...facts, word })).toMatchObject({ link: 'offline', reason: word.reason, crashLoop: null });
    expect(presentStatus({ ...facts, word: { ...word, kind: 'crash-loop' } }).crashLoop).toBe(word.reason);
    expect(presentStatus({ ...facts, now: NOW + 2000, word, heartbeat: { ...heartbeat, at: NOW + 1000 } })).toMatchObject({ link: 'online', reason: null });
  });

  it('says why a running trader does not trade, and why a ledger cannot be read', () => {
    expect(presentStatus({ ...facts, heartbeat: { ...heartbeat, state: 'HALTED', reason: 'daily loss limit' } })).toMatchObject({ link: 'online', state: 'HALTED', reason: 'daily loss limit' });
    expect(presentStatus({ ...facts, heartbeat: null, ledgerFault: 'damaged' })).toMatchObject({ link: 'never-started', reason: 'damaged' });
  });
});

describe('the settings', () => {
  it('let through what has the shape of the list, and nothing else', () => {
    const item = { path: 'risk.stopLossPct', label: 'Stop loss', value: '5 %', source: 'file', secret: 'x' };
    const body = JSON.stringify({ file: '/etc/settings.json', apiKey: 'x', groups: [{ id: 'risk', title: 'Risk', items: [item, { path: 'a', value: 7 }], secret: 'x' }, { id: 'keys', title: 'Keys', items: [item] }] });
    expect(presentSettings({ id: 1, at: 0, hash: 'h', body })).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      file: '/etc/settings.json',
      groups: [{ id: 'risk', title: 'Risk', items: [{ path: 'risk.stopLossPct', label: 'Stop loss', value: '5 %', source: 'file' }] }],
    });
    expect(presentSettings(null)).toEqual({ at: null, file: null, groups: [] });
    expect(presentSettings({ id: 1, at: 0, hash: 'h', body: 'broken' }).groups).toEqual([]);
  });

  it('cost nothing while none are written', () => {
    const parse = vi.spyOn(JSON, 'parse');
    presentSettings(null);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });
});
