import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { acquireLock } from '../../db/lock.ts';
import { processOf, removePidFile, writePidFile } from '../adapters/state-files/pid-file.ts';
import { EXIT, Refusal } from '../ports/refusal.ts';
import type { InstallationPaths } from './paths.ts';

/**
 * Makes the data folder (0700), takes its lock and writes the PID file. The lock decides whether another runs, the PID
 * file only says which. Throws `Refusal`: 73 where one runs already, 1 where the folder cannot be used.
 */
export function holdInstallation(paths: InstallationPaths): { release(): void } {
  try {
    mkdirSync(paths.dataDir, { recursive: true, mode: 0o700 });
    if ((statSync(paths.dataDir).mode & 0o077) !== 0) chmodSync(paths.dataDir, 0o700);
    const lock = acquireLock(paths.lock);
    if (lock === null) throw alreadyRunning(paths);
    writePidFile(paths.pid);
    return {
      release: () => {
        removePidFile(paths.pid);
        lock.release();
      },
    };
  } catch (error) {
    throw error instanceof Refusal ? error : unusable(paths.dataDir, error);
  }
}

/** The refusal of a second start. */
export function alreadyRunning(paths: InstallationPaths): Refusal {
  const owner = processOf(paths.pid);
  const who = owner.kind === 'running' ? `PID ${owner.pid}` : 'a process that is just starting or stopping';
  return new Refusal(
    'ALREADY_RUNNING',
    EXIT.alreadyRunning,
    `bot-daemon is already running on ${paths.dataDir} (${who}). Stop it with: bot-daemon stop`,
  );
}

function unusable(dataDir: string, error: unknown): Refusal {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const remedy = REMEDIES[code] ?? `make ${dataDir} a folder that this user can write to`;
  return new Refusal('DATA_FOLDER_UNUSABLE', EXIT.failed, `The data folder ${dataDir} cannot be used: ${message}.`, [
    { path: 'dataDir', found: code === '' ? message : code, expected: 'a writable folder', remedy },
  ]);
}

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'give this user the right to write there (chown), or name another folder with --data',
  EROFS: 'the disk is read-only: name another folder with --data',
  ENOSPC: 'the disk is full: make room, then start again',
  SQLITE_FULL: 'the disk is full: make room, then start again',
  EEXIST: 'a file stands where the folder should be: remove it, or name another folder with --data',
  ENOTDIR: 'a file stands where a folder should be: name another folder with --data',
  SQLITE_NOTADB: 'lock.db is damaged; it holds nothing, so remove it',
};
