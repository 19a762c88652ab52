import { createReadStream } from 'node:fs';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../../../daemon/adapters/feed-replay/gunzip.ts';
import { linesOf } from '../../../../daemon/adapters/feed-replay/lines.ts';
import { MINUTE } from '../../../../daemon/core/model/instant.ts';
import { pull } from '../../../contracts/market-feed.contract.ts';
import { HEADER, T, instrument, memoryLog, minutes, replay, rows, temporaryFiles } from './replay-fixtures.ts';

const write = temporaryFiles();

/** The row under test between two good ones: what was found wrong with it, and how many candles were played. */
async function tried(row: string, of = instrument('COIN')) {
  const feed = replay([minutes(await write('file.csv', `${HEADER}\n${rows(1)}${row}\n${rows(1, 5)}`), of)]);
  await feed.open(0);
  const played = (await pull(feed)).length / 2;
  return { played, faults: feed.faults() };
}
const at = (minute: number): number => T + minute * MINUTE;

describe('a row that cannot be trusted', () => {
  it.each([
    ['text for a price', `${at(1)},abc,100,100,100,1`, 'open: not a plain decimal number'],
    ['NaN', `${at(1)},100,NaN,100,100,1`, 'high: not a plain decimal number'],
    ['Infinity', `${at(1)},100,100,Infinity,100,1`, 'low: not a plain decimal number'],
    ['an exponent', `${at(1)},100,100,100,1e2,1`, 'close: not a plain decimal number'],
    ['an exponent in the volume', `${at(1)},100,100,100,100,1e2`, 'volume: not a plain decimal number'],
    ['an exponent behind the decimals of the volume', `${at(1)},100,100,100,100,1.5e9`, 'volume: not a plain decimal number'],
    ['a thousands separator', `${at(1)},"1,000",1000,1000,1000,1`, '7 columns instead of 6'],
    ['an empty cell', `${at(1)},100,100,100,,1`, 'close: not a plain decimal number'],
    ['a point without digits', `${at(1)},100.,100,100,100,1`, 'open: not a plain decimal number'],
    ['two points', `${at(1)},1.0.0,100,100,100,1`, 'open: not a plain decimal number'],
    ['too few columns', `${at(1)},100,100,100,100`, '5 columns instead of 6'],
    ['an empty line', '', '1 columns instead of 6'],
    ['more decimals than the instrument has', `${at(1)},100.005,101,100,100,1`, 'open: more than 2 decimals'],
    ['a price of zero', `${at(1)},100,100,0,100,1`, 'a price is not above 0'],
    ['a negative price', `${at(1)},-1,100,-1,100,1`, 'a price is not above 0'],
    ['a negative volume', `${at(1)},100,100,100,100,-1`, 'volume is negative'],
    ['high below low', `${at(1)},100,99,101,100,1`, 'high is below low'],
    ['an open above the high', `${at(1)},102,101,99,100,1`, 'open lies outside low…high'],
    ['a close below the low', `${at(1)},100,101,99,98,1`, 'close lies outside low…high'],
    ['a timestamp with a fraction', `${at(1)}.5,100,100,100,100,1`, 'the timestamp is not a whole number of milliseconds'],
    ['a date for a timestamp', '2026-01-05,100,100,100,100,1', 'the timestamp is not a whole number of milliseconds'],
    ['the time of the bar before', `${at(0)},100,100,100,100,1`, 'the time is that of the bar before'],
    ['a time before it', `${at(-1)},100,100,100,100,1`, 'out of order: before the bar of 2026-01-05T03:45:00.000Z'],
    [
      'a bar that begins within the one before',
      `${at(0) + 30_000},100,100,100,100,1`,
      'begins before the bar of 2026-01-05T03:45:00.000Z has closed: is the timeframe right?',
    ],
  ])('is not played where it has %s', async (_what, row, reason) => {
    const { played, faults } = await tried(row);

    expect(played).toBe(2);
    expect(faults).toEqual({ count: 1, first: [{ where: 'file.csv:3', found: row, reason }] });
  });

  it.each([
    ['zeros behind the last decimal', `${at(1)},100.0500,100.2000,99.9,100,1`],
    ['a volume finer than the lot', `${at(1)},100,100,100,100,1.23456789`],
    ['no volume', `${at(1)},100,100,100,100,0`],
    ['a volume larger than a double can hold exactly', `${at(1)},100,100,100,100,90071992547409931`],
  ])('is not to be confused with one that has %s', async (_what, row) => {
    expect(await tried(row)).toEqual({ played: 3, faults: { count: 0, first: [] } });
  });

  it('gives its volume rounded down and its prices exactly', async () => {
    const fine = instrument('COIN', { priceDecimals: 8, quantityDecimals: 3 });
    const text = `${HEADER}\n${T},12345678.12345678,12345678.12345679,0.00000001,1,90071992547409931.9999\n`;
    const feed = replay([minutes(await write('file.csv', text), fine)]);
    await feed.open(0);
    const [, closed] = await pull(feed);

    expect(closed?.event).toMatchObject({
      candle: {
        open: 1_234_567_812_345_678n,
        high: 1_234_567_812_345_679n,
        low: 1n,
        close: 100_000_000n,
        volume: 90_071_992_547_409_931_999n,
      },
    });
  });

  it('is counted each time, and named and logged ten times', async () => {
    const { log, lines } = memoryLog();
    const feed = replay([minutes(await write('file.csv', `${HEADER}\n${rows(1)}${'x\n'.repeat(25)}${rows(1, 5)}`))], log);
    await feed.open(0);
    await pull(feed);

    expect(feed.faults().count).toBe(25);
    expect(feed.faults().first.map(({ where }) => where)).toEqual(Array.from({ length: 10 }, (_, index) => `file.csv:${index + 3}`));
    expect(lines).toEqual(feed.faults().first);
  });

  it('is counted again where the feed is opened behind it', async () => {
    const feed = replay([minutes(await write('file.csv', `${HEADER}\n${rows(1)}x\n${rows(3, 5)}`))]);
    await feed.open(4);
    expect(feed.faults().count).toBe(1);

    await feed.open(4);
    expect(feed.faults().count).toBe(1);
  });
});

