import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DestinationStream, destination, type Level, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Log, LogFields } from '../../ports/log.ts';

/** A log that is a file, and outlives its rotation. */
export interface FileLog extends Log {
  /** Opens the file anew by its name, after it was moved away. */
  reopen(): void;
  /** Changes the least severe level that is kept. */
  setLevel(level: LogLevelName): void;
}
export type LogLevelName = 'debug' | 'info' | 'warn' | 'error';

/** Which log to open, for whom. */
export interface LogPlace {
  readonly path: string;
  /** Which process of the tree writes: `supervisor`, `trader`. */
  readonly name: string;
  /** Least severe line that is kept. */
  readonly level: LogLevelName;
}

/**
 * Opens `daemon.log` for one process: JSON lines `{level, time, pid, name, …fields, msg}`, appended, mode 0600, each line
 * handed to the kernel before the call returns, so that the last words of a process that dies are kept.
 */
export function openLog({ path, name, level }: LogPlace): FileLog {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = destination({ dest: path, append: true, sync: true, mode: 0o600 });
  // A full disk must not stop trading: a line that cannot be written is lost, and the ledger, not the log, is the record.
  file.on('error', () => undefined);
  const logger = makeLogger(file, name, level);
  return {
    ...wrap(logger),
    reopen: () => file.reopen(path),
    setLevel: (next) => {
      logger.level = next;
    },
  };
}

/** The same log into any stream. */
export function logInto(stream: DestinationStream, { name, level }: Omit<LogPlace, 'path'>): Log {
  return wrap(makeLogger(stream, name, level));
}

function makeLogger(stream: DestinationStream, name: string, level: LogLevelName): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid, name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_PATHS, censor: '(hidden)' },
      serializers: { error: errorText },
    },
    stream,
  );
}

const SECRETS = [
  'password',
  'passwordHash',
  'hash',
  'token',
  'apiKey',
  'apiSecret',
  'secret',
  'authorization',
  'cookie',
  'sid',
  'privateKey',
  'totp',
];
const SECRET_PATHS: string[] = SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

function wrap(logger: Logger): Log {
  const at = (level: Level) => (fields: LogFields, message: string) => logger[level](fields, message);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(logger.child({ ...fields })),
  };
}

/** An error as text: its stack, and those of its causes. */
function errorText(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? text : `${text}\ncaused by ${String(errorText(error.cause))}`;
}
