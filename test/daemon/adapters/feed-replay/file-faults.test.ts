import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { candleFileFaults } from '../../../../daemon/adapters/feed-replay/file-faults.ts';
import { HOUR, MINUTE } from '../../../../daemon/core/model/instant.ts';
import { HEADER, minutes, refusalOf, replay, rows, T, temporaryFiles } from './replay-fixtures.ts';

const file = temporaryFiles();
const at = (times: readonly number[]): string => `${HEADER}\n${times.map((time) => `${T + time},100.05,100.2,99.9,100.1,1\n`).join('')}`;
const every = (step: number, count: number): number[] => Array.from({ length: count }, (_, index) => index * step);

describe('a candle file', () => {
  it('of another timeframe is refused before anything is played, with what was found', async () => {
    for (const path of [await file('h.csv', at(every(HOUR, 6))), await file('h.csv.gz', gzipSync(at(every(HOUR, 6))))]) {
      const refusal = await refusalOf(() => replay([minutes(path)]).open(0));

      expect(refusal).toMatchObject({ code: 'FEED_TIMEFRAME', exitCode: 78 });
      expect(refusal.faults).toEqual([
        {
          path,
          found: 'rows 1h apart',
          expected: 'rows 1m apart, its timeframe in feed.files[0]',
          remedy: 'write "timeframe": "1h" in feed.files[0], or name the 1m file there',
        },
      ]);
      expect(await candleFileFaults([minutes(path)])).toEqual(refusal.faults);
    }
  });

  it('may have gaps: what most rows do is what counts', async () => {
    const times = [...every(MINUTE, 5), HOUR, HOUR + MINUTE, 9 * HOUR];

    expect(await candleFileFaults([minutes(await file('gaps.csv', at(times)))])).toEqual([]);
  });

  it('of a few rows tells no rhythm', async () => {
    expect(await candleFileFaults([minutes(await file('few.csv', at(every(HOUR, 4))))])).toEqual([]);
  });

  it('that is not there is named with the remedy, beside one that is sound', async () => {
    const sound = await file('sound.csv', `${HEADER}\n${rows(9)}`);

    expect(await candleFileFaults([minutes(sound), minutes(`${sound}.none`)])).toMatchObject([
      { path: `${sound}.none`, found: 'no such file', remedy: expect.stringContaining('feed.files[].path') },
    ]);
  });
});