describe('a file that breaks off', () => {
  const whole = `${HEADER}\n${rows(4_000)}`;
  const packed = gzipSync(whole);

  it.each([0.3, 0.5, 0.9, 0.999])('is played up to there, the same each time (%f of it)', async (part) => {
    const piece = packed.subarray(0, Math.floor(packed.length * part));
    const readable = gunzipSync(piece, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    const wholeRows = readable.split('\n').length - 2;
    const path = await write('file.csv.gz', piece);
    const play = async () => {
      const feed = replay([minutes(path)]);
      await feed.open(0);
      return { played: (await pull(feed)).length / 2, faults: feed.faults() };
    };

    const { played, faults } = await play();

    expect(played).toBe(wholeRows);
    expect(faults.count).toBe(1);
    expect(faults.first[0]).toMatchObject({ where: `file.csv.gz:${wholeRows + 2}`, found: 'the rest of the file' });
    expect(await play()).toEqual({ played, faults });
  });
});

describe('gunzip', () => {
  it('unpacks files of several parts, as concatenated ones are', async () => {
    const path = await write('file.gz', Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]));
    const chunks: Buffer[] = [];
    for await (const chunk of gunzip(createReadStream(path))) chunks.push(chunk);

    expect(Buffer.concat(chunks).toString()).toBe('one\ntwo\n');
  });
});

describe('linesOf', () => {
  async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
    for (const text of texts) yield Promise.resolve(Buffer.from(text));
  }
  const read = async (...texts: string[]) => {
    const lines = [];
    for await (const batch of linesOf(chunks(...texts))) lines.push(...batch);
    return lines;
  };

  it('puts lines together again that chunks have cut', async () => {
    expect((await read('on', 'e\r', '\ntwo\n\nfo', 'ur')).map(({ number, text }) => `${number} ${text}`)).toEqual([
      '1 one',
      '2 two',
      '3 ',
      '4 four',
    ]);
  });

  it('cuts a line that is too long within one piece too', async () => {
    expect((await read(`${'x'.repeat(5_000)}\nb\n`)).map(({ text, cut }) => [text.length, cut])).toEqual([
      [4_096, true],
      [1, false],
    ]);
  });

  it('keeps no more than a few thousand characters of a line without end', async () => {
    const lines = await read('a\n', ...Array.from({ length: 100 }, () => 'x'.repeat(1_000)), '\nb\n');

    expect(lines.map(({ number, text, cut }) => [number, text.length, cut])).toEqual([
      [1, 1, false],
      [2, 4_096, true],
      [3, 1, false],
    ]);
  });
});
