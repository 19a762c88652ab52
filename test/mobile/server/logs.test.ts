import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followLog } from '../../../mobile/server/logs/follow.ts';
import { readLine } from '../../../mobile/server/logs/line.ts';
import { tail, type TailQuery } from '../../../mobile/server/logs/tail.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bot-daemon-logs-'));
  path = join(folder, 'daemon.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const line = (n: number, extra: object = {}): string => `${JSON.stringify({ level: 'info', time: '2026-11-21T12:00:00.000Z', name: 'trader', n, ...extra, msg: 'order filled' })}\n`;
const all: TailQuery = { lines: 100, level: null, keyword: null };
const numbers = async (query: Partial<TailQuery> = {}, cap?: number): Promise<number[]> =>
  (await tail(path, 'daemon.log', { ...all, ...query }, cap)).lines.map((each) => Number(/\bn=(\d+)/.exec(each.fields)?.[1]));

describe('a line of the log', () => {
  it('is told apart into time, level, process, message and fields', () => {
    expect(readLine(line(3, { orderId: 'o-1', err: { message: 'boom', stack: 'at secret' } }))).toEqual({
      at: '2026-11-21T12:00:00.000Z', level: 'info', process: 'trader', message: 'order filled', fields: 'n=3 orderId=o-1 err={"message":"boom"}',
    });
  });

  it('is shown as it is where it is no JSON', () => {
    expect(readLine('FATAL ERROR: heap')).toEqual({ at: null, level: 'error', process: '', message: 'FATAL ERROR: heap', fields: '' });
  });

  it('has no secret left, whoever logged it', () => {
    const hash = '$2b$12$abcdefghijklmnopqrstuuBpX3rGvm4AzZ1d0xJZzJ3Yx8n6rQ0eW';
    const token = 'Zk3vQ9xW1mT7yB2nC8dF4gH6jK0lP5rS';
    const { message, fields } = readLine(JSON.stringify({ level: 'warn', msg: `hash ${hash} key ${token}`, password: 'plain words', nested: { apiKey: 'short' }, other: hash }));
    expect(message).toBe('hash [redacted] key [redacted]');
    expect(fields).toBe('password=[redacted] nested={"apiKey":"[redacted]"} other=[redacted]');
  });

  it('keeps numbers, paths and words whole', () => {
    const { message } = readLine(JSON.stringify({ msg: '/var/lib/bot-daemon/state/strategies/2026 1234567890123456789012345678901234 mean-reversion-with-a-very-long-name' }));
    expect(message).toBe('/var/lib/bot-daemon/state/strategies/2026 1234567890123456789012345678901234 mean-reversion-with-a-very-long-name');
  });

  it('has no sign that a terminal or a reader would obey', () => {
    const { message } = readLine(JSON.stringify({ msg: '\u001b[31mred\u001b[0m \u202eevil\u2066 a\nb\u0007 \u009b2Jc' }));
    expect(message).toBe('red evil a b  c');
  });
});

describe('the tail', () => {
  it('is the last lines, oldest first', async () => {
    await writeFile(path, Array.from({ length: 5000 }, (_, n) => line(n)).join(''));
    expect(await numbers()).toEqual(Array.from({ length: 100 }, (_, n) => 4900 + n));
    expect(await numbers({ lines: 1 })).toEqual([4999]);
  });

  it('is the same however lines fall on the chunks', async () => {
    const pad = (n: number): object => ({ pad: 'x'.repeat((n * 7919) % 3000) });
    await writeFile(path, Array.from({ length: 2000 }, (_, n) => line(n, pad(n))).join(''));
    expect(await numbers({ lines: 1000 })).toEqual(Array.from({ length: 1000 }, (_, n) => 1000 + n));
    expect(await numbers({ lines: 1000, keyword: 'N=19' })).toEqual([19, ...Array.from({ length: 10 }, (_, n) => 190 + n), ...Array.from({ length: 100 }, (_, n) => 1900 + n)]);
  });

  it('reads a last line that has no end yet, and a first without a beginning break', async () => {
    await writeFile(path, `${line(1)}\n\n${line(2)}${line(3).trimEnd()}`);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('finds by level and by literal text in any case', async () => {
    await writeFile(path, [line(1), line(2, { level: 'error' }), line(3, { level: 'warn', symbol: 'BTC.*' }), line(4, { symbol: 'BTCUSDT' })].join(''));
    expect(await numbers({ level: 'warn' })).toEqual([2, 3]);
    expect(await numbers({ keyword: 'btc.*' })).toEqual([3]);
    expect(await numbers({ keyword: 'symbol=btc' })).toEqual([3, 4]);
    expect(await numbers({ keyword: 'FILLED n=4' })).toEqual([4]);
    expect(await numbers({ keyword: '₹' })).toEqual([]);
  });

  it('does not find what is not shown', async () => {
    await writeFile(path, line(1, { password: 'hunter2hunter2' }));
    expect(await numbers({ keyword: 'hunter2' })).toEqual([]);
  });

  it('goes on in the file rotated before', async () => {
    await writeFile(`${path}.1`, [line(1), line(2)].join(''));
    await writeFile(path, line(3));
    expect(await numbers()).toEqual([1, 2, 3]);
    expect(await numbers({ lines: 2 })).toEqual([2, 3]);
  });

  it('is empty where there is no log', async () => {
    expect(await tail(path, 'daemon.log', all)).toEqual({ lines: [], truncated: false, file: 'daemon.log', bytes: 0 });
  });

  it('says so when it stopped at its cap', async () => {
    await writeFile(path, Array.from({ length: 20_000 }, (_, n) => line(n)).join(''));
    const capped = await tail(path, 'daemon.log', { ...all, keyword: 'filled n=0' }, 200_000);
    expect(capped).toMatchObject({ lines: [], truncated: true });
    expect(await numbers({ keyword: 'filled n=0' })).toEqual([0]);
    expect((await tail(path, 'daemon.log', { ...all, keyword: 'nowhere' })).truncated).toBe(false);
  });

  it('leaves out a line without an end rather than holding it', async () => {
    await writeFile(path, `${line(1)}${'x'.repeat(3 * 1024 * 1024)}\n${line(2)}`);
    const found = (await tail(path, 'daemon.log', all)).lines;
    expect(found.map((each) => each.message.length).every((length) => length <= 2001)).toBe(true);
    expect(found.at(-1)?.fields).toBe('n=2');
    expect(found[0]?.fields).toBe('n=1');
  });

  it('keeps the loop free while it searches thirty megabytes for what is not there', async () => {
    const block = Array.from({ length: 7000 }, (_, n) => line(n, { note: 'nothing to see here, move along' })).join('');
    for (let each = 0; each < 30; each += 1) await appendFile(path, block);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    // The worst there is: the bytes of every line have an "e", so that each of them is parsed.
    const { truncated, bytes } = await tail(path, 'daemon.log', { ...all, keyword: 'e=~' });
    delay.disable();
    expect(truncated).toBe(false);
    expect(bytes).toBeGreaterThan(25_000_000);
    // Read in one go this takes over a second; a chunk takes some 15 ms, and the machine is shared.
    expect(delay.percentile(99) / 1e6).toBeLessThan(100);
  });
});

describe('the follower', () => {
  const told = async (follower: ReturnType<typeof followLog>): Promise<number[]> =>
    (await follower.poll()).map((each) => Number(/"n":(\d+)/.exec(each)?.[1]));

  it('begins at the end and tells each new line once', async () => {
    await writeFile(path, line(1));
    const follower = followLog(path);
    expect(await told(follower)).toEqual([]);
    await appendFile(path, line(2) + line(3));
    expect(await told(follower)).toEqual([2, 3]);
    expect(await told(follower)).toEqual([]);
    await follower.close();
  });

  it('waits for the end of a line', async () => {
    await writeFile(path, '');
    const follower = followLog(path);
    await told(follower);
    const whole = line(4, { name: '₹' });
    const bytes = Buffer.from(whole);
    await appendFile(path, bytes.subarray(0, bytes.indexOf('₹') + 1));
    expect(await told(follower)).toEqual([]);
    await appendFile(path, bytes.subarray(bytes.indexOf('₹') + 1));
    expect(await follower.poll()).toEqual([whole.trimEnd()]);
    await follower.close();
  });

  it('loses nothing over a rotation', async () => {
    await writeFile(path, '');
    const follower = followLog(path);
    await told(follower);
    await appendFile(path, line(1));
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, line(2));
    await writeFile(path, line(3));
    expect(await told(follower)).toEqual([1, 2, 3]);
    // A process that has not opened the new file yet goes on in the old one.
    await appendFile(`${path}.1`, line(4));
    await appendFile(path, line(5));
    expect(await told(follower)).toEqual([4, 5]);
    await follower.close();
  });

  it('bears a file that is not there yet, that goes away, and that is cut', async () => {
    const follower = followLog(path);
    expect(await told(follower)).toEqual([]);
    await writeFile(path, line(1));
    expect(await told(follower)).toEqual([1]);
    await appendFile(path, line(1) + line(1));
    expect(await told(follower)).toEqual([1, 1]);
    await truncate(path);
    await appendFile(path, line(2));
    expect(await told(follower)).toEqual([2]);
    await rm(path);
    expect(await told(follower)).toEqual([]);
    await writeFile(path, line(3));
    expect(await told(follower)).toEqual([3]);
    await follower.close();
  });

  it('tells of a burst the newest, in whole lines', async () => {
    await writeFile(path, '');
    const follower = followLog(path);
    await told(follower);
    await appendFile(path, Array.from({ length: 20_000 }, (_, n) => line(n)).join(''));
    const lines = await follower.poll();
    expect(lines.at(-1)).toBe(line(19_999).trimEnd());
    expect(lines.length).toBeLessThan(20_000);
    expect(lines.filter((each) => !each.startsWith('{"level"'))).toEqual([]);
    await follower.close();
  });
});
