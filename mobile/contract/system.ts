import type { Iso } from './decimal.ts';

export interface LogLine {
  readonly at: Iso | null;
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly process: string;
  readonly message: string;
  /** The remaining fields, redacted, as `key=value` text. */
  readonly fields: string;
}
export interface Logs {
  readonly lines: readonly LogLine[];
  /** True: the search stopped at its byte cap before the beginning of the file. */
  readonly truncated: boolean;
  readonly file: string;
  readonly bytes: number;
}

/** One settings value in force. Only allow-listed keys ever arrive here. */
export interface SettingItem {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly source: 'file' | 'default' | 'environment';
}
export interface SettingsView {
  readonly at: Iso | null;
  readonly file: string | null;
  readonly groups: readonly { readonly id: 'general' | 'capital' | 'risk' | 'broker' | 'strategies'; readonly title: string; readonly items: readonly SettingItem[] }[];
}

export interface AlertItem {
  readonly id: number;
  readonly key: string;
  readonly severity: 'info' | 'warn' | 'error' | 'critical';
  readonly bot: string | null;
  readonly title: string;
  readonly body: string;
  readonly firstAt: Iso;
  readonly lastAt: Iso;
  readonly count: number;
  readonly resolvedAt: Iso | null;
}
export interface Alerts {
  readonly items: readonly AlertItem[];
}

export interface HealthCheck {
  readonly id: string;
  readonly label: string;
  readonly state: 'ok' | 'warning' | 'fault' | 'unknown';
  readonly value: string;
}
export interface Health {
  readonly checks: readonly HealthCheck[];
}

/** Before sign-in the page may know nothing but this. */
export interface Hello {
  readonly signedIn: boolean;
}
