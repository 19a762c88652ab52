import { readFileSync, realpathSync } from 'node:fs';
import { lock } from 'proper-lockfile';
import { type JsonNode, parseJson } from './json-text.ts';

/** Puts a text into a file so that the file is whole at every moment: the old one or the new one. */
export type WriteWhole = (path: string, text: string, mode: number) => void;

/**
 * Sets one value of a settings file and leaves every other byte of it as it is. Written whole, mode 0600, under a lock
 * that keeps two writers apart; a link is followed. Throws on a file that is not a JSON object.
 *
 * @param keys the path of keys; objects missing on the way are made
 * @param unlessSet leave a value that is there already; the result is then false
 */
export async function writeSetting(
  path: string,
  keys: readonly [string, ...string[]],
  value: string | number | boolean | null,
  write: WriteWhole,
  { unlessSet = false }: { readonly unlessSet?: boolean } = {},
): Promise<boolean> {
  const file = realpathSync(path);
  const release = await lock(file, { retries: { retries: 40, minTimeout: 50, maxTimeout: 250 }, stale: 10_000 });
  try {
    const text = readFileSync(file, 'utf8');
    if (unlessSet && isSet(text, keys)) return false;
    write(file, withSetting(text, keys, value), 0o600);
    return true;
  } finally {
    await release();
  }
}

function isSet(text: string, keys: readonly string[]): boolean {
  const parsed = parseJson(text);
  let node: JsonNode | undefined = parsed.ok ? parsed.root : undefined;
  for (const key of keys) node = node?.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined;
  return node !== undefined;
}

/** The text of a settings file with one value put in; SyntaxError where the text is no JSON object. */
export function withSetting(text: string, keys: readonly string[], value: string | number | boolean | null): string {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new SyntaxError(`line ${parsed.line}, column ${parsed.column}: expected ${parsed.expected}, found ${parsed.found}`);
  let node: JsonNode = parsed.root;
  for (const [depth, key] of keys.entries()) {
    if (node.kind !== 'object') throw new SyntaxError(`${keys.slice(0, depth).join('.') || 'the file'}: expected an object`);
    const member = node.members.find((candidate) => candidate.key === key);
    if (member === undefined) return withMember(text, node, key, nested(keys.slice(depth + 1), value));
    node = member.value;
  }
  return text.slice(0, node.start) + JSON.stringify(value) + text.slice(node.end);
}

/** Adds a member at the end of an object, indented like the one before it. */
function withMember(text: string, object: Extract<JsonNode, { kind: 'object' }>, key: string, value: unknown): string {
  const last = object.members.at(-1);
  const member = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  if (last === undefined) return `${text.slice(0, object.start)}{ ${member} }${text.slice(object.end)}`;
  const before = text.slice(0, last.value.end);
  const lineBreak = /\n[ \t]*(?="[^"\n]*"[ \t]*:[^\n]*$)/.exec(text.slice(object.start, last.value.start));
  return `${before},${lineBreak === null ? ' ' : lineBreak[0]}${member}${text.slice(last.value.end)}`;
}

function nested(keys: readonly string[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inside, key) => ({ [key]: inside }), value);
}
