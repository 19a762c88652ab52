import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a person may say on the command line or in the environment about where things are. */
export interface Whereabouts {
  readonly settings?: string | undefined;
  readonly data?: string | undefined;
}
type Environment = Readonly<Record<string, string | undefined>>;

/** Where settings are looked for when nobody says so. */
export const SETTINGS_PLACES: readonly string[] = ['./settings.json', '/etc/bot-daemon/settings.json'];

/**
 * The absolute path of the settings file: the option, else BOT_DAEMON_SETTINGS, else the first place that has one. A file
 * named by hand is returned even where it does not exist; null where nothing is named and nothing found.
 */
export function locateSettings({ settings }: Whereabouts, env: Environment, cwd: string): string | null {
  const named = settings ?? blankless(env['BOT_DAEMON_SETTINGS']);
  if (named !== undefined) return resolve(cwd, named);
  return SETTINGS_PLACES.map((place) => resolve(cwd, place)).find((place) => existsSync(place)) ?? null;
}

/**
 * The absolute path of the data folder: the option, else BOT_DAEMON_DATA, else the setting `dataDir` (relative to the
 * settings file), else ./data. A settings file that cannot be read has no say here; reading it properly reports that.
 */
export function locateData({ data }: Whereabouts, env: Environment, cwd: string, settingsPath: string | null): string {
  const named = data ?? blankless(env['BOT_DAEMON_DATA']);
  if (named !== undefined) return resolve(cwd, named);
  const setting = settingsPath === null ? undefined : dataDirOf(settingsPath);
  return setting === undefined || settingsPath === null ? resolve(cwd, 'data') : resolve(settingsPath, '..', setting);
}

/** Whether a person said where the data folder is, so that no settings file is asked. */
export function isDataNamed({ data }: Whereabouts, env: Environment): boolean {
  return (data ?? blankless(env['BOT_DAEMON_DATA'])) !== undefined;
}

/** Plain JSON.parse and no schema: `status` asks this and has to be quick. */
function dataDirOf(settingsPath: string): string | undefined {
  try {
    const raw: unknown = JSON.parse(readFileSync(settingsPath, 'utf8'));
    const found: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'dataDir') : undefined;
    return typeof found === 'string' && found !== '' ? found : undefined;
  } catch {
    return undefined;
  }
}

function blankless(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
