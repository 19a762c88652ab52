import type { InstallationPaths } from './paths.ts';
import type { RestartLimits } from './restart-policy.ts';
import type { TreeStatus } from './status.ts';
import type { Reread, TreeSettings } from './tree-settings.ts';

/** What a supervisor is given. */
export interface SuperviseOptions {
  readonly paths: InstallationPaths;
  readonly version: string;
  /** Absolute paths of what the children run. */
  readonly scripts: { readonly trader: string; readonly dashboard: string };
  readonly settingsPath: string;
  readonly settings: TreeSettings;
  /** Reads the settings file anew, for SIGHUP; never throws. */
  readonly reread: () => Promise<Reread>;
  /** End once a replay is over. */
  readonly exitAtEnd: boolean;
  /** Show what the children print. */
  readonly foreground: boolean;
  /** Both children serve, for the first time. */
  readonly onReady: (status: TreeStatus) => void;
  /** Something a person watching the terminal should know. */
  readonly onNotice: (sentence: string) => void;
  readonly limits?: RestartLimits;
}
