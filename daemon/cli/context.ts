import { accessSync, constants } from 'node:fs';
import { EXIT, Refusal } from '../ports/refusal.ts';
import { isDataNamed, locateData, locateSettings } from '../settings/locate.ts';
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

/**
 * Finds settings and data folder in their documented order. Throws `Refusal` (78) where a settings file is named that
 * cannot be read and no data folder is: another daemon than the one that is meant must not be asked, nor stopped.
 */
export function contextOf(options: CommonOptions, entry: string): Context {
  const cwd = process.cwd();
  const settingsPath = locateSettings(options, process.env, cwd);
  if (settingsPath !== null && !isDataNamed(options, process.env)) refuseUnreadable(settingsPath);
  const paths = installationPaths(locateData(options, process.env, cwd, settingsPath));
  return { settingsPath, paths, json: options.json === true, entry };
}

function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    const fault = {
      path,
      found: missing ? 'nothing' : code,
      expected: 'a settings file that this user can read',
      remedy: 'name the right file with --settings, or the data folder itself with --data',
    };
    const sentence = missing ? `There is no settings file ${path}.` : `The settings file ${path} cannot be read.`;
    throw new Refusal('SETTINGS_UNREADABLE', EXIT.refused, sentence, [fault]);
  }
}
