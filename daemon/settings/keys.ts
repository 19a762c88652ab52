import { z } from 'zod';
import { settingsSchema } from './schema.ts';

/** A node of the settings' JSON Schema, as far as it is read here. */
export interface KeySchema {
  readonly type?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly additionalProperties?: KeySchema | boolean;
  readonly items?: KeySchema;
  readonly anyOf?: readonly KeySchema[];
  readonly oneOf?: readonly KeySchema[];
}

/** The settings file as a JSON Schema (draft 2020-12), as it is written by hand: defaults are optional. */
export function settingsJsonSchema(): KeySchema {
  cached ??= z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }) as KeySchema;
  return cached;
}
let cached: KeySchema | undefined;

/** The keys that may stand at a path; of every alternative where there are several. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  return [...new Set(nodesAt(path).flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** What a key means and how it is written; `key` is null inside a list. Null for a path the settings do not have. */
export function describeKey(
  path: readonly PropertyKey[],
): { readonly key: string | null; readonly description: string; readonly example: unknown } | null {
  const [node] = nodesAt(path);
  if (node === undefined) return null;
  const last = path.at(-1);
  return { key: typeof last === 'string' ? last : null, description: node.description ?? '', example: node.example ?? node.const };
}

function nodesAt(path: readonly PropertyKey[]): readonly KeySchema[] {
  let nodes = [settingsJsonSchema()];
  for (const part of path) nodes = nodes.flatMap(alternatives).flatMap((node) => child(node, part));
  return nodes.flatMap(alternatives);
}

function alternatives(node: KeySchema): readonly KeySchema[] {
  const inside = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return inside.length === 0 || (node.description !== undefined && !inside.some(({ properties }) => properties !== undefined))
    ? [node]
    : inside.flatMap(alternatives);
}

function child(node: KeySchema, part: PropertyKey): readonly KeySchema[] {
  if (typeof part === 'number') return node.items === undefined ? [] : [node.items];
  const named = node.properties?.[String(part)];
  return named === undefined ? [] : [named];
}
