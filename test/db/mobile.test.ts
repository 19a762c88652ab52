import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMobile } from '../../db/mobile.ts';

describe('mobile.db', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-mobile-db-'));
    path = join(folder, 'mobile.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const row = { idHash: 'h1', createdAt: 1, lastSeenAt: 2, expiresAt: 100, keep: true, userAgent: 'phone' };

  it('keeps sessions over a restart, private to its user', () => {
    const first = openMobile(path);
    first.addSession(row);
    first.touchSession('h1', 5, 200);
    first.close();
    const second = openMobile(path);
    expect(second.sessions()).toEqual([{ ...row, lastSeenAt: 5, expiresAt: 200 }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    second.close();
  });

  it('drops what has expired and nothing else', () => {
    const store = openMobile(path);
    store.addSession(row);
    store.addSession({ ...row, idHash: 'h2', expiresAt: 101 });
    store.dropSessionsExpiredBy(100);
    expect(store.sessions().map((session) => session.idHash)).toEqual(['h2']);
    store.dropSession('h2');
    expect(store.sessions()).toEqual([]);
    store.close();
  });

  it('knows two hundred devices, the last seen', () => {
    const store = openMobile(path);
    for (let n = 0; n <= 200; n += 1) store.addDevice(`d${n}`, n);
    expect(store.isDevice('d0')).toBe(false);
    expect(store.isDevice('d1')).toBe(true);
    expect(store.isDevice('d200')).toBe(true);
    store.close();
  });

  it('forgets sessions and devices together', () => {
    const store = openMobile(path);
    store.addSession(row);
    store.addDevice('d', 1);
    store.forgetAll();
    expect([store.sessions(), store.isDevice('d')]).toEqual([[], false]);
    store.close();
  });
});
