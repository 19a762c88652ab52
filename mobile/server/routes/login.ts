import type { Context } from 'hono';
import { truncates } from 'bcryptjs';
import { randomBytes } from 'node:crypto';
import { cookieName, readCookie, writeCookie } from '../auth/cookie.ts';
import type { LoginThrottle } from '../auth/login-throttle.ts';
import type { PasswordCheck } from '../auth/password-check.ts';
import { KEPT_MS, type Sessions, tokenHash } from '../auth/sessions.ts';
import type { DashboardEnv } from '../environment.ts';
import type { DashboardLog } from '../log.ts';
import { Problem } from '../problem.ts';

/** What signing in needs. */
export interface LoginDeps {
  readonly sessions: Sessions;
  readonly throttle: LoginThrottle;
  readonly check: PasswordCheck;
  readonly passwordHash: () => string;
  readonly devices: { readonly addDevice: (idHash: string, at: number) => void; readonly isDevice: (idHash: string) => boolean };
  readonly log: DashboardLog;
  readonly now: () => number;
}

/**
 * `POST /api/login` with `{"password", "keep"?}`: 204 and the cookies, or 400, 401, 429, 503. Counted before it is hashed;
 * a wrong password and an empty one take the same way and the same time.
 */
export async function login(c: Context<DashboardEnv>, deps: LoginDeps): Promise<Response> {
  const { client, incoming } = c.env;
  const { password, keep } = await readBody(c);
  const device = knownDevice(incoming.headers.cookie, client.https, deps);
  const attempt = { address: client.address, device };
  const wait = deps.throttle.admit(attempt, deps.now());
  if (wait !== null) {
    deps.log.warn({ address: client.address, waitSeconds: wait }, 'sign-in refused: too many attempts');
    throw new Problem('login.too-many', { headers: { 'Retry-After': String(wait) } });
  }
  if (truncates(password)) throw new Problem('password.too-long');
  const hash = deps.passwordHash();
  const fits = await deps.check.fits(password, hash);
  if (fits === 'busy') throw new Problem('login.busy', { headers: { 'Retry-After': '5' } });
  // The password may have been changed while this one was being checked.
  if (!fits || hash !== deps.passwordHash()) {
    deps.log.warn({ address: client.address }, 'sign-in refused: wrong password');
    throw new Problem('auth.wrong-password');
  }
  deps.throttle.succeeded(attempt);
  // A new id at each sign-in: one planted in the browser before gains nothing, and the old one ends.
  const former = c.get('session');
  if (former !== null) deps.sessions.end(former);
  const { token } = deps.sessions.begin(keep, incoming.headers['user-agent'] ?? '');
  setCookies(c, deps, token, keep, device);
  deps.log.info({ address: client.address, keep }, 'signed in');
  return c.body(null, 204);
}

async function readBody(c: Context<DashboardEnv>): Promise<{ readonly password: string; readonly keep: boolean }> {
  // A form of another site cannot send this type without asking first.
  if (c.env.incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') throw new Problem('body.invalid');
  let body: unknown;
  try {
    body = await c.req.json();
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('body.invalid');
  }
  if (typeof body !== 'object' || body === null || !('password' in body) || typeof body.password !== 'string') throw new Problem('body.invalid');
  const keep = 'keep' in body ? body.keep : false;
  if (typeof keep !== 'boolean') throw new Problem('body.invalid');
  return { password: body.password, keep };
}

function knownDevice(cookies: string | undefined, https: boolean, deps: LoginDeps): string | null {
  const value = readCookie(cookies, cookieName('device', https));
  const hash = value === null ? null : tokenHash(value);
  return hash !== null && deps.devices.isDevice(hash) ? hash : null;
}

function setCookies(c: Context<DashboardEnv>, deps: LoginDeps, token: string, keep: boolean, device: string | null): void {
  const { https } = c.env.client;
  c.env.outgoing.appendHeader('Set-Cookie', writeCookie('sid', token, https, keep ? KEPT_MS / 1000 : null));
  if (device !== null) return;
  const mark = randomBytes(32).toString('base64url');
  deps.devices.addDevice(tokenHash(mark), deps.now());
  c.env.outgoing.appendHeader('Set-Cookie', writeCookie('device', mark, https, DEVICE_SECONDS));
}

const DEVICE_SECONDS = 365 * 24 * 3600;
