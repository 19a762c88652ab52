import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LedgerWriter } from '../../../db/ledger-writer.ts';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import type { Message } from '../../../mobile/contract/index.ts';
import type { Session } from '../../../mobile/server/auth/sessions.ts';
import type { LedgerAccess } from '../../../mobile/server/ledger-access.ts';
import { LiveHub } from '../../../mobile/server/live/live-hub.ts';
import type { Stream, StreamSet } from '../../../mobile/server/live/stream-set.ts';
import { reads } from '../../../mobile/server/reads.ts';
import { beat, beginLedger, bookTrade, DAY, NOON } from './support/ledger.ts';

interface Told {
  readonly id: number | null;
  readonly message: Message;
}

const SESSION = {} as Session;
const RESPONSE = {} as ServerResponse;

describe('the live hub', () => {
  let folder: string;
  let ledger: LedgerWriter;
  let views: Views | null;
  let hub: LiveHub;
  let now: number;
  let wall: number;
  /** What all phones were told, and what the newest phone was told first. */
  let told: Told[];
  let first: Told[];
  let looked: number;
  let size: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-hub-'));
    ledger = beginLedger(join(folder, 'trades.db'));
    views = openViews(join(folder, 'trades.db'));
    [now, wall, looked, size] = [0, NOON, 0, 0];
    [told, first] = [[], []];
    const access: LedgerAccess = { current: () => ((looked += 1), views), fault: () => null, close: () => undefined };
    const shown = reads({ access, name: 'n', version: 'v', timeZone: 'UTC', now: () => wall, word: () => null });
    const streams: StreamSet = {
      get size() {
        return size;
      },
      add: () => {
        size += 1;
        first = [];
        hub.tend();
        return { session: SESSION, send: (bytes) => void first.push(parse(bytes)), close: () => undefined } satisfies Stream;
      },
      broadcast: (bytes) => void told.push(parse(bytes)),
      closeOf: () => undefined,
      closeAll: () => undefined,
    };
    hub = new LiveHub({ ledger: access.current, status: shown.status, home: shown.home, positions: shown.positions }, streams, () => now, (error) => { throw error; });
    vi.useFakeTimers();
  });
  afterEach(() => {
    hub.close();
    vi.useRealTimers();
    views?.close();
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const attach = (last: number | null = null): void => hub.attach(RESPONSE, SESSION, last);
  const kinds = (of: readonly Told[] = told): string[] => of.map(({ message }) => message.type);
  const trades = (of: readonly Told[] = told): number[] => of.flatMap(({ message }) => (message.type === 'trade_executed' ? [message.data.id] : []));
  const look = (after = 50): void => {
    now += after;
    wall += after;
    hub.look();
  };

  it('begins with a snapshot that carries the last sequence number', () => {
    bookTrade(ledger, 1);
    attach();
    expect(first).toMatchObject([{ id: 1, message: { type: 'snapshot', seq: 1, data: { home: { status: { seq: 1 }, lastTrades: [{ id: 1 }] } } } }]);
  });

  it('tells a trade at the first look after its commit, and once', () => {
    attach();
    bookTrade(ledger, 1);
    look();
    expect(told[0]).toMatchObject({ id: 1, message: { type: 'trade_executed', seq: 1, data: { id: 1, price: '64250.10' } } });
    look();
    look();
    expect(trades()).toEqual([1]);
  });

  it('tells figures at most twice a second, however much happens', () => {
    attach();
    for (let n = 1; n <= 40; n += 1) {
      ledger.recordEvent({ at: NOON, recordedAt: NOON, type: 'position_update', bot: 'rsi', body: '{}' });
      look(50);
    }
    expect(kinds().filter((kind) => kind === 'position_update')).toHaveLength(4);
  });

  it('tells prices that moved, and no others', () => {
    attach();
    ledger.recordPrice({ instrument: 'BINANCE:BTCUSDT', at: NOON, wallAt: NOON, price: 64_300_00n, day: DAY });
    look(500);
    ledger.recordPrice({ instrument: 'BINANCE:ETHUSDT', at: NOON, wallAt: NOON, price: 3_400_00n, day: DAY });
    look(500);
    look(500);
    const prices = told.flatMap(({ message }) => (message.type === 'price_update' ? [message.data.prices.map((price) => [price.symbol, price.price])] : []));
    expect(prices).toEqual([[['BTCUSDT', '64300.00']], [['ETHUSDT', '3400.00']]]);
  });

  it('says how the trader stands every two seconds, and at once when that changes', () => {
    beat(ledger, wall);
    attach();
    const links = (): string[] => told.flatMap(({ message }) => (message.type === 'status_change' ? [`${message.data.link} ${message.data.state}`] : []));
    look(500);
    for (let n = 0; n < 3; n += 1) look(500);
    expect(links()).toEqual(['online RUNNING']);
    look(500);
    expect(links()).toEqual(['online RUNNING', 'online RUNNING']);
    beat(ledger, wall, 'HALTED', 'daily loss limit');
    look(500);
    expect(links().at(-1)).toBe('online HALTED');
    look(6000);
    expect(links().at(-1)).toBe('offline STOPPED');
  });

  it('gives a phone that comes back what it missed, in order, and then goes on', () => {
    for (let n = 1; n <= 5; n += 1) bookTrade(ledger, n);
    attach(2);
    expect(trades(first)).toEqual([3, 4, 5]);
    expect(first.map(({ id }) => id)).toEqual([3, 4, 5, 5]);
    expect(kinds(first).at(-1)).toBe('position_update');
    bookTrade(ledger, 6);
    look();
    expect(trades()).toEqual([6]);
  });

  it('gives a phone that missed nothing only the figures', () => {
    bookTrade(ledger, 1);
    attach(1);
    expect(kinds(first)).toEqual(['position_update']);
  });

  it('begins anew where the gap is too long, too old, or of another ledger', () => {
    for (let n = 1; n <= 502; n += 1) bookTrade(ledger, n);
    attach(1);
    expect(kinds(first)).toEqual(['snapshot']);
    attach(2);
    expect(trades(first)).toHaveLength(500);
    attach(503);
    expect(kinds(first)).toEqual(['snapshot']);
    const other = new Database(join(folder, 'trades.db'));
    other.exec('DELETE FROM events WHERE seq <= 400');
    other.close();
    attach(399);
    expect(kinds(first)).toEqual(['snapshot']);
    attach(400);
    expect(trades(first)).toHaveLength(102);
  });

  it('tells a burst as twenty trades and one snapshot, and promises no more than it told', () => {
    attach();
    for (let n = 1; n <= 300; n += 1) bookTrade(ledger, n);
    look(50);
    expect(trades()).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    look(500);
    const snapshot = told.find(({ message }) => message.type === 'snapshot');
    expect(snapshot).toMatchObject({ id: 300, message: { data: { home: { figures: [{ tradesToday: 300 }] } } } });
    const before = told.slice(0, told.findIndex(({ message }) => message.type === 'snapshot'));
    expect(Math.max(...before.map(({ id }) => id ?? 0))).toBe(20);

    look(1000);
    bookTrade(ledger, 301);
    look(50);
    expect(trades().at(-1)).toBe(301);
  });

  it('tells every alert, also in a burst of trades', () => {
    attach();
    for (let n = 1; n <= 30; n += 1) bookTrade(ledger, n);
    const { id } = ledger.recordAlert({ key: 'daily-loss:paper', severity: 'critical', bot: null, title: 'Daily loss limit', body: '<img src=x onerror=alert(1)>', at: NOON });
    ledger.recordEvent({ at: NOON, recordedAt: NOON, type: 'alert', bot: null, body: JSON.stringify({ alert: id }) });
    look();
    expect(told.at(-1)).toMatchObject({ id: null, message: { type: 'alert', seq: 31, data: { title: 'Daily loss limit', severity: 'critical', count: 1 } } });
  });

  it('passes over an event it does not understand', () => {
    attach();
    for (const body of ['not json', '{}', '{"trade":"1"}', '{"trade":99}', '[]']) {
      ledger.recordEvent({ at: NOON, recordedAt: NOON, type: 'trade_executed', bot: null, body });
    }
    bookTrade(ledger, 1);
    look();
    expect(trades()).toEqual([1]);
  });

  it('says that there is no ledger yet, and begins anew when there is one', () => {
    const later = views;
    views = null;
    attach();
    expect(first).toMatchObject([{ id: 0, message: { type: 'snapshot', data: { home: { status: { link: 'never-started' } }, positions: { items: [] } } } }]);
    views = later;
    look();
    expect(told[0]).toMatchObject({ message: { type: 'snapshot', data: { home: { figures: [{ currency: 'USDT' }] } } } });
  });

  it('looks every 50 ms while a phone listens, and not at all while none does', () => {
    vi.advanceTimersByTime(1000);
    expect(looked).toBe(0);
    attach();
    looked = 0;
    now += 50;
    vi.advanceTimersByTime(50);
    expect(looked).toBeGreaterThan(0);
    size = 0;
    hub.tend();
    looked = 0;
    vi.advanceTimersByTime(10_000);
    expect(looked).toBe(0);
  });
});

function parse(bytes: Buffer): Told {
  const text = bytes.toString();
  const id = /^id: (\d+)$/m.exec(text)?.[1];
  return { id: id === undefined ? null : Number(id), message: JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as Message };
}
