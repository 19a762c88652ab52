import { isPasswordHash } from './auth/hash-password.ts';
import { trustedProxies } from './guard/client.ts';

/** What the supervisor hands over on stdin: all that the dashboard knows of the settings. */
export interface StartOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** bcrypt. */
  readonly passwordHash: string;
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  readonly logPath: string;
  readonly name: string;
  readonly version: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly currency: string;
}

/** A start that is refused, with what to do. */
export class StartRefused extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = 'StartRefused';
    this.code = code;
    this.remedy = remedy;
  }
}

/** Reads the options. Throws `StartRefused` at the first that does not hold; without a password nothing is served, to anybody. */
export function readStartOptions(text: string): StartOptions {
  const given = parse(text);
  const passwordHash = given['passwordHash'];
  if (typeof passwordHash !== 'string' || !isPasswordHash(passwordHash)) {
    throw new StartRefused('dashboard.no-password', 'mobile.passwordHash: expected a bcrypt hash, found none: without a password the dashboard is not served.', 'Set one with "bot-daemon passwd".');
  }
  const port = given['port'];
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartRefused('dashboard.port', `mobile.port: expected a whole number from 0 to 65535, was ${JSON.stringify(port)}.`, 'Correct mobile.port in the settings.');
  }
  return {
    host: textAt(given, 'host'),
    port,
    passwordHash,
    trustedProxies: proxiesAt(given),
    dataDir: textAt(given, 'dataDir'),
    logPath: textAt(given, 'logPath'),
    name: textAt(given, 'name'),
    version: textAt(given, 'version'),
    timeZone: textAt(given, 'timeZone'),
    currency: textAt(given, 'currency'),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below, in the same words as for any other text that is no object.
  }
  throw new StartRefused('dashboard.options', 'stdin: expected one JSON object with the options of the dashboard.', 'The dashboard is started by "bot-daemon start", not by hand.');
}

function textAt(given: Readonly<Record<string, unknown>>, key: string): string {
  const value = given[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new StartRefused('dashboard.options', `${key}: expected text, was ${JSON.stringify(value) ?? 'missing'}.`, `Correct "${key}"; see docs/settings.md.`);
}

function proxiesAt(given: Readonly<Record<string, unknown>>): readonly string[] {
  const value = given['trustedProxies'];
  const entries = Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  try {
    if (!Array.isArray(value) || entries.length !== value.length) throw new RangeError('trustedProxies: expected a list of addresses');
    trustedProxies(entries);
    return entries;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StartRefused('dashboard.proxies', `mobile.${message}.`, 'Use addresses such as "127.0.0.1" or blocks such as "10.0.0.0/8".');
  }
}
