import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { alive, fakeProgram, type Home, type Program } from '../../support/fake-tree.ts';
import { soundSettings } from '../../support/sound-settings.ts';

let program: Program;
let home: Home;
beforeAll(async () => {
  program = await fakeProgram();
});
afterAll(() => program.remove());
beforeEach(() => {
  home = program.home();
});
afterEach(() => home.close());

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('bot-daemon', () => {
  it('knows its version and its verbs', async () => {
    expect(await home.run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(await home.run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('passwd') });
    expect(await home.run(['config', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('check') });
  });

  it.each([
    [['frobnicate']],
    [['status', '--frobnicate']],
    [['logs', '--lines', 'many']],
    [['logs', '--level', 'loud']],
    [['config', 'burn']],
  ])('exits 64 for the wrong usage %j', async (args) => {
    expect(await home.run(args)).toMatchObject({ code: 64, err: expect.stringMatching(/\S/) });
  });

  it.each([
    [['frobnicate', '--json'], /frobnicate/],
    [['--json'], /verb is missing/],
    [['passwd', '--generate', '--stdin', '--json'], /--stdin/],
    [['logs', '--lines', 'many', '--json'], /--lines many/],
  ])('tells a script of the wrong usage %j', async (args, words) => {
    const { code, out, err } = await home.run(args);

    expect({ code, err }).toEqual({ code: 64, err: '' });
    expect(json(out)).toMatchObject({
      ok: false,
      error: { code: 'USAGE', message: expect.stringMatching(words), remedy: expect.stringContaining('--help') },
    });
  });

  it.each([['status'], ['stop'], ['logs'], ['restart']])('%s of settings that are not there asks no other daemon', async (verb) => {
    await home.run(['start']);
    const missing = join(home.folder, 'missing.json');

    expect(await home.run([verb, '--settings', missing])).toMatchObject({ code: 78, out: '', err: expect.stringContaining(missing) });
    expect(await home.run([verb], { env: { BOT_DAEMON_SETTINGS: missing } })).toMatchObject({ code: 78 });
    expect(alive(home.pid())).toBe(true);
  });

  it('asks the daemon of a data folder that is named, whatever became of its settings', async () => {
    await home.run(['start']);
    const missing = join(home.folder, 'missing.json');

    expect(await home.run(['stop', '--settings', missing, '--data', home.data])).toMatchObject({ code: 0, out: expect.stringContaining('has stopped') });
  });

  it('takes the common options before the verb and after it', async () => {
    const elsewhere = join(home.folder, 'elsewhere');

    for (const args of [
      ['--json', '--data', elsewhere, 'status'],
      ['status', '--data', elsewhere, '--json'],
    ]) {
      expect(json((await home.run(args)).out)).toEqual({ running: false, stalePid: null, dataDir: elsewhere });
    }
  });
});

describe('start, status and stop', () => {
  it('start returns once the tree is ready; a second start names the PID; stop leaves nothing', async () => {
    const started = await home.run(['start', '--json']);
    const { pid } = json(started.out) as { pid: number };

    expect(started).toMatchObject({ code: 0, err: '' });
    expect(json(started.out)).toMatchObject({ ok: true, address: 'http://127.0.0.1:1', mode: 'paper' });
    expect(pid).toBe(home.pid());
    expect(await home.run(['start'])).toMatchObject({ code: 73, err: expect.stringContaining(`PID ${pid}`) });
    expect(await home.run(['run'])).toMatchObject({ code: 73, err: expect.stringContaining(`PID ${pid}`) });
    expect(await home.run(['status'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/RUNNING[^]*SIMULATED[^]*Open positions +2[^]*http:\/\/127\.0\.0\.1:1/),
    });

    expect(await home.run(['stop'])).toMatchObject({ code: 0, out: expect.stringContaining(`PID ${pid}`) });

    expect(alive(pid)).toBe(false);
    expect(await home.run(['status'])).toMatchObject({ code: 3 });
    expect(await home.run(['stop', '--json'])).toMatchObject({ code: 0, out: '{"ok":true,"stopped":false}\n' });
  });

  it('status tells market time in the zone of the settings', async () => {
    await home.run(['start']);

    expect((await home.run(['status'])).out).toMatch(/^Market time +1970-01-01 05:30:00 Asia\/Kolkata$/m);
    expect(json((await home.run(['status', '--json'])).out)).toMatchObject({ marketAt: 0, timeZone: 'Asia/Kolkata' });
  });

  it.each([
    [{}, 0, 'stopped (PID #). 1 protective order stays with the paper venue, 2 positions stay open.\n'],
    [{ openOrders: 2, openPositions: 1 }, 0, 'stopped (PID #). 2 protective orders stay with the paper venue, 1 position stays open.\n'],
    [{ openOrders: 2, openPositions: 0 }, 75, 'stopped (PID #). 2 orders stay with the paper venue.\n'],
    [{ openOrders: 0, openPositions: 0 }, 0, 'stopped (PID #).\n'],
  ])('stop tells what stays, by the last word of the trader: %j, code %i', async (lastReport, stopCode, words) => {
    home.plan('trader', { lastReport, stopCode });
    await home.run(['start']);
    const pid = home.pid();

    expect(await home.run(['stop'])).toMatchObject({ code: 0, out: `bot-daemon has ${words.replace('#', String(pid))}` });
  });

  it('stop tells a script what stays', async () => {
    await home.run(['start']);

    expect(json((await home.run(['stop', '--json'])).out)).toMatchObject({
      ...{ ok: true, stopped: true },
      left: { openOrders: 1, openPositions: 2, mode: 'paper', unproved: false },
    });
  });

  it('of many starts at once exactly one runs', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => home.run(['start'])));

    expect(all.map(({ code }) => code).sort()).toEqual([0, 73, 73, 73, 73]);
    expect(home.children('trader')).toHaveLength(1);
  });

  it('status says of a stale PID file that it is stale, and start clears it', async () => {
    await home.run(['start']);
    const pid = home.pid();
    process.kill(pid, 'SIGKILL');
    await eventually('it is gone', () => !alive(pid));

    expect(await home.run(['status'])).toMatchObject({ code: 3, out: expect.stringMatching(new RegExp(`stale.*${pid}`)) });
    expect(await home.run(['start'])).toMatchObject({ code: 0 });
  });

  it('stop never signals a stranger who got the number of a dead daemon', async () => {
    await home.run(['start']);
    const pid = home.pid();
    process.kill(pid, 'SIGKILL');
    await eventually('it is gone', () => !alive(pid));
    const stranger = home.spawn(['logs', '-f']);
    writeFileSync(join(home.data, 'bot-daemon.pid'), JSON.stringify({ pid: stranger.pid, startTime: '1', bootId: 'x' }));

    expect(await home.run(['stop'])).toMatchObject({ code: 0, out: expect.stringContaining('not running') });
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it('start gives the exit code, the sentence and the faults of a child that refuses', async () => {
    const faults = [{ path: 'mobile.port', found: 8420, expected: 'a free port', remedy: 'choose another' }];
    home.plan('dashboard', { refuse: { code: 'PORT_TAKEN', message: 'The port is taken.', faults, exitCode: 1 } });

    const { code, err } = await home.run(['start']);

    expect(code).toBe(1);
    expect(err).toMatch(/The port is taken\.[^]*mobile\.port[^]*8420[^]*a free port[^]*choose another/);
    expect(await home.run(['status'])).toMatchObject({ code: 3 });
  });

  it('restart with a bad file stops nothing', async () => {
    await home.run(['start']);
    const pid = home.pid();
    home.writeSettings({ ...soundSettings(), nonsense: 1 });

    expect(await home.run(['restart'])).toMatchObject({ code: 78, err: expect.stringContaining('nonsense') });
    expect(alive(pid)).toBe(true);
  });

  it('restart is another process on the same books', async () => {
    await home.run(['start']);
    const pid = home.pid();

    expect(await home.run(['restart', '--json'])).toMatchObject({ code: 0 });
    expect(home.pid()).not.toBe(pid);
    expect(alive(pid)).toBe(false);
  });

  it('status tells a daemon that does not answer', async () => {
    await home.run(['start']);
    process.kill(home.pid(), 'SIGSTOP');

    expect(await home.run(['status', '--json'])).toMatchObject({ code: 0, out: expect.stringContaining('stuck or frozen') });
    process.kill(home.pid(), 'SIGCONT');
  });
});

describe('a data folder that cannot be used', () => {
  it('is told in one sentence with a remedy', async () => {
    const file = join(home.folder, 'file');
    writeFileSync(file, '');

    for (const verb of ['start', 'run']) {
      expect(await home.run([verb, '--data', join(file, 'data')])).toMatchObject({
        code: 1,
        err: expect.stringMatching(/cannot be used[^]*remedy/),
      });
    }
  });
});
