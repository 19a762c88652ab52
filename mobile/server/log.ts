import { destination, pino } from 'pino';

/** The dashboard's own lines in the log it shares with the other processes: one JSON a line, facts in fields. */
export interface DashboardLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Opens the file anew, after it was moved away. */
  reopen(): void;
}

/** Opens the log for adding to it (0600). Written at once, so that the last line before a crash is there. */
export function openLog(path: string): DashboardLog {
  const file = destination({ dest: path, append: true, sync: true, mode: 0o600 });
  const log = pino(
    {
      name: 'dashboard',
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ['password', 'passwordHash', 'token', 'cookie', 'authorization', '*.password', '*.cookie', '*.authorization'], censor: '[redacted]' },
    },
    file,
  );
  return {
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    reopen: () => file.reopen(),
  };
}
