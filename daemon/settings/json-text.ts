/**
 * JSON with places: reads a text into values that know where they stand, so that a fault can name its line and column, a
 * key written twice is seen (JSON.parse silently keeps the last), and one value can be replaced without touching the rest.
 */
export function parseJson(text: string): JsonParsed {
  const reader: Reader = { text, at: 0 };
  try {
    skipSpace(reader);
    const root = readValue(reader, 0);
    skipSpace(reader);
    if (reader.at < text.length) fail(reader, 'the end of the file');
    return { ok: true, root };
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      return { ok: false, ...placeOf(text, error.at), expected: error.message, found: foundAt(text, error.at) };
    throw error;
  }
}

export type JsonParsed =
  | { readonly ok: true; readonly root: JsonNode }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly expected: string; readonly found: string };

/** A value and the span of text it was read from, `text.slice(start, end)`. */
export type JsonNode = JsonSpan &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
  );
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}
export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

/** The plain value of a node, as JSON.parse would give it; a key `__proto__` is an ordinary key. */
export function valueOf(node: JsonNode): unknown {
  if (node.kind === 'plain') return node.value;
  if (node.kind === 'array') return node.items.map(valueOf);
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.members)
    Object.defineProperty(object, key, { value: valueOf(value), enumerable: true, writable: true, configurable: true });
  return object;
}

interface Reader {
  readonly text: string;
  at: number;
}

class JsonSyntaxError extends Error {
  readonly at: number;
  constructor(at: number, expected: string) {
    super(expected);
    this.at = at;
  }
}

const DEEPEST = 100;

function readValue(reader: Reader, depth: number): JsonNode {
  if (depth > DEEPEST) fail(reader, `at most ${DEEPEST} levels`);
  const start = reader.at;
  const next = reader.text[start];
  if (next === '{') return readObject(reader, depth);
  if (next === '[') return readArray(reader, depth);
  const value = next === '"' ? readString(reader) : readWord(reader);
  return { kind: 'plain', value, start, end: reader.at };
}

function readObject(reader: Reader, depth: number): JsonNode {
  const start = reader.at;
  const members: JsonMember[] = [];
  const keys = new Set<string>();
  readList(reader, '}', () => {
    const keyAt = reader.at;
    if (reader.text[keyAt] !== '"') fail(reader, 'a key in double quotes');
    const key = readString(reader);
    if (keys.has(key)) throw new JsonSyntaxError(keyAt, `each key once; "${key}" stands here a second time`);
    keys.add(key);
    skipSpace(reader);
    take(reader, ':', '":" after the key');
    skipSpace(reader);
    members.push({ key, value: readValue(reader, depth + 1) });
  });
  return { kind: 'object', members, start, end: reader.at };
}

function readArray(reader: Reader, depth: number): JsonNode {
  const start = reader.at;
  const items: JsonNode[] = [];
  readList(reader, ']', () => items.push(readValue(reader, depth + 1)));
  return { kind: 'array', items, start, end: reader.at };
}

/** Reads comma-separated entries from the opening bracket to its closing one. */
function readList(reader: Reader, close: '}' | ']', readEntry: () => void): void {
  reader.at += 1;
  skipSpace(reader);
  if (reader.text[reader.at] === close) {
    reader.at += 1;
    return;
  }
  for (;;) {
    readEntry();
    skipSpace(reader);
    if (reader.text[reader.at] === close) break;
    take(reader, ',', `"," or "${close}"`);
    skipSpace(reader);
    if (reader.text[reader.at] === close) fail(reader, 'another entry after the comma');
  }
  reader.at += 1;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function readString(reader: Reader): string {
  return JSON.parse(match(reader, STRING, 'a text that ends in double quotes on the same line')) as string;
}

function readWord(reader: Reader): number | boolean | null {
  return JSON.parse(match(reader, WORD, 'a value')) as number | boolean | null;
}

function match(reader: Reader, pattern: RegExp, expected: string): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null) fail(reader, expected);
  reader.at = pattern.lastIndex;
  return found[0];
}

function take(reader: Reader, sign: string, expected: string): void {
  if (reader.text[reader.at] !== sign) fail(reader, expected);
  reader.at += 1;
}

function skipSpace(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

function fail(reader: Reader, expected: string): never {
  throw new JsonSyntaxError(reader.at, expected);
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Signs that cannot be shown between double quotes. */
const SIGNS: Readonly<Record<string, string>> = {
  '"': 'a double quote',
  '\n': 'the end of the line',
  '\r': 'the end of the line',
  '\t': 'a tab',
};

/** One sign, never more: what stands at a fault may be the middle of a secret. */
function foundAt(text: string, at: number): string {
  if (at >= text.length) return 'the end of the file';
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'a comment, which JSON does not have';
  const sign = text.charAt(at);
  return SIGNS[sign] ?? `"${sign}"`;
}
