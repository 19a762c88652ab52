import type { z } from 'zod';
import { didYouMean } from '../core/strategy/did-you-mean.ts';
import type { Fault } from '../ports/refusal.ts';
import { describeKey, keysAt } from './keys.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Turns what the schema found wrong into faults with path, value found, what is expected and the remedy. */
export function faultsOf(issues: readonly Issue[], raw: unknown, prefix: Path = []): Fault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, raw, prefix));
}

function faultsOfIssue(issue: Issue, raw: unknown, prefix: Path): Fault[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key]));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = nearestBranch(issue.errors);
    if (nearest !== null) return faultsOf(nearest, raw, path);
  }
  const found = valueAt(raw, path);
  if (issue.code === 'invalid_type') return [wrongType(issue, path, found, raw)];
  const shown = found === undefined ? 'nothing' : visible(path, found);
  return [{ path: pathText(path), found: shown, expected: issue.message, remedy: remedyFor(path, found, raw) }];
}

/** A value of another type: a text is shown in its quotes, as it is they that are wrong. */
function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>, path: Path, found: unknown, raw: unknown): Fault {
  const fault = { path: pathText(path), found: found === undefined ? 'nothing' : visible(path, found), remedy: remedyFor(path, found, raw) };
  if (issue.expected === 'object' && path.length === 0)
    return { ...fault, expected: 'one JSON object, { … }', remedy: 'begin with a copy of settings.example.json' };
  if (issue.expected === 'object' && issue.message.startsWith('Invalid input')) return { ...fault, expected: 'an object, { … }' };
  // A secret or a very long text is not what was found, but a word for it.
  if (typeof found !== 'string' || fault.found !== found || issue.expected === 'string') return { ...fault, expected: issue.message };
  const quoted = { ...fault, found: JSON.stringify(fault.found), expected: `${issue.message}, not text` };
  if (!/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(found)) return quoted;
  return { ...quoted, remedy: `write "${String(path.at(-1))}": ${found}, without the quotes` };
}

/** The alternative of a union that the value came nearest to; null where it fits none at all, being of another type. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const inside = branches.filter((issues) => issues.some((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'));
  return inside.reduce<readonly Issue[] | null>((best, issues) => (best === null || weight(issues) < weight(best) ? issues : best), null);
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length * 2 : 1), 0);
}

function unknownKey(path: Path): Fault {
  const key = String(path.at(-1));
  const known = keysAt(path.slice(0, -1));
  const fault = {
    path: pathText(path),
    found: `the key "${key}"`,
    expected: known.length === 0 ? 'no such key' : `one of ${known.join(', ')}`,
  };
  if (key === 'password')
    return { ...fault, expected: 'no password in plain text', remedy: 'remove it and run `bot-daemon passwd`, which keeps only a hash' };
  return { ...fault, remedy: didYouMean(key, known) ?? 'remove it' };
}

function remedyFor(path: Path, found: unknown, raw: unknown): string {
  if (path.at(-1) === 'passwordHash') return 'run `bot-daemon passwd`, which writes it';
  const about = describeKey(path);
  if (about === null) return found === undefined ? 'add it' : 'correct it';
  const value = smallestStep(path, raw) ?? about.example;
  const example = value === undefined ? '' : `write ${about.key === null ? '' : `"${about.key}": `}${JSON.stringify(value)}`;
  return [example, about.description].filter((part) => part !== '').join(' – ') || 'correct it';
}

const DECIMALS_OF: Readonly<Record<string, string>> = {
  tick: 'priceDecimals',
  lot: 'quantityDecimals',
  minQuantity: 'quantityDecimals',
};

/** The step to advise for a tick or a lot: one unit of the decimals that stand beside it; null for any other key. */
function smallestStep(path: Path, raw: unknown): string | null {
  const key = DECIMALS_OF[String(path.at(-1))];
  const decimals = key === undefined ? undefined : valueAt(raw, [...path.slice(0, -1), key]);
  if (typeof decimals !== 'number' || !Number.isInteger(decimals) || decimals < 0 || decimals > 10) return null;
  return decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`;
}

/** A value as a fault may show it: secrets hidden, long texts cut. */
function visible(path: Path, found: unknown): unknown {
  const key = String(path.findLast((part) => typeof part === 'string') ?? '');
  if (/pass|secret|token|key|hash/i.test(key)) return '(hidden)';
  if (typeof found === 'string') return found.length > 80 ? `${found.slice(0, 80)}…` : found;
  if (Array.isArray(found)) return `a list of ${found.length}`;
  return typeof found === 'object' && found !== null ? 'an object' : found;
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    raw,
  );
}

/** `bots[0].params.period`; the whole file is `(file)`. */
export function pathText(path: Path): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? '(file)' : text.replace(/^\./, '');
}
