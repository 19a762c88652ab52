import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: the nearest one above this file that holds settings.example.json. */
export function packageRoot(from: string = fileURLToPath(import.meta.url)): string {
  const folder = dirname(from);
  if (existsSync(join(folder, 'settings.example.json'))) return folder;
  if (folder === dirname(folder)) throw new Error('settings.example.json is missing from the package: install it anew');
  return packageRoot(folder);
}
