import { expect, it } from 'vitest';
import type { Log } from '../../../daemon/ports/log.ts';
import { silenceWatch } from '../../../daemon/supervisor/silence.ts';

function watched() {
  const lines: string[] = [];
  const note = (level: string) => (_: object, words: string) => void lines.push(`${level} ${words}`);
  const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error'), child: () => log };
  return { lines, hear: silenceWatch(log) };
}

it('a silence is logged once when it begins and once when it ends', () => {
  const { lines, hear } = watched();

  for (const silentMs of [0, 4_999]) hear(silentMs);
  expect(lines).toEqual([]);
  for (const silentMs of [5_000, 6_000, 60_000]) hear(silentMs);
  expect(lines).toEqual(['warn no word from the trader']);
  for (const silentMs of [100, 900]) hear(silentMs);
  expect(lines).toEqual(['warn no word from the trader', 'info the trader reports again']);
});

it('a trader that is down owes no report; the silence ends when it speaks again', () => {
  const { lines, hear } = watched();

  hear(5_000);
  hear(null);
  expect(lines).toHaveLength(1);
  hear(0);
  expect(lines).toHaveLength(2);
});
