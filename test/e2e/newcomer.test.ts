import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../../db/open.ts';
import { type Answer, endProcess, until, verb } from './installation.ts';
import { type Phone, aPhone, signIn } from './phone.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/bot-daemon.js', import.meta.url));

/** What `npm start` does after the build, in an empty folder: nothing is configured, nothing is asked. */
describe('a newcomer', () => {
  let folder = '';
  let daemon: ChildProcess | null = null;
  let phone: Phone | null = null;
  let said = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-newcomer-'));
    // The example's port may be taken on the machine that tests: everything else of it is as it comes.
    const example = readFileSync(fileURLToPath(new URL('../../settings.example.json', import.meta.url)), 'utf8');
    writeFileSync(join(folder, 'settings.json'), example.replace('"port": 8420', '"port": 0'), { mode: 0o600 });
    daemon = spawn(process.execPath, [PROGRAM, 'run'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [daemon.stdout, daemon.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => (said.includes('Ready: ') ? true : null), 'the daemon to be ready');
  });
  afterAll(async () => {
    await phone?.close();
    if (daemon?.pid !== undefined && daemon.exitCode === null) endProcess(daemon.pid);
    rmSync(folder, { recursive: true, force: true });
  });

  const address = (): string => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
  const password = (): string => /shown this once: (\S+)/.exec(said)?.[1] ?? '';

  it('is told an address and a password, once, and only its hash is kept, privately', () => {
    expect(address()).not.toBe('');
    expect(password().length).toBeGreaterThanOrEqual(20);
    const kept = readFileSync(join(folder, 'settings.json'), 'utf8');
    expect(kept).not.toContain(password());
    expect(kept).toContain('$2b$12$');
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'data', 'trades.db')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'data', 'daemon.log'), 'utf8')).not.toContain(password());
  });

  it('sees trades before long, all of them marked as simulated', async () => {
    const trades = await until(() => rows(folder, 'SELECT simulated, mode FROM trades', 1), 'the first trade', 200);

    expect(trades.every((row) => row['simulated'] === 1n && row['mode'] === 'paper')).toBe(true);
  });

  it('reads SIMULATED on every view', async () => {
    phone = await aPhone(address());
    await signIn(phone, password());
    for (const path of ['/', '/positions', '/trades', '/logs', '/settings']) {
      await phone.open(path);
      await phone.page.getByText('SIMULATED').first().waitFor();
      const wide = await phone.page.evaluate('document.documentElement.scrollWidth');
      expect(wide, path).toBeLessThanOrEqual(390);
    }
    expect(phone.complaints).toEqual([]);
  });

  it('sees a new trade arrive without a reload', async () => {
    if (phone === null) throw new Error('nobody signed in');
    await phone.open('/trades');
    const count = async (): Promise<number> => Number(/(\d+) trades/.exec(await (phone as Phone).text())?.[1] ?? '0');
    const before = await until(async () => ((await count()) > 0 ? count() : null), 'the list of trades');
    await phone.page.evaluate('globalThis.stillHere = true');

    await until(async () => ((await count()) > before ? true : null), 'one more trade', 1_200);

    expect(await phone.page.evaluate('globalThis.stillHere')).toBe(true);
  });

  it('ends everything with one Ctrl-C', async () => {
    if (daemon === null) throw new Error('no daemon');
    const ended = new Promise<number | null>((done) => daemon?.once('exit', done));

    daemon.kill('SIGINT');
    daemon.kill('SIGINT');

    expect(await ended).toBe(0);
    expect((await verb(['status'], { cwd: folder })).code).toBe(3);
    expect(rows(folder, "SELECT client_id FROM orders WHERE closed_at IS NULL AND reduce_only = 0", 0)).toEqual([]);
    expect(rows(folder, 'SELECT state FROM heartbeat', 1)).toEqual([{ state: 'STOPPED' }]);
  });
});

describe('bad input', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-bad-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const replayOf = (csv: string): Promise<Answer> => {
    writeFileSync(join(folder, 'candles.csv'), csv);
    const settings = {
      feed: { kind: 'replay', speed: 'max', files: [{ instrument: 'X:COIN', timeframe: '1m', path: 'candles.csv' }] },
      instruments: [{ id: 'X:COIN', base: 'COIN', quote: 'USDT', priceDecimals: 2, quantityDecimals: 5 }],
      accounts: [{ id: 'paper', venue: 'paper', mode: 'paper', capital: '1000' }],
      bots: [{ id: 'b', strategy: 'ema-cross', account: 'paper', instruments: ['X:COIN'], timeframe: '1m', capital: '1000' }],
      mobile: { port: 0, passwordHash: '$2b$12$abcdefghijklmnopqrstuuMZ0K4ZK1Zl6mA6mWc4w0Zl6mA6mWc4w' },
    };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
    return verb(['run', '--exit-at-end'], { cwd: folder });
  };
  const HEADER = 'timestamp_ms,open,high,low,close,volume\n';

  it('counts rows that cannot be trusted, names them with their lines, and trades on the rest', async () => {
    const good = [0, 1, 2, 3].map((n) => `${n * 60_000},100,101,99,100,5`);
    const answer = await replayOf(`${HEADER}${good[0]}\nrubbish\n${good[1]}\n120000,100,99,101,100,5\n${good[2]}\n${good[2]}\n180000,NaN,101,99,100,5\n${good[3]}\n`);

    expect(answer.code).toBe(0);
    const log = readFileSync(join(folder, 'data', 'daemon.log'), 'utf8');
    for (const line of [3, 5, 7, 8]) expect(log).toContain(`candles.csv:${line}`);
    expect(rows(folder, 'SELECT id FROM decisions', 0)).toHaveLength(4);
  });

  it('refuses a file of nothing but faults, with exit 78, naming them', async () => {
    const answer = await replayOf(`${HEADER}a,b,c,d,e,f\n1,2\n`);

    expect(answer.code).toBe(78);
    expect(answer.out + answer.err).toContain('candles.csv:2');
    expect(answer.out + answer.err).not.toMatch(/\bat .*\.js:\d+/);
  });

  it('tells every fault of a settings file at once, with exit 78', async () => {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ risk: { maxOpenPosition: 3, stopLossPct: 'ten' }, bots: [{ id: 'b' }], feeed: {} }));

    const answer = await verb(['run'], { cwd: folder });

    expect(answer.code).toBe(78);
    for (const text of ['risk.maxOpenPosition', 'maxOpenPositions', 'risk.stopLossPct', 'ten', 'feeed', 'bots[0]']) expect(answer.out + answer.err).toContain(text);
  });

  it('says what to do about a data folder that cannot be made', async () => {
    writeFileSync(join(folder, 'in-the-way'), '');

    const answer = await verb(['start', '--data', join(folder, 'in-the-way')], { cwd: folder });

    expect(answer.code).not.toBe(0);
    expect(answer.out + answer.err).not.toMatch(/\bat .*\.js:\d+/);
  });
});

type Row = Readonly<Record<string, unknown>>;

/** Rows of the ledger, or null while there are fewer than asked for. */
function rows(folder: string, sql: string, atLeast: number): readonly Row[] | null;
function rows(folder: string, sql: string, atLeast: 0): readonly Row[];
function rows(folder: string, sql: string, atLeast: number): readonly Row[] | null {
  const db = openReader(join(folder, 'data', 'trades.db'));
  try {
    const found = db.prepare(sql).all() as Row[];
    return found.length >= atLeast ? found : null;
  } finally {
    db.close();
  }
}
