import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../../db/open.ts';
import { type Status, until, verb } from './installation.ts';

const folder = mkdtempSync(join(tmpdir(), 'bot-daemon-disk-'));
const disk = join(folder, 'disk');
const mounted = mount();

/** A small disk of its own, if this user may mount one. */
function mount(): boolean {
  try {
    execFileSync('mkdir', [disk]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!mounted)(`a full disk ${mounted ? '' : '(needs the right to mount a small disk: run as root)'}`, () => {
  const data = join(disk, 'data');
  const at = ['--settings', join(folder, 'settings.json'), '--data', data];
  const status = async (): Promise<Status> => JSON.parse((await verb(['status', '--json', ...at])).out) as Status;

  beforeAll(async () => {
    const example = readFileSync(fileURLToPath(new URL('../../settings.example.json', import.meta.url)), 'utf8');
    writeFileSync(join(folder, 'settings.json'), example.replace('"port": 8420', '"port": 0').replace(/"speed": \d+/, '"speed": 3000'), { mode: 0o600 });
    expect((await verb(['start', ...at])).code).toBe(0);
    await until(() => (count(data) > 0 ? true : null), 'the first trade');
  });
  afterAll(async () => {
    await verb(['stop', ...at]);
    execFileSync('umount', ['-l', disk]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('suspends trading with one sentence and a remedy, without losing a committed trade or the process', async () => {
    const { trader } = await status();
    fill(disk);

    const suspended = await until(async () => {
      const now = await status();
      return now.state === 'DEGRADED' ? now : null;
    }, 'the trader to be suspended');

    expect(suspended.reason).toContain('the disk is full');
    expect(suspended.reason).toContain('Free space');
    expect(suspended.trader).toMatchObject({ pid: trader.pid, restarts: 0 });
    expect(integrity(data)).toBe('ok');
  });

  it('goes on by itself once there is space again', async () => {
    const before = count(data);
    rmSync(join(disk, 'filling'));

    await until(async () => ((await status()).state === 'RUNNING' ? true : null), 'the trader to go on');
    await until(() => (count(data) > before ? true : null), 'a further trade');

    expect(integrity(data)).toBe('ok');
    expect((await status()).trader.restarts).toBe(0);
  });
});

function fill(disk_: string): void {
  const free = statfsSync(disk_);
  const chunk = Buffer.alloc(Number(free.bsize));
  try {
    for (let n = 0; n <= Number(free.bavail) + 100; n += 1) writeFileSync(join(disk_, 'filling'), chunk, { flag: 'a' });
  } catch {
    // That it no longer fits is what was wanted.
  }
}

const count = (data: string): number => Number(ask(data, 'SELECT count(*) AS answer FROM trades'));
const integrity = (data: string): unknown => ask(data, 'SELECT integrity_check AS answer FROM pragma_integrity_check');

function ask(data: string, sql: string): unknown {
  const db = openReader(join(data, 'trades.db'));
  try {
    return (db.prepare(sql).get() as { answer: unknown }).answer;
  } finally {
    db.close();
  }
}
