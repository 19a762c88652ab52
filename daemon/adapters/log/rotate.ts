import { existsSync, renameSync, rmSync, statSync } from 'node:fs';

/**
 * Moves a log out of the way once it is larger than `bytes`: `daemon.log` becomes `daemon.log.1`, that becomes
 * `daemon.log.2`, and so on up to `keep`; the oldest is removed. True when it was moved: every process that writes to it
 * has then to open it anew, and until it does its lines go to `daemon.log.1`, so none is lost.
 */
export function rotateIfLarger(path: string, bytes: number = 20 * 1024 * 1024, keep = 5): boolean {
  if (!existsSync(path) || statSync(path).size <= bytes) return false;
  rmSync(`${path}.${keep}`, { force: true });
  for (let age = keep - 1; age >= 1; age -= 1) {
    if (existsSync(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
  }
  renameSync(path, `${path}.1`);
  return true;
}
