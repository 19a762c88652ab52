import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * One hash over the content of the named files and folders and over the Node that reads them.
 * Content, not times: a fresh clone or a checkout of an older commit changes the times of files that are the same.
 * A name that does not exist counts as absent.
 */
export async function stampOf(root, names) {
  const hash = createHash('sha256').update(process.version);
  for (const path of (await Promise.all(names.map((name) => filesOf(root, name)))).flat().sort()) {
    const content = createHash('sha256')
      .update(await readFile(join(root, path)))
      .digest('hex');
    hash.update(`\n${path} ${content}`);
  }
  return hash.digest('hex');
}

async function filesOf(root, name) {
  const kind = await stat(join(root, name)).catch(() => null);
  if (kind === null) return [];
  if (kind.isFile()) return [name];
  const entries = await readdir(join(root, name), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}
