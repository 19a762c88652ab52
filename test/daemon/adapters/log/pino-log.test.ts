import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../../../daemon/adapters/log/pino-log.ts';
import { temporaryFolders } from '../../../support/temp-folder.ts';

const folder = temporaryFolders();
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('is one JSON a line: level by name, time in ISO, process, facts and message', () => {
    const path = join(folder(), 'new', 'daemon.log');

    openLog({ path, name: 'trader', level: 'info' }).info({ price: '1.50' }, 'order filled');

    expect(linesOf(path)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        pid: process.pid,
        name: 'trader',
        price: '1.50',
        msg: 'order filled',
      },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('hides secrets, also inside of fields', () => {
    const path = join(folder(), 'daemon.log');
    const log = openLog({ path, name: 'trader', level: 'info' });

    for (const key of ['password', 'passwordHash', 'token', 'apiKey', 'apiSecret', 'secret', 'authorization', 'cookie']) {
      log.info({ [key]: 'CANARY', inside: { [key]: 'CANARY', deeper: { [key]: 'CANARY' } } }, 'x');
      log.child({ [key]: 'CANARY' }).warn({}, 'x');
    }

    expect(readFileSync(path, 'utf8')).not.toContain('CANARY');
  });

  it('keeps an error with its cause', () => {
    const path = join(folder(), 'daemon.log');

    openLog({ path, name: 'trader', level: 'info' }).error({ error: new Error('outer', { cause: new Error('inner') }) }, 'x');

    expect(linesOf(path)[0]?.['error']).toMatch(/outer[^]*caused by[^]*inner/);
  });

  it('keeps what is at least as severe as its level, which may change', () => {
    const path = join(folder(), 'daemon.log');
    const log = openLog({ path, name: 'trader', level: 'warn' });

    log.info({}, 'one');
    log.setLevel('debug');
    log.debug({}, 'two');
    log.child({}).debug({}, 'three');

    expect(linesOf(path).map(({ msg }) => msg)).toEqual(['two', 'three']);
  });

  it('goes on in a new file once it is opened anew, and loses nothing on the way', () => {
    const path = join(folder(), 'daemon.log');
    const log = openLog({ path, name: 'trader', level: 'info' });
    log.info({}, 'one');

    renameSync(path, `${path}.1`);
    log.info({}, 'two');
    log.reopen();
    log.info({}, 'three');

    expect(linesOf(`${path}.1`).map(({ msg }) => msg)).toEqual(['one', 'two']);
    expect(linesOf(path).map(({ msg }) => msg)).toEqual(['three']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is added to, never begun anew', () => {
    const path = join(folder(), 'daemon.log');

    openLog({ path, name: 'trader', level: 'info' }).info({}, 'one');
    openLog({ path, name: 'supervisor', level: 'info' }).info({}, 'two');

    expect(linesOf(path).map(({ name, msg }) => [name, msg])).toEqual([
      ['trader', 'one'],
      ['supervisor', 'two'],
    ]);
  });
});
