import { setTimeout as pause } from 'node:timers/promises';
import { processOf } from '../adapters/state-files/pid-file.ts';
import { identify, type ProcessIdentity } from '../adapters/state-files/process-identity.ts';
import type { InstallationPaths } from '../supervisor/paths.ts';
import { askDaemon } from './ask-daemon.ts';

/** What came of a request to stop. */
export type Stopped =
  | { readonly kind: 'stopped'; readonly pid: number }
  | { readonly kind: 'not-running' }
  | { readonly kind: 'timeout'; readonly pid: number; readonly patienceMs: number };

const PATIENCE_MS = 15_000;

/** Asks the daemon of a data folder to stop and waits until its process has ended, fifteen seconds at most. */
export async function stopDaemon(paths: InstallationPaths): Promise<Stopped> {
  const asked = await askDaemon(paths.socket, 'stop');
  const owner = processOf(paths.pid);
  const answered = asked.kind === 'answer' && asked.answer.ok ? asked.answer.pid : null;
  const pid = answered ?? (owner.kind === 'running' ? owner.pid : null);
  const before = pid === null ? null : identify(pid);
  if (pid === null) return { kind: 'not-running' };
  // No answer, and yet the very process that wrote the PID file runs: the signal means the same.
  if (answered === null) process.kill(pid, 'SIGTERM');
  const since = performance.now();
  while (performance.now() - since < PATIENCE_MS) {
    if (before === null || !runs(before)) return { kind: 'stopped', pid };
    await pause(20);
  }
  return { kind: 'timeout', pid, patienceMs: PATIENCE_MS };
}

function runs(before: ProcessIdentity): boolean {
  return identify(before.pid)?.startTime === before.startTime;
}
