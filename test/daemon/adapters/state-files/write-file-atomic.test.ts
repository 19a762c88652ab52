import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../../../daemon/adapters/state-files/write-file-atomic.ts';
import { temporaryFolders } from '../../../support/temp-folder.ts';

const folder = temporaryFolders();

describe('a file written whole', () => {
  it.each([
    [0o600, 0],
    [0o644, 0o077],
  ])('has the text and the mode %o under the umask %o', (mode, umask) => {
    const path = join(folder(), 'f');
    writeFileSync(path, 'old', { mode: 0o666 });
    const before = process.umask(umask);

    writeFileAtomic(path, 'new ✓', mode);

    process.umask(before);
    expect(readFileSync(path, 'utf8')).toBe('new ✓');
    expect(statSync(path).mode & 0o777).toBe(mode);
  });

  it('is another file, so that who reads the old one reads it whole', () => {
    const path = join(folder(), 'f');
    writeFileSync(path, 'old');
    const { ino } = statSync(path);

    writeFileAtomic(path, 'new', 0o600);

    expect(statSync(path).ino).not.toBe(ino);
  });

  it.skipIf(process.getuid?.() !== 0)('stays its owner’s where root writes it (needs root)', () => {
    const path = join(folder(), 'f');
    writeFileSync(path, 'old');
    chownSync(path, 12_345, 23_456);

    writeFileAtomic(path, 'new', 0o600);

    expect(statSync(path)).toMatchObject({ uid: 12_345, gid: 23_456 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('never follows a link that lies where its draft goes', () => {
    const home = folder();
    writeFileSync(join(home, 'other'), 'untouched');
    symlinkSync('other', join(home, `f.${process.pid}.tmp`));

    writeFileAtomic(join(home, 'f'), 'new', 0o600);

    expect(readFileSync(join(home, 'other'), 'utf8')).toBe('untouched');
    expect(readdirSync(home).sort()).toEqual(['f', 'other']);
  });

  it('leaves the old file and nothing beside it where it fails', () => {
    const home = folder();
    mkdirSync(join(home, 'f', 'inside'), { recursive: true });

    expect(() => writeFileAtomic(join(home, 'f'), 'new', 0o600)).toThrow();

    expect(readdirSync(home)).toEqual(['f']);
  });
});
