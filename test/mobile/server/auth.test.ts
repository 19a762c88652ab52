import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { hashSync } from 'bcryptjs';
import { afterEach, describe, expect, it } from 'vitest';
import { hashPassword, isPasswordHash } from '../../../mobile/server/auth/hash-password.ts';
import { ATTEMPTS, loginThrottle } from '../../../mobile/server/auth/login-throttle.ts';
import { MOST_WAITING, openPasswordCheck } from '../../../mobile/server/auth/password-check.ts';
import { cookiesOf, PASSWORD, PASSWORD_HASH, passwordWorker, serve, type Served } from './support/serve.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('hashPassword', () => {
  it('hashes with cost 12 what it takes', async () => {
    const hash = await hashPassword('twelve signs');
    expect(hash).toMatch(/^\$2[ab]\$12\$/);
    expect(isPasswordHash(hash)).toBe(true);
  });

  it('refuses fewer than 12 characters and more than 72 bytes', async () => {
    await expect(hashPassword('eleven sign')).rejects.toMatchObject({ code: 'password.too-short' });
    await expect(hashPassword('🙂'.repeat(11))).rejects.toMatchObject({ code: 'password.too-short' });
    await expect(hashPassword('a'.repeat(73))).rejects.toMatchObject({ code: 'password.too-long' });
    await expect(hashPassword('₹'.repeat(25))).rejects.toMatchObject({ code: 'password.too-long' });
    expect(isPasswordHash(await hashPassword('₹'.repeat(24)))).toBe(true);
  });
});

describe('signing in', () => {
  let served: Served;
  afterEach(() => served.close());
  const status = async (cookie: string): Promise<number> => (await served.get('/api/home', { cookie })).status;

  it('gives an opaque cookie that no script can read, and stores only its hash', async () => {
    served = await serve();
    const answer = await served.post('/api/login', { password: PASSWORD });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^sid=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const token = /sid=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    const { readFileSync } = await import('node:fs');
    const stored = readFileSync(`${served.folder}/mobile.db-wal`).toString('latin1');
    expect(stored).not.toContain(token);
    expect(stored).toContain(createHash('sha256').update(token).digest('base64url'));
  });

  it('keeps a browser signed in for thirty days after the last visit where it asks for that', async () => {
    served = await serve();
    const answer = await served.post('/api/login', { password: PASSWORD, keep: true });
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=2592000');
    const cookie = cookiesOf(answer);
    served.clock.now += 29 * DAY;
    const later = await served.get('/api/home', { cookie });
    expect(later.status).toBe(200);
    expect(later.headers.getSetCookie()[0]).toContain('Max-Age=2592000');
    served.clock.now += 29 * DAY;
    expect(await status(cookie)).toBe(200);
    served.clock.now += 30 * DAY;
    expect(await status(cookie)).toBe(401);
  });

  it('else forgets it after twelve idle hours', async () => {
    served = await serve();
    const cookie = await served.signIn();
    served.clock.now += 11 * HOUR;
    expect(await status(cookie)).toBe(200);
    served.clock.now += 12 * HOUR - 1;
    expect(await status(cookie)).toBe(200);
    served.clock.now += 12 * HOUR;
    expect(await status(cookie)).toBe(401);
  });

  it('holds over a restart, unless the password was changed meanwhile', async () => {
    served = await serve();
    const cookie = await served.signIn(true);
    await served.dashboard.close();
    const second = await serve({ dataDir: served.folder });
    expect((await second.get('/api/home', { cookie })).status).toBe(200);
    await second.close();
    const third = await serve({ dataDir: served.folder, passwordHash: hashSync('another password', 4) });
    expect((await third.get('/api/home', { cookie })).status).toBe(401);
    await third.close();
    served = await serve();
  });

  it('ends every session when the password changes', async () => {
    served = await serve();
    const cookies = [await served.signIn(), await served.signIn(true)];
    const newHash = hashSync('another password', 4);
    served.dashboard.setPasswordHash(newHash);
    for (const cookie of cookies) expect(await status(cookie)).toBe(401);
    expect((await served.post('/api/login', { password: PASSWORD })).status).toBe(401);
    expect((await served.post('/api/login', { password: 'another password' })).status).toBe(204);
    await served.dashboard.close();
    const restarted = await serve({ dataDir: served.folder, passwordHash: newHash });
    for (const cookie of cookies) expect((await restarted.get('/api/home', { cookie })).status).toBe(401);
    await restarted.close();
    served = await serve();
  });

  it('ends one session at sign-out, and has the browser drop what it kept', async () => {
    served = await serve();
    const [mine, other] = [await served.signIn(), await served.signIn()];
    const answer = await served.post('/api/logout', {}, { cookie: mine });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(answer.headers.getSetCookie()[0]).toMatch(/^sid=; .*Max-Age=0/);
    expect(await status(mine)).toBe(401);
    expect(await status(other)).toBe(200);
  });

  it('gives a new session to a browser that already had one, and ends the old', async () => {
    served = await serve();
    const former = await served.signIn();
    const answer = await served.post('/api/login', { password: PASSWORD }, { cookie: former });
    expect(await status(former)).toBe(401);
    expect(await status(cookiesOf(answer))).toBe(200);
  });

  it('tells before signing in nothing but whether one is', async () => {
    served = await serve();
    expect(await (await served.get('/api/session')).json()).toEqual({ signedIn: false });
    expect(await (await served.get('/api/session', { cookie: await served.signIn() })).json()).toEqual({ signedIn: true });
  });

  it('refuses a wrong, an empty, a cut and a malformed password', async () => {
    served = await serve();
    const tries: [unknown, number, string][] = [
      [{ password: 'wrong' }, 401, 'auth.wrong-password'],
      [{ password: '' }, 401, 'auth.wrong-password'],
      [{ password: 'a'.repeat(73) }, 400, 'password.too-long'],
      [{ password: 7 }, 400, 'body.invalid'],
      [{ password: PASSWORD, keep: 'yes' }, 400, 'body.invalid'],
      [[PASSWORD], 400, 'body.invalid'],
      [null, 400, 'body.invalid'],
    ];
    for (const [body, expected, code] of tries) {
      const answer = await served.post('/api/login', body);
      expect([body, answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([body, expected, code]);
    }
  });

  it('refuses the sixth attempt before it is hashed, but lets the owner’s device in', async () => {
    served = await serve({ trustedProxies: ['127.0.0.1'] });
    const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
    const owner = cookiesOf(await served.post('/api/login', { password: PASSWORD }, from('198.51.100.1')));
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await served.post('/api/login', { password: 'wrong' }, from('198.51.100.1'))).status).toBe(401);
    }
    const sixth = await served.post('/api/login', { password: PASSWORD }, from('198.51.100.1'));
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBe(60);

    // A forged hop further left does not give another bucket; the owner's device has its own.
    expect((await served.post('/api/login', { password: PASSWORD }, from('203.0.113.9, 198.51.100.1'))).status).toBe(429);
    expect((await served.post('/api/login', { password: PASSWORD }, { ...from('198.51.100.1'), cookie: owner })).status).toBe(204);
    served.clock.now += 61_000;
    expect((await served.post('/api/login', { password: PASSWORD }, from('198.51.100.1'))).status).toBe(204);
  });
});

