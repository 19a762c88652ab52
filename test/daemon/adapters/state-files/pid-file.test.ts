import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processOf, removePidFile, writePidFile } from '../../../../daemon/adapters/state-files/pid-file.ts';
import { identify } from '../../../../daemon/adapters/state-files/process-identity.ts';
import { temporaryFolders } from '../../../support/temp-folder.ts';

const folder = temporaryFolders();

describe('the PID file', () => {
  it('tells that its process runs', () => {
    const path = join(folder(), 'pid');

    writePidFile(path);

    expect(processOf(path)).toEqual({ kind: 'running', pid: process.pid });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('tells that there is none', () => {
    expect(processOf(join(folder(), 'pid'))).toEqual({ kind: 'absent' });
  });

  it.each([
    ['its number is a stranger’s by now', { startTime: '1' }],
    ['the machine was started anew', { bootId: 'another' }],
  ])('is stale where %s', (_, change) => {
    const path = join(folder(), 'pid');
    writeFileSync(path, JSON.stringify({ ...identify(process.pid), ...change }));

    expect(processOf(path)).toEqual({ kind: 'stale', pid: process.pid });
  });

  it('is stale once its process has ended', async () => {
    const path = join(folder(), 'pid');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    writePidFile(path, child.pid);
    expect(processOf(path).kind).toBe('running');

    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(processOf(path)).toEqual({ kind: 'stale', pid: child.pid });
  });

  it.each(['', '12', '{"pid":"x"}', '{'])('is stale where it holds %j', (text) => {
    const path = join(folder(), 'pid');
    writeFileSync(path, text);

    expect(processOf(path)).toEqual({ kind: 'stale', pid: null });
  });

  it('is removed by its own process only', () => {
    const path = join(folder(), 'pid');
    writeFileSync(path, JSON.stringify({ ...identify(process.pid), pid: 1 }));
    removePidFile(path);
    expect(existsSync(path)).toBe(true);

    writePidFile(path);
    removePidFile(path);
    expect(existsSync(path)).toBe(false);
  });

  it('reads the start time of a program whose name holds spaces and brackets', async () => {
    const child = spawn(process.execPath, ['-e', 'process.title = "a) b ("; console.log(1); setInterval(() => {}, 1000)']);
    await once(child.stdout, 'data');
    const stat = readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8');

    expect(identify(child.pid ?? 0)?.startTime).toBe(/^.*\) (?:\S+ ){19}(\S+)/.exec(stat)?.[1]);
    child.kill('SIGKILL');
  });
});
