import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { replayFeed } from '../../../../daemon/adapters/feed-replay/replay-feed.ts';
import { MINUTE } from '../../../../daemon/core/model/instant.ts';
import { EXIT } from '../../../../daemon/ports/refusal.ts';
import { marketFeedContract, pull } from '../../../contracts/market-feed.contract.ts';
import { simulatedClock } from '../clock/simulated-clock.ts';
import { HEADER, T, instrument, memoryLog, minutes, refusalOf, replay, rows, temporaryFiles } from './replay-fixtures.ts';

const write = temporaryFiles();

const folder = mkdtempSync(join(tmpdir(), 'feed-replay-contract-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(join(folder, 'a.csv'), `${HEADER}\n${rows(80)}`);
writeFileSync(join(folder, 'b.csv.gz'), gzipSync(`${HEADER}\n${rows(80, 20)}`));
marketFeedContract('a replay of two files', () =>
  replay([minutes(join(folder, 'a.csv'), instrument('A')), minutes(join(folder, 'b.csv.gz'), instrument('B'))]),
);

const csv = (text: string): string => `${HEADER}\n${text}`;

describe('replayFeed', () => {
  it('plays each candle as its opening and its close, and ends', async () => {
    const feed = replay([minutes(await write('coin.csv', csv(`${T},100.05,100.2,99.9,100.1,7\n${T + MINUTE},100,101,99,100,3\n`)))]);
    await feed.open(0);

    const [opened, closed, next, last, ...none] = await pull(feed);

    const candle = { openAt: T, timeframeMs: MINUTE, open: 10_005n, high: 10_020n, low: 9_990n, close: 10_010n, volume: 7n };
    expect(opened).toEqual({
      event: { kind: 'candle-opened', at: T, instrument: 'TEST:COIN', timeframeMs: MINUTE, price: 10_005n },
      place: 1,
      warmup: false,
    });
    expect(closed).toEqual({ event: { kind: 'candle-closed', at: T + MINUTE, instrument: 'TEST:COIN', candle }, place: 2, warmup: false });
    expect(next?.event).toMatchObject({ kind: 'candle-opened', at: T + MINUTE, previousVolume: 7n });
    expect(last?.place).toBe(4);
    expect(none).toEqual([]);
  });

  it('merges files by time, closes bars before it opens others, and goes by the order of the files', async () => {
    const path = await write('coin.csv', csv(rows(2)));
    const feed = replay([minutes(path, instrument('B')), minutes(path, instrument('A'))]);
    await feed.open(0);

    const told = (await pull(feed)).map(({ event }) => `${(event.at - T) / MINUTE} ${event.kind} ${event.instrument}`);

    expect(told).toEqual([
      '0 candle-opened TEST:B',
      '0 candle-opened TEST:A',
      '1 candle-closed TEST:B',
      '1 candle-closed TEST:A',
      '1 candle-opened TEST:B',
      '1 candle-opened TEST:A',
      '2 candle-closed TEST:B',
      '2 candle-closed TEST:A',
    ]);
  });

  it('is over at once when opened at its end', async () => {
    const feed = replay([minutes(await write('coin.csv', csv(rows(3))))]);
    await feed.open(6);

    expect(await pull(feed)).toEqual([]);
  });

  it('reads gzip whatever it is called, and lines that end in CR LF', async () => {
    const path = await write('coin.csv', gzipSync(csv(rows(3)).replaceAll('\n', '\r\n')));
    const feed = replay([minutes(path)]);
    await feed.open(0);

    expect(await pull(feed)).toHaveLength(6);
    expect(feed.faults().count).toBe(0);
  });

  it('keeps the pace of its speed and cuts closed weekends short', async () => {
    const clock = simulatedClock();
    const path = await write('coin.csv', csv(rows(2) + rows(1, 2_880)));
    const feed = replayFeed({ files: [minutes(path)], speed: 60, clock, log: memoryLog().log });
    await feed.open(0);
    await pull(feed);

    expect(clock.slept).toEqual([1_000, 1_000, 5_000, 1_000]);
    expect(feed.description).toMatchObject({ kind: 'replay', label: 'replay of 1 file', speed: 60 });
  });

  it('begins its pace anew where it is opened', async () => {
    const clock = simulatedClock();
    const feed = replayFeed({ files: [minutes(await write('coin.csv', csv(rows(100))))], speed: 60, clock, log: memoryLog().log });
    await feed.open(0);
    await pull(feed, 3);
    await feed.open(100);
    await pull(feed, 3);

    expect(clock.slept).toEqual([1_000, 1_000]);
  });

  it('loses no event by a stop while it waits', async () => {
    const stop = new AbortController();
    const clock = simulatedClock();
    const feed = replayFeed({
      files: [minutes(await write('coin.csv', csv(rows(3))))],
      speed: 60,
      clock: { ...clock, sleep: () => Promise.resolve(stop.abort()) },
      log: memoryLog().log,
    });
    await feed.open(0);

    expect((await feed.next(stop.signal))?.place).toBe(1);
    expect(await feed.next(stop.signal)).toBeNull();
    expect((await pull(feed, 1))[0]?.place).toBe(2);
  });
});

describe('the fingerprint of a replay', () => {
  const of = (...files: Parameters<typeof replay>[0]): string => replay(files).description.fingerprint;

  it('changes with the content of a file, the instrument, the timeframe and the order, and not with the path', async () => {
    const path = await write('coin.csv', csv(rows(3)));
    const same = await write('copy.csv', csv(rows(3)));
    const other = await write('coin.csv', csv(rows(3)).replace('100.05', '100.06'));

    expect(of(minutes(same))).toBe(of(minutes(path)));
    const different = [
      of(minutes(path)),
      of(minutes(other)),
      of(minutes(path, instrument('OTHER'))),
      of(minutes(path, instrument('COIN', { priceDecimals: 4 }))),
      of({ ...minutes(path), timeframeMs: 5 * MINUTE }),
      of(minutes(path), minutes(other)),
      of(minutes(other), minutes(path)),
    ];
    expect(new Set(different).size).toBe(different.length);
  });
});

describe('a replay of what cannot be read', () => {
  it('refuses files that do not exist, all of them at once, with the remedy', async () => {
    const path = await write('coin.csv', csv(rows(1)));

    const refusal = await refusalOf(async () => replay([minutes('/no/such.csv'), minutes(path), minutes('/no/other.csv')]));

    expect(refusal).toMatchObject({ code: 'FEED_FILE_UNREADABLE', exitCode: EXIT.refused });
    expect(refusal.faults.map(({ path: where, found }) => `${where}: ${String(found)}`)).toEqual([
      '/no/such.csv: no such file',
      '/no/other.csv: no such file',
    ]);
    expect(refusal.faults[0]?.remedy).toContain('feed.files');
  });

  it('refuses a folder', async () => {
    const path = dirname(await write('coin.csv', ''));

    expect((await refusalOf(async () => replay([minutes(path)]))).faults).toMatchObject([{ path, found: 'a folder' }]);
  });

  it.each([
    ['nothing', ''],
    ['a header only', `${HEADER}\n`],
  ])('refuses a file of %s', async (_what, content) => {
    const feed = replay([minutes(await write('coin.csv', content))]);

    const refusal = await refusalOf(() => feed.open(0));

    expect(refusal).toMatchObject({ code: 'FEED_NO_CANDLES', exitCode: EXIT.refused });
    expect(refusal.faults).toMatchObject([{ path: 'coin.csv', found: 'no rows' }]);
  });

  it('refuses a file of nothing but faults, and names them', async () => {
    const good = await write('good.csv', csv(rows(1)));
    const feed = replay([minutes(good), minutes(await write('bad.csv', csv('one,2,3\nNaN,1,1,1,1,1\n')))]);

    const refusal = await refusalOf(() => feed.open(0));

    expect(refusal.faults.map(({ path, expected }) => `${path}: ${expected}`)).toEqual([
      `bad.csv: rows of ${HEADER}`,
      'bad.csv:2: 3 columns instead of 6',
      'bad.csv:3: the timestamp is not a whole number of milliseconds',
    ]);
  });

  it('reads nothing under a header with the columns in another order', async () => {
    const swapped = 'timestamp_ms,open,close,low,high,volume';
    const feed = replay([minutes(await write('coin.csv', `${swapped}\n${rows(5)}`))]);

    const refusal = await refusalOf(() => feed.open(0));

    expect(refusal.faults[1]).toMatchObject({ path: 'coin.csv:1', found: swapped });
  });

  it('refuses gzip that is broken from the start', async () => {
    const packed = gzipSync(csv(rows(50)));
    packed.fill(0xff, 10, 60);
    const feed = replay([minutes(await write('coin.csv.gz', packed))]);

    const refusal = await refusalOf(() => feed.open(0));

    expect(refusal.faults[1]).toMatchObject({ found: 'the rest of the file' });
    expect(refusal.faults[1]?.expected).toContain('cannot be read');
  });
});