describe('the throttle', () => {
  const stranger = (address: string) => ({ address, device: null });

  it('doubles the wait up to fifteen minutes', () => {
    const throttle = loginThrottle();
    let now = 0;
    const waits: number[] = [];
    for (let block = 0; block < 6; block += 1) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) expect(throttle.admit(stranger('a'), now)).toBeNull();
      const wait = throttle.admit(stranger('a'), now) ?? 0;
      waits.push(wait);
      now += wait * 1000;
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
  });

  it('admits thirty strangers a minute in all, and a known device beside them', () => {
    const throttle = loginThrottle();
    for (let each = 0; each < 30; each += 1) expect(throttle.admit(stranger(`10.0.0.${each}`), 0)).toBeNull();
    expect(throttle.admit(stranger('10.0.1.1'), 1000)).toBe(59);
    expect(throttle.admit({ address: '10.0.1.1', device: 'known' }, 1000)).toBeNull();
    expect(throttle.admit(stranger('10.0.1.1'), 60_000)).toBeNull();
  });

  it('counts all addresses of one IPv6 network together', () => {
    const throttle = loginThrottle();
    for (let each = 1; each <= ATTEMPTS; each += 1) expect(throttle.admit(stranger(`2001:db8:1:2::${each}`), 0)).toBeNull();
    expect(throttle.admit(stranger('2001:db8:1:2:ffff::9'), 0)).toBe(60);
    expect(throttle.admit(stranger('2001:db8:1:3::1'), 0)).toBeNull();
  });
});

describe('the password thread', () => {
  it('checks one at a time, lets ten wait, and turns the rest away', async () => {
    const check = openPasswordCheck(await passwordWorker());
    const asked = Array.from({ length: MOST_WAITING + 3 }, () => check.fits(PASSWORD, PASSWORD_HASH));
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === true)).toHaveLength(MOST_WAITING + 1);
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(2);
    await check.close();
  });

  it('leaves the loop free while it works', async () => {
    const check = openPasswordCheck(await passwordWorker());
    const hash = hashSync(PASSWORD, 12);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    expect(await Promise.all([check.fits(PASSWORD, hash), check.fits('wrong', hash)])).toEqual([true, false]);
    delay.disable();
    // On the loop each of the two would hold it for about 400 ms; half of that leaves room for a busy machine.
    expect(delay.max / 1e6).toBeLessThan(200);
    await check.close();
  });

  it('fails those who wait when it dies, and starts again for the next', async () => {
    const dying = openPasswordCheck(new URL('data:text/javascript,setTimeout(()=>process.exit(1),50)'));
    await expect(dying.fits(PASSWORD, PASSWORD_HASH)).rejects.toThrow('password thread ended');
    await expect(dying.fits(PASSWORD, PASSWORD_HASH)).rejects.toThrow('password thread ended');
    await dying.close();
  });
});
