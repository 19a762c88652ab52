import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireLock } from '../../db/lock.ts';
import { type Bundle, bundle } from '../support/bundle.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolders } from '../support/temp-folder.ts';

const folder = temporaryFolders();
let holder: Bundle;
beforeAll(async () => {
  holder = await bundle({ holder: 'test/db/lock-holder.ts' });
});
afterAll(() => holder.remove());

/** Another process that takes the lock and says how it went. */
async function another(path: string): Promise<{ readonly pid: number; readonly word: string; readonly gone: Promise<unknown> }> {
  const child = spawn(process.execPath, [join(holder.folder, 'holder.mjs'), path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const [word] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return { pid: child.pid ?? 0, word: word.trim(), gone };
}

describe('the lock', () => {
  it('is had by one at a time, and free once it is released', () => {
    const path = join(folder(), 'lock.db');
    const held = acquireLock(path);

    expect(held).not.toBeNull();
    expect(acquireLock(path)).toBeNull();
    held?.release();
    const again = acquireLock(path);
    expect(again).not.toBeNull();
    again?.release();
  });

  it('is refused to another process', async () => {
    const path = join(folder(), 'lock.db');
    const held = acquireLock(path);

    const other = await another(path);

    expect(other.word).toBe('refused');
    await other.gone;
    held?.release();
  });

  it('cannot be robbed from a holder that is frozen, and is free the moment it is killed', async () => {
    const path = join(folder(), 'lock.db');
    const other = await another(path);
    expect(other.word).toBe('held');

    process.kill(other.pid, 'SIGSTOP');
    expect(acquireLock(path)).toBeNull();
    process.kill(other.pid, 'SIGKILL');
    await other.gone;

    const held = await eventually('it is free', () => acquireLock(path));
    held.release();
  });

  it('goes to exactly one of many who start at once', async () => {
    const path = join(folder(), 'lock.db');

    const all = await Promise.all(Array.from({ length: 6 }, () => another(path)));

    expect(all.filter(({ word }) => word === 'held')).toHaveLength(1);
    for (const { pid, word } of all) if (word === 'held') process.kill(pid, 'SIGKILL');
    await Promise.all(all.map(({ gone }) => gone));
  });
});
