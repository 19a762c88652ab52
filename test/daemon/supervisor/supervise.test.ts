import { statSync, writeFileSync, appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { alive, endOf, type Ended, fakeProgram, HASH, type Home, type Program } from '../../support/fake-tree.ts';
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

/** The tree in the foreground, ready. */
async function running(args: readonly string[] = []): Promise<{ readonly pid: number; readonly ended: Promise<Ended> }> {
  const child = home.spawn(['run', ...args]);
  const ended = endOf(child);
  await eventually('the tree is ready', () => home.log().includes('"msg":"ready"'));
  return { pid: child.pid ?? 0, ended };
}

async function status(): Promise<Record<string, unknown>> {
  return JSON.parse((await home.run(['status', '--json'])).out) as Record<string, unknown>;
}

const heard = (name: string, kind: string) => home.heard().filter((note) => note.name === name && note.kind === kind);

describe('the supervisor', () => {
  it('starts both children with what they need, and keeps its files private', async () => {
    await running();

    expect(heard('trader', 'started')[0]?.start).toEqual({ settingsPath: home.settings, dataDir: home.data, exitAtEnd: false });
    expect(heard('dashboard', 'started')[0]?.start).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      passwordHash: HASH,
      dataDir: home.data,
      timeZone: 'Asia/Kolkata',
      currency: 'USDT',
    });
    expect(statSync(home.data).mode & 0o777).toBe(0o700);
    for (const file of ['bot-daemon.pid', 'control.sock', 'daemon.log', 'lock.db', 'state/children.json']) {
      expect(statSync(join(home.data, file)).mode & 0o777, file).toBe(0o600);
    }
  });

  it('stops the trader before the dashboard and leaves nothing but its books', async () => {
    const tree = await running();

    process.kill(tree.pid, 'SIGTERM');
    const { code } = await tree.ended;

    expect(code).toBe(0);
    expect(
      home
        .heard()
        .filter(({ kind }) => kind === 'stop' || kind === 'ended')
        .map(({ name, kind }) => `${name} ${kind}`),
    ).toEqual(['trader stop', 'trader ended', 'dashboard stop', 'dashboard ended']);
    expect(existsSync(join(home.data, 'bot-daemon.pid'))).toBe(false);
    expect(existsSync(join(home.data, 'control.sock'))).toBe(false);
    expect([...home.children('trader'), ...home.children('dashboard')].filter(alive)).toEqual([]);
  });

  it('is not broken by a second signal, nor a third', async () => {
    home.plan('trader', { stopMs: 500 });
    const tree = await running();

    process.kill(tree.pid, 'SIGTERM');
    await eventually('the trader heard', () => heard('trader', 'stop').length > 0);
    process.kill(tree.pid, 'SIGTERM');
    process.kill(tree.pid, 'SIGINT');
    const { code } = await tree.ended;

    expect(code).toBe(0);
    expect(heard('trader', 'stop')).toHaveLength(1);
    expect(heard('trader', 'ended')).toHaveLength(1);
  });

  it('signals and then kills a trader that does not listen', async () => {
    home.plan('trader', { deaf: true });
    const tree = await running();
    const [trader = 0] = home.children('trader');

    process.kill(tree.pid, 'SIGTERM');
    const { code } = await tree.ended;

    expect(code).toBe(0);
    expect(heard('trader', 'SIGTERM')).toHaveLength(1);
    expect(alive(trader)).toBe(false);
    expect(home.log()).toContain('"killed":["trader"]');
  });

  it('passes on that orders were left open', async () => {
    home.plan('trader', { stopCode: 75 });
    const tree = await running();

    process.kill(tree.pid, 'SIGINT');

    expect((await tree.ended).code).toBe(75);
  });

  it('starts a killed trader again and tells the dashboard', async () => {
    await running();
    const [first = 0] = home.children('trader');

    process.kill(first, 'SIGKILL');
    await eventually('a second trader', () => home.children('trader').length === 2);

    expect(heard('dashboard', 'trader-down')[0]?.reason).toBe('the trader was ended by SIGKILL');
    const standing = await eventually('it runs again', async () => {
      const found = await status();
      return found['state'] === 'RUNNING' && found;
    });
    expect(standing).toMatchObject({ trader: { restarts: 1 } });
  });

  it('tells a trader that ended by itself in order from one that was asked to', async () => {
    await running();

    process.kill(home.children('trader')[0] ?? 0, 'SIGTERM');
    await eventually('a second trader', () => home.children('trader').length === 2);

    expect(heard('dashboard', 'trader-down')[0]?.reason).toBe('the trader ended without being asked (code 0)');
    expect(home.log()).toContain('ended without being asked (code 0)');
  });

  it('says that it has no word from a frozen trader, and when it has again', async () => {
    await running();
    const [trader = 0] = home.children('trader');

    process.kill(trader, 'SIGSTOP');
    await eventually('the silence is logged', () => home.log().includes('"msg":"no word from the trader"'));

    expect(await status()).toMatchObject({ state: 'DEGRADED', reason: expect.stringMatching(/^no word from the trader for \d+ s$/) });
    process.kill(trader, 'SIGCONT');
    await eventually('it is heard again', () => home.log().includes('"msg":"the trader reports again"'));
    expect(await status()).toMatchObject({ state: 'RUNNING' });
  });

  it('gives up a trader that crashes five times, and the dashboard lives on to say so', async () => {
    home.plan('trader', { crash: true });
    const tree = await running();

    await eventually('it is given up', () => heard('dashboard', 'crash-loop')[0]);

    expect(home.children('trader')).toHaveLength(5);
    expect(heard('dashboard', 'crash-loop')[0]?.reason).toMatch(/^the trader ended with code 9: the last words; 5 crashes in 300 s/);
    expect(await status()).toMatchObject({
      running: true,
      state: 'HALTED',
      reason: expect.stringContaining('the last words'),
      dashboard: { kind: 'ready' },
      trader: { kind: 'given-up' },
    });
    process.kill(tree.pid, 'SIGTERM');
    expect((await tree.ended).code).toBe(0);
  });

  it('tries a trader again that comes back to a ledger somebody else has locked, and trades on when it is free', async () => {
    await running();
    const locked = { code: 'database.locked', message: 'Another process holds it locked.', faults: [], exitCode: 78, passes: true };
    home.plan('trader', { refuse: locked });

    process.kill(home.children('trader')[0] ?? 0, 'SIGKILL');
    await eventually('it is said why', async () => (await status())['reason']?.toString().includes('holds it locked'));
    home.plan('trader', {});

    await eventually('it runs again', async () => (await status())['state'] === 'RUNNING');
    expect(home.children('trader').length).toBeGreaterThan(2);
  });

  it('ends with the refusal of a child, every fault told, nothing left', async () => {
    const faults = [{ path: 'btc.csv:17', found: 'NaN', expected: 'a price', remedy: 'correct the line' }];
    home.plan('trader', { refuse: { code: 'FEED_NO_CANDLES', message: 'There is nothing to play.', faults, exitCode: 78 } });

    const { code, err } = await home.run(['run']);

    expect(code).toBe(78);
    for (const words of ['There is nothing to play.', 'btc.csv:17', 'NaN', 'a price', 'correct the line']) expect(err).toContain(words);
    expect(home.children('trader')).toHaveLength(1);
    expect(home.children('dashboard').filter(alive)).toEqual([]);
    expect(existsSync(join(home.data, 'bot-daemon.pid'))).toBe(false);
  });

  it('ends by itself once a replay is over, where it was asked to', async () => {
    home.plan('trader', { endMs: 100 });

    const { code } = await home.run(['run', '--exit-at-end']);

    expect(code).toBe(0);
    expect(heard('trader', 'started')[0]?.start).toMatchObject({ exitAtEnd: true });
  });

  it('leaves no child behind when it is killed itself', async () => {
    const tree = await running();

    process.kill(tree.pid, 'SIGKILL');
    await tree.ended;

    await eventually('both ended', () => ![...home.children('trader'), ...home.children('dashboard')].some(alive));
    expect(heard('trader', 'disconnect')).toHaveLength(1);
  });

  it('never has two traders on one ledger: what a killed supervisor left behind ends first', async () => {
    home.plan('trader', { deaf: true });
    const tree = await running();
    const [orphan = 0] = home.children('trader');
    process.kill(tree.pid, 'SIGKILL');
    await eventually('the supervisor is gone', () => !alive(tree.pid));
    expect(alive(orphan)).toBe(true);

    home.plan('trader', {});
    home.spawn(['run']);
    await eventually('a second trader', () => home.children('trader').length === 2);

    expect(alive(orphan)).toBe(false);
    expect(home.log()).toContain('children of a killed supervisor ended');
  });

  it('takes over a new password and log level on SIGHUP, and names what waits for a restart', async () => {
    const tree = await running();
    const hash = HASH.replaceAll('a', 'b').replace('$2b$', '$2a$');

    home.writeSettings({ ...soundSettings(), mobile: { port: 0, passwordHash: hash }, log: { level: 'debug' }, name: 'Other' });
    process.kill(tree.pid, 'SIGHUP');
    await eventually('the dashboard heard', () => heard('dashboard', 'password-hash')[0]);

    expect(heard('dashboard', 'password-hash')[0]?.hash).toBe(hash);
    await eventually('the trader heard', () => heard('trader', 'reload')[0]);
    expect(heard('trader', 'reopen-log')).toHaveLength(1);
    expect(home.log()).toContain('"paths":["name"]');
    expect(home.log()).not.toContain(hash);
  });

  it('keeps the old settings where the new file is bad, and says why', async () => {
    const tree = await running();

    appendFileSync(home.settings, 'garbage');
    process.kill(tree.pid, 'SIGHUP');
    await eventually('it is refused', () => home.log().includes('new settings refused, the old ones stay in force'));

    expect(home.log()).toContain('expected the end of the file');
    expect(await status()).toMatchObject({ state: 'RUNNING' });
    expect(heard('dashboard', 'password-hash')).toEqual([]);
  });

  it('clears a dead control socket that stands in its way', async () => {
    const first = await running();
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    expect(existsSync(join(home.data, 'control.sock'))).toBe(true);
    writeFileSync(join(home.data, 'daemon.log'), '');

    await running();

    expect(await status()).toMatchObject({ running: true, state: 'RUNNING' });
  });

  it('refuses a data folder whose path no socket can have', async () => {
    const { code, err } = await home.run(['run', '--data', join(home.folder, 'x'.repeat(100))]);

    expect(code).toBe(1);
    expect(err).toContain('--data');
  });
});
