import { existsSync, readFileSync, statSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareSync } from 'bcryptjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { fakeProgram, HASH, type Home, type Program } from '../../support/fake-tree.ts';
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
const passwordHash = () => (JSON.parse(readFileSync(home.settings, 'utf8')) as { mobile: { passwordHash?: string } }).mobile.passwordHash;

describe('a first run', () => {
  it('makes a private settings file and a password that is shown once and kept nowhere', async () => {
    rmSync(home.settings);

    const { code, out } = await home.run(['start']);
    const password = /shown this once: (\S+)/.exec(out)?.[1] ?? '';

    expect(code).toBe(0);
    expect(password.length).toBeGreaterThanOrEqual(20);
    expect(statSync(home.settings).mode & 0o777).toBe(0o600);
    expect(compareSync(password, passwordHash() ?? '')).toBe(true);
    expect(readFileSync(home.settings, 'utf8') + home.log()).not.toContain(password);
    expect((await home.run(['restart'])).out).not.toContain('shown this once');
  });

  it('gives a file without a password one, and changes nothing else in it', async () => {
    home.writeSettings(soundSettings());

    const { out } = await home.run(['start']);

    expect(out).toContain('shown this once');
    expect(JSON.parse(readFileSync(home.settings, 'utf8'))).toEqual({
      ...soundSettings(),
      mobile: { ...soundSettings().mobile, passwordHash: passwordHash() },
    });
  });

  it('makes none where the environment gives the hash', async () => {
    home.writeSettings(soundSettings());

    const { code, out } = await home.run(['start'], { env: { BOT_DAEMON_PASSWORD_HASH: HASH } });

    expect(code).toBe(0);
    expect(out).not.toContain('shown this once');
    expect(passwordHash()).toBeUndefined();
  });

  it('makes the file private where no password has to be put into it', async () => {
    rmSync(home.settings);

    expect(await home.run(['start'], { env: { BOT_DAEMON_PASSWORD_HASH: HASH } })).toMatchObject({ code: 0 });

    expect(statSync(home.settings).mode & 0o777).toBe(0o600);
    expect(passwordHash()).toBeUndefined();
  });

  it('does not make up a file that was named and is not there', async () => {
    const missing = join(home.folder, 'missing.json');

    expect(await home.run(['start', '--settings', missing])).toMatchObject({ code: 78, err: expect.stringContaining(missing) });
    expect(existsSync(missing)).toBe(false);
  });
});

