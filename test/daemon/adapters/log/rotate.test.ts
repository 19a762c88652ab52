import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rotateIfLarger } from '../../../../daemon/adapters/log/rotate.ts';
import { temporaryFolders } from '../../../support/temp-folder.ts';

const folder = temporaryFolders();

describe('the rotation of the log', () => {
  it('leaves a log that is not too large, or not there', () => {
    const path = join(folder(), 'daemon.log');
    expect(rotateIfLarger(path, 3)).toBe(false);
    writeFileSync(path, 'abc');

    expect(rotateIfLarger(path, 3)).toBe(false);
    expect(existsSync(path)).toBe(true);
  });

  it('moves each one on and lets the oldest go', () => {
    const home = folder();
    const path = join(home, 'daemon.log');
    for (const round of ['one', 'two', 'three', 'four']) {
      writeFileSync(path, round);
      expect(rotateIfLarger(path, 2, 3)).toBe(true);
    }

    expect(readdirSync(home).sort()).toEqual(['daemon.log.1', 'daemon.log.2', 'daemon.log.3']);
    expect([1, 2, 3].map((age) => readFileSync(`${path}.${age}`, 'utf8'))).toEqual(['four', 'three', 'two']);
  });
});
