import { setTimeout as pause } from 'node:timers/promises';
import { processOf } from '../adapters/state-files/pid-file.ts';
import { identify, type ProcessIdentity } from '../adapters/state-files/process-identity.ts';
import type { InstallationPaths } from '../supervisor/paths.ts';
import type { LeftOpen } from '../supervisor/tree.ts';
import { type Asked, askToStop } from './ask-daemon.ts';

/** What came of a request to stop. */
export type Stopped =
  /** `left`: what stays open; null where it did not say. */
  | { readonly kind: 'stopped'; readonly pid: number; readonly left: LeftOpen | null }
  | { readonly kind: 'not-running' }
  | { readonly kind: 'timeout'; readonly pid: number; readonly patienceMs: number };

const PATIENCE_MS = 15_000;

/** Asks the daemon of a data folder to stop and waits until its process has ended, fifteen seconds at most. */
export async function stopDaemon(paths: InstallationPaths): Promise<Stopped> {
  const { first: asked, last } = await askToStop(paths.socket, PATIENCE_MS);
  const owner = processOf(paths.pid);
  const answered = asked.kind === 'answer' && asked.answer.ok ? asked.answer.pid : null;
  const pid = answered ?? (owner.kind === 'running' ? owner.pid : null);
  const before = pid === null ? null : identify(pid);
  if (pid === null) return { kind: 'not-running' };
  // No answer, and yet the very process that wrote the PID file runs: the signal means the same.
  if (answered === null) process.kill(pid, 'SIGTERM');
  const since = performance.now();
  while (performance.now() - since < PATIENCE_MS) {
    if (before === null || !runs(before)) return { kind: 'stopped', pid, left: leftIn(await last) };
    await pause(20);
  }
  return { kind: 'timeout', pid, patienceMs: PATIENCE_MS };
}

function leftIn(asked: Asked): LeftOpen | null {
  return asked.kind === 'answer' && asked.answer.ok ? (asked.answer.left ?? null) : null;
}

function runs(before: ProcessIdentity): boolean {
  return identify(before.pid)?.startTime === before.startTime;
}
