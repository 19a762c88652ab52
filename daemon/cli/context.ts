import { locateData, locateSettings } from '../settings/locate.ts';
import { type InstallationPaths, installationPaths } from '../supervisor/paths.ts';

/** What every verb knows: where things are, how to speak, and how to start itself again. */
export interface Context {
  /** Absolute; null where none is named and none was found. */
  readonly settingsPath: string | null;
  readonly paths: InstallationPaths;
  /** Speak JSON. */
  readonly json: boolean;
  /** Absolute path of the program's own script. */
  readonly entry: string;
}

/** The options that every verb takes, before or after its name. */
export interface CommonOptions {
  readonly settings?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** Finds settings and data folder in their documented order. */
export function contextOf(options: CommonOptions, entry: string): Context {
  const cwd = process.cwd();
  const settingsPath = locateSettings(options, process.env, cwd);
  const paths = installationPaths(locateData(options, process.env, cwd, settingsPath));
  return { settingsPath, paths, json: options.json === true, entry };
}
