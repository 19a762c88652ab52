import type { Reader } from '../open.ts';

/** The settings in force since a wall time, as the trader let them be shown. */
export interface SettingsInForce {
  readonly id: number;
  readonly at: number;
  readonly hash: string;
  /** JSON. */
  readonly body: string;
}

export interface SettingsView {
  /** Null until a trader has started. */
  readonly current: () => SettingsInForce | null;
  /** Newest first. */
  readonly history: (limit: number) => readonly SettingsInForce[];
}

/** Read model of the settings in force and of what they were before. */
export function settingsView(db: Reader): SettingsView {
  const select = db
    .prepare<[number], SettingsInForce>('SELECT id, at, hash, body FROM settings_in_force ORDER BY id DESC LIMIT ?')
    .safeIntegers(false);
  return { current: () => select.get(1) ?? null, history: (limit) => select.all(limit) };
}
