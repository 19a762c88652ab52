import type { LogLine } from '../../contract/index.ts';
import { clean, redact } from './redact.ts';

export type LogLevel = LogLine['level'];
/** From least to most severe. */
export const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const MESSAGE_LENGTH = 2000;
const FIELDS_LENGTH = 1000;
/** pino's own, the same for every line of a process. */
const NOT_SHOWN = new Set(['level', 'time', 'name', 'msg', 'pid', 'hostname', 'v']);
const SECRET_KEY = /pass|secret|token|api.?key|authori[sz]ation|cookie|credential/i;

/** Reads one line of the log as the phone may see it. What is not JSON (a crash of Node, say) is shown as it is, as an error. */
export function readLine(raw: string): LogLine {
  const record = parse(raw);
  if (record === null) return { at: null, level: 'error', process: '', message: shown(raw, MESSAGE_LENGTH), fields: '' };
  return {
    at: instant(record['time']),
    level: levelOf(record['level']),
    process: shown(text(record['name']), 40),
    message: shown(text(record['msg']), MESSAGE_LENGTH),
    fields: shown(fields(record), FIELDS_LENGTH),
  };
}

/** The level of a raw line without parsing all of it, for skipping; null where that cannot be told. */
export function quickLevel(raw: string): LogLevel | null {
  const found = /^\{"level":"([a-z]+)"/.exec(raw);
  return LOG_LEVELS.find((level) => level === found?.[1]) ?? null;
}

function parse(raw: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function levelOf(value: unknown): LogLevel {
  if (typeof value === 'number') return LOG_LEVELS[Math.floor(value / 10) - 1] ?? 'info';
  return LOG_LEVELS.find((level) => level === value) ?? 'info';
}

function instant(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function fields(record: Record<string, unknown>): string {
  return Object.entries(record)
    .filter(([key]) => !NOT_SHOWN.has(key))
    .map(([key, value]) => `${key}=${SECRET_KEY.test(key) ? '[redacted]' : text(key === 'err' ? withoutStack(value) : value)}`)
    .join(' ');
}

function withoutStack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { stack: _stack, ...rest } = value as Record<string, unknown>;
  return rest;
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return JSON.stringify(value, (key, inner: unknown) => (SECRET_KEY.test(key) ? '[redacted]' : inner));
}

function shown(value: string, most: number): string {
  const safe = redact(clean(value));
  return safe.length <= most ? safe : `${safe.slice(0, most)}…`;
}
