import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../../db/open.ts';
import { e8, parseCsv, phoneText } from './csv.ts';
import { type Installation, endProcess, installation, until } from './installation.ts';
import { type Phone, aPhone, signIn } from './phone.ts';
import { WITHOUT_CANDLES, hasCandles } from './shared-data.ts';
import { writeSpineSettings } from './spine-settings.ts';

/** From a price to a phone, on real candles: everything here is the built program, real processes and a real browser. */
describe.skipIf(!hasCandles)(`the spine (${hasCandles ? 'on real candles' : WITHOUT_CANDLES})`, () => {
  let whole: Installation;
  let killed: Installation;
  let phone: Phone | null = null;

  beforeAll(() => {
    whole = installation('whole');
    killed = installation('killed');
    writeSpineSettings(whole.folder, 'max');
    writeSpineSettings(killed.folder, 'max');
  });
  afterAll(async () => {
    await phone?.close();
    await whole.close();
    await killed.close();
  });

  it('plays a replay to its end without interruption and exits with 0', async () => {
    const answer = await whole.run('run', '--exit-at-end');

    expect(answer.err).toBe('');
    expect(answer.code).toBe(0);
    expect(executions(whole).length).toBeGreaterThan(100);
    expect(whole.processes()).toEqual([]);
  });

  let password = '';
  it('starts in the background, is ready when it says so, and refuses a second start', async () => {
    const started = await killed.run('start');

    expect(started.code).toBe(0);
    password = /shown this once: (\S+)/.exec(started.out + started.err)?.[1] ?? '';
    expect(password.length).toBeGreaterThanOrEqual(20);
    expect(readFileSync(join(killed.folder, 'settings.json'), 'utf8')).not.toContain(password);
    expect(await killed.status()).toMatchObject({ running: true, trader: { kind: 'ready' } });
    const second = await killed.run('start');
    expect(second.code).toBe(73);
    expect(second.out + second.err).toContain(String(pidOf(killed)));
  });

  it('comes back after every kill -9 of the trader and goes on with the next bar', async () => {
    for (let kill = 1; kill <= 3; kill += 1) {
      const before = await until(async () => grown(killed, kill * 25), `trades before kill ${kill}`);
      const { trader } = await killed.status();

      endProcess(trader.pid);

      const after = await until(async () => {
        const status = await killed.status();
        return status.trader.kind === 'ready' && status.trader.pid !== trader.pid ? status : null;
      }, 'the trader to come back');
      expect(after.trader.restarts).toBe(kill);
      expect(executions(killed).slice(0, before)).toEqual(executions(whole).slice(0, before));
    }
  });

  it('ends with the very trades, positions and sums of the uninterrupted run', async () => {
    await until(async () => ((await killed.status()).state === 'CLOSED' ? true : null), 'the end of the replay', 1_800);

    expect(await killed.status()).toMatchObject({ state: 'CLOSED', reason: 'replay ended' });
    expect(executions(killed)).toEqual(executions(whole));
    expect(positions(killed)).toEqual(positions(whole));
    expect(sums(killed)).toEqual(sums(whole));
  });

  it('signs in on a phone and shows the figures that its own CSV adds up to', async () => {
    const { dashboard } = await killed.status();
    phone = await aPhone(dashboard.address);
    await signIn(phone, password);
    const csv = parseCsv(await (await phone.page.request.get(`${dashboard.address}/api/trades.csv`)).text());
    expect(csv).toHaveLength(executions(whole).length);

    for (const currency of ['INR', 'USDT']) {
      const rows = csv.filter((row) => row['currency'] === currency);
      const lastDay = marketDay(killed, currency);
      const today = rows.filter((row) => row['day'] === lastDay);
      const realised = today.reduce((sum, row) => sum + e8(row['gross'] ?? '') - e8(row['fee'] ?? ''), 0n);
      const section = phone.page.getByRole('region', { name: new RegExp(`Today in ${currency}`) });
      await section.waitFor();
      const text = (await section.innerText()).replaceAll(/[\u00a0\u202f\u2009]/g, ' ');
      expect(text).toContain(`Realised ${phoneText(realised, currency)}`);
      expect(text.replaceAll('\n', ' ')).toMatch(new RegExp(`Trades ${today.length} `));
    }
    expect(await phone.text()).toContain('replay ended');
    expect(await phone.text()).toContain('no data');
  });

  it('lists every trade and the net of all of them', async () => {
    if (phone === null) throw new Error('nobody signed in');
    const csv = parseCsv(await (await phone.page.request.get(`${(await killed.status()).dashboard.address}/api/trades.csv`)).text());
    await phone.open('/trades');
    await phone.page.getByText(`${csv.length} trades`).waitFor();

    const text = await phone.text();

    for (const currency of ['INR', 'USDT']) {
      const net = csv.filter((row) => row['currency'] === currency).reduce((sum, row) => sum + e8(row['net'] ?? ''), 0n);
      expect(text).toContain(phoneText(net, currency));
    }
  });

  it('shows positions, logs and settings, and no page complains', async () => {
    if (phone === null) throw new Error('nobody signed in');
    const open = positions(whole).filter((row) => row['quantity'] !== 0n);
    await phone.open('/positions');
    for (const row of open) await phone.page.getByText(String(row['instrument']).split(':')[1] ?? '').first().waitFor();
    await phone.open('/logs');
    await phone.page.getByText('feed is over').last().waitFor();
    await phone.open('/settings');
    await phone.page.getByText('Asia/Kolkata').first().waitFor();
    expect(await phone.text()).not.toContain('$2b$');
    expect(phone.complaints).toEqual([]);
  });

  it('shows the same positions after the trader was killed once more', async () => {
    if (phone === null) throw new Error('nobody signed in');
    const before = positions(killed);
    const { trader } = await killed.status();

    endProcess(trader.pid);
    await until(async () => {
      const status = await killed.status();
      return status.state === 'CLOSED' && status.trader.pid !== trader.pid ? true : null;
    }, 'the trader to come back');

    expect(positions(killed)).toEqual(before);
    expect(executions(killed)).toEqual(executions(whole));
  });

  it('stops cleanly and leaves no process behind', async () => {
    const stopped = await killed.run('stop');

    expect(stopped.code).toBe(0);
    expect((await killed.run('status')).code).toBe(3);
    expect(killed.processes()).toEqual([]);
    expect(openEntries(killed)).toBe(0);
  });
});

