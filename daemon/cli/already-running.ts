import { processOf } from '../adapters/state-files/pid-file.ts';
import { EXIT, Refusal } from '../ports/refusal.ts';
import type { InstallationPaths } from '../supervisor/paths.ts';

/** Refuses (73) where another runs on the data folder, before anything is read or made. The lock, taken later, has the last word. */
export function refuseIfRunning({ pid, dataDir }: InstallationPaths): void {
  const owner = processOf(pid);
  if (owner.kind !== 'running') return;
  throw new Refusal(
    'ALREADY_RUNNING',
    EXIT.alreadyRunning,
    `bot-daemon is already running on ${dataDir} (PID ${owner.pid}). Stop it with: bot-daemon stop`,
  );
}
