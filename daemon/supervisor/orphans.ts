import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, type ProcessIdentity } from '../adapters/state-files/process-identity.ts';
import { writeFileAtomic } from '../adapters/state-files/write-file-atomic.ts';

/**
 * Notes which children run, so that the next supervisor knows whom a killed one left behind: they end by themselves once
 * they miss it, and until then a second trader on the same ledger would be one too many.
 */
export function noteChildren(path: string, pids: readonly number[]): void {
  if (pids.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileAtomic(path, `${JSON.stringify(pids.map(identify).filter((identity) => identity !== null))}\n`, 0o600);
}

/** Waits for children that a killed supervisor left behind, and kills those that do not end in time. Gives the PIDs found. */
export async function endOrphans(path: string, patienceMs = 5_000): Promise<readonly number[]> {
  const left = noted(path).filter(runs);
  const found = left.map(({ pid }) => pid);
  for (const { pid } of left) signal(pid, 'SIGTERM');
  const since = performance.now();
  while (left.some(runs) && performance.now() - since < patienceMs) await pause(20);
  for (const orphan of left.filter(runs)) signal(orphan.pid, 'SIGKILL');
  while (left.some(runs)) await pause(5);
  noteChildren(path, []);
  return found;
}

function noted(path: string): readonly ProcessIdentity[] {
  try {
    const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(list) ? list.filter(isIdentity) : [];
  } catch {
    return [];
  }
}

function isIdentity(entry: unknown): entry is ProcessIdentity {
  if (typeof entry !== 'object' || entry === null) return false;
  const { pid, startTime, bootId } = entry as Partial<ProcessIdentity>;
  return typeof pid === 'number' && typeof startTime === 'string' && typeof bootId === 'string';
}

/** The very process that was noted, not a stranger with its number. */
function runs({ pid, startTime, bootId }: ProcessIdentity): boolean {
  const now = identify(pid);
  return now !== null && now.startTime === startTime && now.bootId === bootId;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