describe('config', () => {
  it('check and start name every fault and exit 78', async () => {
    home.writeSettings({ ...soundSettings(), nmae: 'x', risk: { maxPositionPct: 'ten' }, mobile: { password: 'CANARY' } });

    for (const verb of [['config', 'check'], ['start'], ['run']]) {
      const { code, err } = await home.run(verb);

      expect(code).toBe(78);
      expect(err).toMatch(/3 faults[^]*risk\.maxPositionPct\n +found +"ten"\n +expected +a percentage above 0, at most 100, not text\n +remedy +\S/);
      expect(err).not.toContain('CANARY');
    }
    expect(existsSync(home.data)).toBe(false);
  });

  it('check speaks JSON', async () => {
    expect(json((await home.run(['config', 'check', '--json'])).out)).toMatchObject({ ok: true, bots: 2 });
    home.writeSettings({ ...soundSettings(), nmae: 'x' });

    expect(json((await home.run(['config', 'check', '--json'])).out)).toMatchObject({
      ok: false,
      error: { code: 'SETTINGS_REFUSED', exitCode: 78, faults: [{ path: 'nmae' }] },
    });
  });

  it('check reads the candle files of a replay: one that is not there, one of another timeframe', async () => {
    const replay = (path: string) => ({
      ...{ ...soundSettings(), bots: [soundSettings().bots[0]], accounts: [soundSettings().accounts[0]] },
      feed: { kind: 'replay', files: [{ instrument: 'SIM:BTCUSDT', timeframe: '1m', path }] },
    });
    const candles = (step: number) =>
      `timestamp_ms,open,high,low,close,volume\n${Array.from({ length: 9 }, (_, at) => `${at * step},1,1,1,1,1\n`).join('')}`;
    writeFileSync(join(home.folder, '1m.csv'), candles(60_000));
    writeFileSync(join(home.folder, '1h.csv'), candles(3_600_000));

    home.writeSettings(replay('none.csv'));
    expect(await home.run(['config', 'check'])).toMatchObject({
      code: 78,
      err: expect.stringMatching(/none\.csv\n +found +no such file\n[^]*remedy +correct feed\.files/),
    });
    home.writeSettings(replay('1h.csv'));
    expect(await home.run(['config', 'check'])).toMatchObject({ code: 78, err: expect.stringMatching(/1h\.csv\n +found +rows 1h apart\n +expected +rows 1m apart/) });
    home.writeSettings(replay('1m.csv'));
    expect(await home.run(['config', 'check'])).toMatchObject({ code: 0 });
  });

  it('check warns of what is perhaps not meant, and passes', async () => {
    home.writeSettings({ ...soundSettings(), mobile: { host: '0.0.0.0', port: 0 } });

    expect(await home.run(['config', 'check'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Warning: mobile\.host: .*\.$/m) });
    expect(json((await home.run(['config', 'check', '--json'])).out)).toMatchObject({ ok: true, warnings: [expect.stringContaining('mobile.host')] });
  });

  it('show prints what is in force and where it comes from, and no secret', async () => {
    const { code, out } = await home.run(['config', 'show']);

    expect(code).toBe(0);
    expect(out).toMatch(/risk\.maxPositionPct +25 % of capital +\(default\)/);
    expect(out).toMatch(/risk\.maxOpenPositions +10\n/);
    expect(out).not.toContain(HASH);
  });
});

describe('passwd', () => {
  it('keeps the hash of what it reads, and nothing of it besides', async () => {
    const { code, out } = await home.run(['passwd', '--stdin'], { input: 'correct horse battery\nmore\n' });

    expect(code).toBe(0);
    expect(out).not.toContain('correct horse');
    expect(compareSync('correct horse battery', passwordHash() ?? '')).toBe(true);
  });

  it.each([
    ['eleven signs', 'short enoug', /12 characters/],
    ['nothing', '', /12 characters/],
    ['73 bytes', 'é'.repeat(36) + 'x', /72 bytes/],
  ])('refuses %s', async (_, input, words) => {
    const result = await home.run(['passwd', '--stdin'], { input: `${input}\n` });

    expect(result).toMatchObject({ code: 1, err: expect.stringMatching(words) });
    expect(passwordHash()).toBe(HASH);
  });

  it('makes one on request, which a running daemon takes over', async () => {
    await home.run(['start']);

    const { out } = await home.run(['passwd', '--generate', '--json']);
    const { password, takenOver } = json(out) as { password: string; takenOver: boolean };

    expect(takenOver).toBe(true);
    expect(compareSync(password, passwordHash() ?? '')).toBe(true);
    await eventually('the dashboard heard', () =>
      home.heard().find(({ kind, hash }) => kind === 'password-hash' && hash === passwordHash()),
    );
  });

  it('does not read and make one at once', async () => {
    expect(await home.run(['passwd', '--generate', '--stdin'], { input: 'correct horse battery\n' })).toMatchObject({ code: 64 });
    expect(passwordHash()).toBe(HASH);
  });

  it('never waits for an answer where there is no terminal', async () => {
    expect(await home.run(['passwd'])).toMatchObject({ code: 64, err: expect.stringContaining('--stdin') });
  });

  it('cures a plain password in the file only by its owner’s hand', async () => {
    home.writeSettings({ ...soundSettings(), mobile: { password: 'CANARY' } });

    expect(await home.run(['passwd', '--generate'])).toMatchObject({ code: 78, err: expect.stringContaining('mobile.password') });
  });
});
