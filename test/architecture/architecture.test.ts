import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cycles } from './cycles.ts';
import { importFaults, roomOf } from './imports.ts';
import { ROOMS } from './law.ts';
import { heldBy } from './glob.ts';
import { readSources } from './source.ts';
import { wordFaults } from './words.ts';

const sources = readSources(fileURLToPath(new URL('../../', import.meta.url)));

describe('the architecture', () => {
  it('has something to judge in each of the three top-level rooms', () => {
    for (const room of ['daemon/core/**', 'db/**', 'mobile/contract/**']) {
      expect(
        sources.some((source) => heldBy([room], source.path)),
        room,
      ).toBe(true);
    }
  });

  it.each(ROOMS.map((room) => [room.name, room] as const))('%s imports only what its room may', (_, room) => {
    const own = sources.filter((source) => roomOf(source.path) === room);

    expect(own.flatMap(importFaults)).toEqual([]);
  });

  it('has no file outside the rooms', () => {
    expect(sources.filter((source) => roomOf(source.path) === undefined).flatMap(importFaults)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(cycles(sources)).toEqual([]);
  });

  it('keeps every file to the words of its room', () => {
    expect(sources.flatMap(wordFaults)).toEqual([]);
  });
});
