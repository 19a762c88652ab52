import { LOG_LEVELS, type LogLevel } from '../logs/line.ts';
import { Problem } from '../problem.ts';

/** Query values as text; a name given twice counts as its first. */
export type Query = Readonly<Record<string, string | undefined>>;

/** A bound of a span: a whole day, or an instant. */
export type Bound = { readonly kind: 'day'; readonly day: number } | { readonly kind: 'instant'; readonly at: number };

/** Reads `YYYY-MM-DD` (a day in the account's zone) or an ISO instant with its offset; null where absent. */
export function bound(query: Query, name: string): Bound | null {
  const value = given(query, name);
  if (value === null) return null;
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (day !== null && isCalendarDay(value)) return { kind: 'day', day: Number(`${day[1]}${day[2]}${day[3]}`) };
  const at = INSTANT.test(value) && isCalendarDay(value.slice(0, 10)) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw invalid(name, value, 'a day such as 2026-11-21, or an instant such as 2026-11-21T04:45:00.000Z');
  return { kind: 'instant', at };
}

/** Reads a bound as an instant; a whole day stands for its midnight in UTC. Null where absent. */
export function instantOf(query: Query, name: string): number | null {
  const found = bound(query, name);
  if (found === null || found.kind === 'instant') return found?.at ?? null;
  return Date.parse(`${query[name]}T00:00:00Z`);
}

/** Reads one of the given words; null where absent. */
export function word<Word extends string>(query: Query, name: string, words: readonly Word[]): Word | null {
  const value = given(query, name);
  if (value === null) return null;
  const known = words.find((each) => each === value);
  if (known === undefined) throw invalid(name, value, `one of ${words.join(', ')}`);
  return known;
}

/** Reads a whole number within bounds; the fallback where absent. */
export function count(query: Query, name: string, least: number, most: number, fallback: number): number {
  const value = given(query, name);
  if (value === null) return fallback;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw invalid(name, value, `a whole number from ${least} to ${most}`);
  return number;
}

/** Reads an id or a symbol as the ledger writes them; null where absent. */
export function name(query: Query, key: string): string | null {
  const value = given(query, key);
  if (value === null) return null;
  if (!NAME.test(value)) throw invalid(key, value, 'an id or a symbol of at most 100 signs');
  return value;
}

/** Reads the cursor of a list (`at.id`), which only an answer of the same list gives out; null where absent. */
export function cursor(query: Query): Cursor | null {
  const value = given(query, 'cursor');
  if (value === null) return null;
  const parts = /^(-?\d{1,15})\.(\d{1,15})$/.exec(value);
  if (parts === null) throw invalid('cursor', value, 'the value of "next" in the page before');
  return { at: Number(parts[1]), id: Number(parts[2]) };
}

/** The place after which the next page begins. */
export interface Cursor {
  readonly at: number;
  readonly id: number;
}

/** Writes what `cursor` reads. */
export function cursorText(place: Cursor): string {
  return `${place.at}.${place.id}`;
}

/** Reads a log level; null where absent. */
export function logLevel(query: Query, key: string): LogLevel | null {
  return word(query, key, LOG_LEVELS);
}

/** Reads literal text of at most 100 signs to search for; null where absent. */
export function keyword(query: Query, key: string): string | null {
  const value = given(query, key);
  if (value !== null && value.length > 100) throw invalid(key, `${value.slice(0, 20)}…`, 'at most 100 signs');
  return value;
}

/** Reads an id that is a number in a path. */
export function idInPath(value: string | undefined): number {
  if (value === undefined || !/^\d{1,15}$/.test(value)) throw new Problem('not-found');
  return Number(value);
}

/** An instant needs its offset: one without would mean another time on each machine. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Any letter; no sign that SQL, HTML or a shell gives a meaning to. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:/&@^+-]{0,99}$/u;

function given(query: Query, name: string): string | null {
  const value = query[name];
  return value === undefined || value === '' ? null : value;
}

function isCalendarDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function invalid(name: string, value: string, expected: string): Problem {
  return new Problem('query.invalid', { message: `${name}: expected ${expected}, was "${value.slice(0, 100)}".`, remedy: `Correct "${name}" or leave it out.` });
}
