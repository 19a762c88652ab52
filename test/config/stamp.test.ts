import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stampOf } from '../../.config/stamp.mjs';

let root = '';
const stamp = () => stampOf(`${root}/`, ['daemon', 'package.json', 'not-there']);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stamp-'));
  await mkdir(join(root, 'daemon/core'), { recursive: true });
  await writeFile(join(root, 'daemon/core/a.ts'), 'one');
  await writeFile(join(root, 'package.json'), '{}');
});

afterEach(() => rm(root, { recursive: true }));

describe('the stamp of a build', () => {
  it('stays the same while nothing changes, whatever the times of the files say', async () => {
    const before = await stamp();

    await utimes(join(root, 'daemon/core/a.ts'), 0, 0);

    expect(await stamp()).toBe(before);
  });

  it.each([
    ['a file deep inside changes', () => writeFile(join(root, 'daemon/core/a.ts'), 'two')],
    ['a named file changes', () => writeFile(join(root, 'package.json'), '{"a":1}')],
    ['a file is added', () => writeFile(join(root, 'daemon/b.ts'), '')],
    ['a file is removed', () => rm(join(root, 'daemon/core/a.ts'))],
    ['a file is renamed', () => rename(join(root, 'daemon/core/a.ts'), join(root, 'daemon/core/c.ts'))],
    ['a named file that was not there appears', () => writeFile(join(root, 'not-there'), '')],
  ])('changes when %s', async (_, change) => {
    const before = await stamp();

    await change();

    expect(await stamp()).not.toBe(before);
  });
});
