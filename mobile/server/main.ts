import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Dashboard, openDashboard } from './dashboard.ts';
import { type DashboardLog, openLog } from './log.ts';
import { readStartOptions } from './start-options.ts';
import { readSupervisorMessage } from './supervisor-message.ts';

/** The dashboard process: options on stdin, messages of the supervisor over IPC, and nothing but reading. */
async function main(): Promise<void> {
  const options = readStartOptions(await text(process.stdin));
  const log = openLog(options.logPath);
  const dashboard = await openDashboard(options, {
    // Beside this file once it is built: dist/dashboard.js, dist/password-worker.js, dist/app.
    appFolder: fileURLToPath(new URL('app', import.meta.url)),
    passwordWorker: new URL('password-worker.js', import.meta.url),
    log,
    now: () => Date.now(),
    monotonic: () => performance.now(),
  });
  obey(dashboard, log);
  log.info({ address: dashboard.address, version: options.version }, 'dashboard ready');
  process.send?.({ kind: 'ready', address: dashboard.address });
}

/** Does as the supervisor says; without it there is nobody to serve for, and nobody to end us. */
function obey(dashboard: Dashboard, log: DashboardLog): void {
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'dashboard stopping');
    // Nothing here is worth waiting longer for: every row is the trader's.
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    void dashboard.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'dashboard failed to close');
        process.exit(1);
      },
    );
  };
  process.on('message', (value) => {
    const message = readSupervisorMessage(value);
    if (message === null) log.warn({}, 'unknown message from the supervisor');
    else if (message.kind === 'stop') stop('the supervisor said so');
    else if (message.kind === 'reopen-log') log.reopen();
    else if (message.kind === 'password-hash') dashboard.setPasswordHash(message.hash);
    else dashboard.hear(message.kind, message.reason);
  });
  process.on('disconnect', () => stop('the supervisor is gone'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // It may have gone while we were starting.
  if (process.send !== undefined && !process.connected) stop('the supervisor is gone');
}

const STOP_WITHIN_MS = 1900;

main().catch((error: unknown) => {
  const { code, message, remedy, exitCode, fault } = refusal(error);
  process.stderr.write(`${message} ${remedy}\n`);
  const end = (): never => process.exit(exitCode);
  if (process.send === undefined) end();
  // A refusal is not a crash: the supervisor must not try again.
  const faults = [{ path: code, found: null, expected: message, ...fault, remedy }];
  process.send?.({ kind: 'refused', code, message, faults, exitCode }, undefined, undefined, end);
});

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly exitCode: number;
  /** The setting at fault, where one is known. */
  readonly fault?: { readonly path: string; readonly found: unknown; readonly expected: string };
}

/** The words for a start that failed: a taken port is the commonest. */
function refusal(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'dashboard.failed';
  if (error instanceof Error && 'remedy' in error && typeof error.remedy === 'string') return { code, message, remedy: error.remedy, exitCode: 78 };
  const known = LISTEN_FAULTS[code];
  if (known === undefined) return { code, message, remedy: 'Read the log with "bot-daemon logs".', exitCode: 1 };
  const { path, asFound, expected, ...words } = known;
  const found: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, asFound) : null;
  return { ...words, exitCode: 1, fault: { path, found: found ?? null, expected } };
}

const OF_PORT = { path: 'mobile.port', asFound: 'port' } as const;
const OF_ADDRESS = { path: 'mobile.host', asFound: 'address', expected: 'an address of this machine' } as const;

/** What can go wrong with listening, by Node's code; `asFound` is the property of the error that holds what was tried. */
const LISTEN_FAULTS: Readonly<Record<string, Omit<Refusal, 'exitCode' | 'fault'> & { path: string; asFound: string; expected: string }>> = {
  EADDRINUSE: { ...OF_PORT, expected: 'a free port', code: 'dashboard.port-in-use', message: 'mobile.port: another program listens on this port.', remedy: 'Stop it, or choose another mobile.port in the settings.' },
  EACCES: { ...OF_PORT, expected: 'a port this user may listen on', code: 'dashboard.port-forbidden', message: 'mobile.port: this user may not listen on this port.', remedy: 'Choose a mobile.port above 1023.' },
  EADDRNOTAVAIL: { ...OF_ADDRESS, code: 'dashboard.host', message: 'mobile.host: this machine has no such address.', remedy: 'Use 127.0.0.1 behind a proxy, or an address of this machine.' },
  ENOTFOUND: { ...OF_ADDRESS, asFound: 'hostname', code: 'dashboard.host', message: 'mobile.host: this name has no address.', remedy: 'Use 127.0.0.1 behind a proxy, or an address of this machine.' },
};
