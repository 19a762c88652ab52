/** One line of daemon.log, read. */
export interface LogLine {
  /** 10 debug … 50 error; a line that is no JSON of ours counts as an error: it is what a crash left. */
  readonly severity: number;
  /** The line for a person. */
  readonly text: string;
}

/** Severities in the order of the levels. */
export const SEVERITY: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

/** Reads a line of the log: `2026-11-21 04:45:00.123Z INFO  trader  order filled  bot=rsi price=60000`. */
export function readLogLine(line: string): LogLine {
  const entry = parse(line);
  if (entry === null) return { severity: 50, text: printable(line) };
  const { level, time, name, msg, pid: _pid, ...fields } = entry;
  const word = typeof level === 'string' ? level : 'info';
  const when = typeof time === 'string' ? time.replace('T', ' ') : '';
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [when, word.toUpperCase().padEnd(5), (typeof name === 'string' ? name : '').padEnd(10), String(msg ?? '')].join(' ');
  return { severity: SEVERITY[word] ?? 30, text: printable([head, ...rest].join('  ')) };
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Without what could steer a terminal: escape sequences and signs that turn the direction of writing. */
function printable(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·');
}
