import { readFileSync, rmSync } from 'node:fs';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/** What a PID file says about its process now. */
export type PidFileState =
  | { readonly kind: 'running'; readonly pid: number }
  /** The file was left behind: its process has ended, and its number may be a stranger's by now. */
  | { readonly kind: 'stale'; readonly pid: number | null }
  | { readonly kind: 'absent' };

/** Writes this process's identity, mode 0600. */
export function writePidFile(path: string, pid: number = process.pid): void {
  const identity = identify(pid);
  if (identity === null) throw new RangeError(`writePidFile: no process ${pid}`);
  writeFileAtomic(path, `${JSON.stringify(identity)}\n`, 0o600);
}

/** Removes the file if it names this process; another's is left alone. */
export function removePidFile(path: string): void {
  if (read(path)?.pid === process.pid) rmSync(path, { force: true });
}

/** Tells whether the process that wrote the file still runs: the same number, start time and boot. */
export function processOf(path: string): PidFileState {
  const written = read(path);
  if (written === undefined) return { kind: 'absent' };
  if (written === null) return { kind: 'stale', pid: null };
  const now = identify(written.pid);
  const same = now !== null && now.startTime === written.startTime && now.bootId === written.bootId;
  return same ? { kind: 'running', pid: written.pid } : { kind: 'stale', pid: written.pid };
}

/** Undefined: no file. Null: a file that holds no identity. */
function read(path: string): ProcessIdentity | null | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const { pid, startTime, bootId } = JSON.parse(text) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && pid > 0 && typeof startTime === 'string' && typeof bootId === 'string'
      ? { pid, startTime, bootId }
      : null;
  } catch {
    return null;
  }
}