type Row = Readonly<Record<string, unknown>>;

function query(of: Installation, sql: string): readonly Row[] {
  const db = openReader(join(of.dataDir, 'trades.db'));
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

/** Every execution but for when the machine recorded it and which run wrote it. */
const executions = (of: Installation): readonly Row[] =>
  query(of, 'SELECT id, at, day, account, bot, instrument, client_id, venue_fill_id, side, quantity, price, notional_e8, fee_e8, fee_parts, reason, gross_e8, position_after FROM trades ORDER BY id');
const positions = (of: Installation): readonly Row[] => query(of, 'SELECT * FROM positions ORDER BY bot, instrument');
const sums = (of: Installation): readonly Row[] => query(of, 'SELECT * FROM trade_days ORDER BY 1, 2, 3, 4, 5, 6');
const openEntries = (of: Installation): number => query(of, 'SELECT client_id FROM orders WHERE closed_at IS NULL AND reduce_only = 0').length;

function grown(of: Installation, atLeast: number): number | null {
  const count = executions(of).length;
  return count >= atLeast ? count : null;
}

/** The account's last trading day as the CSV writes it. */
function marketDay(of: Installation, currency: string): string {
  const [row] = query(of, `SELECT max(p.day) AS day FROM prices p JOIN instruments i ON i.id = p.instrument WHERE i.quote = '${currency}'`);
  const digits = String(row?.['day']);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

function pidOf(of: Installation): number {
  return (JSON.parse(readFileSync(join(of.dataDir, 'bot-daemon.pid'), 'utf8')) as { pid: number }).pid;
}
