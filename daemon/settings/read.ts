import { readFileSync, statSync } from 'node:fs';
import type { Fault } from '../ports/refusal.ts';
import { crossCheck } from './cross-check.ts';
import { faultsOf, pathText } from './faults.ts';
import { parseJson, valueOf } from './json-text.ts';
import { NOTHING, type Salvaged, salvage, soundParts } from './salvage.ts';
import { type Settings, settingsSchema } from './schema.ts';

/** Paths of values that the file does not hold and the schema filled in, e.g. `risk.staleAfterBars`. */
export type Defaults = ReadonlySet<string>;

export type ReadResult =
  | { readonly ok: true; readonly settings: Settings; readonly defaults: Defaults }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly salvaged: Salvaged };

const LARGEST = 4 * 1024 * 1024;

/** Reads a settings file and checks all that can be told without its strategies: every fault at once. */
export function readSettings(path: string): ReadResult {
  const file = readText(path);
  if (!file.ok) return refused([file.fault]);
  const parsed = parseJson(file.text.replace(/^\uFEFF/, ''));
  if (parsed.ok) return checkSettings(valueOf(parsed.root));
  const { line, column, found, expected } = parsed;
  return refused([
    {
      path: `${path}:${line}:${column}`,
      found,
      expected,
      remedy: `correct line ${line} at column ${column}; the file is plain JSON, without comments`,
    },
  ]);
}

/** Checks settings that were parsed already. */
export function checkSettings(raw: unknown): ReadResult {
  const shape = settingsSchema.safeParse(raw);
  if (shape.success) {
    const faults = crossCheck(shape.data);
    if (faults.length > 0) return refused(faults, salvage(raw));
    return { ok: true, settings: shape.data, defaults: defaultedPaths(shape.data, raw) };
  }
  const faults = faultsOf(shape.error.issues, raw);
  const known = new Set(faults.map(({ path }) => path));
  return refused([...faults, ...crossCheck(soundParts(raw)).filter(({ path }) => !known.has(path))], salvage(raw));
}

function readText(path: string): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: Fault } {
  const fault = (found: string, expected: string, remedy: string) => ({ ok: false, fault: { path, found, expected, remedy } }) as const;
  try {
    const { size } = statSync(path);
    if (size > LARGEST) return fault(`${size} bytes`, `at most ${LARGEST} bytes`, 'name the right file with --settings');
    return { ok: true, text: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return fault('nothing', 'a settings file', 'copy settings.example.json to settings.json, or name the file with --settings');
    if (code === 'EISDIR') return fault('a folder', 'a settings file', 'name the file itself with --settings');
    return fault(code ?? String(error), 'a readable settings file', `make it readable for this user: chmod u+r ${path}`);
  }
}

function refused(faults: readonly Fault[], salvaged: Salvaged = NOTHING): ReadResult {
  return { ok: false, faults, salvaged };
}

/** The paths of those leaves of the settings that the file does not hold. */
function defaultedPaths(settings: unknown, raw: unknown, path: readonly PropertyKey[] = []): Set<string> {
  if (raw === undefined) return new Set(leaves(settings, path));
  const found = new Set<string>();
  if (typeof settings !== 'object' || settings === null) return found;
  for (const [key, value] of Object.entries(settings)) {
    const inside: unknown = typeof raw === 'object' && raw !== null && Object.hasOwn(raw, key) ? Reflect.get(raw, key) : undefined;
    const part = Array.isArray(settings) ? Number(key) : key;
    for (const defaulted of defaultedPaths(value, inside, [...path, part])) found.add(defaulted);
  }
  return found;
}

function leaves(value: unknown, path: readonly PropertyKey[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [pathText(path)];
  return Object.entries(value).flatMap(([key, inside]) => leaves(inside, [...path, key]));
}
