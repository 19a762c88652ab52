import type { LogLevel } from '../ports/process-messages.ts';
import { changedPaths } from '../settings/changes.ts';
import type { Settings } from '../settings/schema.ts';

/** What the supervisor needs of the settings. */
export interface TreeSettings {
  /** All of them, to tell what a new file changes. */
  readonly all: Settings;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly host: string;
  readonly port: number;
  readonly trustedProxies: readonly string[];
  /** The hash in force, whether from the file or the environment. */
  readonly passwordHash: string;
  readonly logLevel: LogLevel;
}

/** Settings read anew, or why they are not taken over. */
export type Reread = { readonly ok: true; readonly settings: TreeSettings } | { readonly ok: false; readonly reason: string };

/** Those that may change while the tree runs; every other waits for a restart. */
const SAFE: ReadonlySet<string> = new Set(['mobile.passwordHash', 'log.level']);

/** The changed paths that wait for a restart. */
export function needRestart(before: TreeSettings, after: TreeSettings): readonly string[] {
  return changedPaths(before.all, after.all).filter((path) => !SAFE.has(path));
}
