import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** One file of the app with its compressed twins, in memory: a request touches no disk, and no path of a client ever reaches one. */
export interface AppFile {
  readonly type: string;
  readonly cacheControl: string;
  readonly plain: Variant;
  readonly br: Variant | null;
  readonly gzip: Variant | null;
}
export interface Variant {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Strong, and different for each encoding (RFC 9110 §8.8.3). */
  readonly etag: string;
}

/** Files by the path they are asked for, `/index.html` among them. */
export type AppFiles = ReadonlyMap<string, AppFile>;

/** Reads a built app folder; empty where there is none. Map files and anything of an unknown kind stay out. */
export function readAppFiles(folder: string): AppFiles {
  const files = new Map<string, AppFile>();
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return files;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const present = new Set(names);
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const read = (suffix: string): Variant | null => (present.has(name + suffix) ? variant(join(folder, name + suffix), suffix) : null);
    files.set(`/${name}`, {
      type,
      cacheControl: name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      plain: variant(join(folder, name), ''),
      br: read('.br'),
      gzip: read('.gz'),
    });
  }
  return files;
}

function variant(path: string, suffix: string): Variant {
  const body = new Uint8Array(readFileSync(path));
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { body, etag: `"${digest}${suffix.replace('.', '-')}"` };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};
