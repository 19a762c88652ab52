import { join } from 'node:path';

/** The files of one data folder that belong to the process tree. */
export interface InstallationPaths {
  readonly dataDir: string;
  readonly lock: string;
  readonly pid: string;
  readonly socket: string;
  readonly log: string;
  /** Who the children are. */
  readonly children: string;
}

/** Where the files of a data folder are. */
export function installationPaths(dataDir: string): InstallationPaths {
  const at = (name: string): string => join(dataDir, name);
  return {
    dataDir,
    lock: at('lock.db'),
    pid: at('bot-daemon.pid'),
    socket: at('control.sock'),
    log: at('daemon.log'),
    children: at('state/children.json'),
  };
}
