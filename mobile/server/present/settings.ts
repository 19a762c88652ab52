import type { SettingsInForce } from '../../../db/views/settings.ts';
import type { SettingItem, SettingsView } from '../../contract/index.ts';
import { jsonObject } from './json.ts';
import { iso } from './time.ts';

type Group = SettingsView['groups'][number];

/** The settings in force. The trader allow-lists them; here only what has the shape of the list gets through. */
export function presentSettings(row: SettingsInForce | null): SettingsView {
  if (row === null) return NONE;
  const { file, groups } = jsonObject(row.body);
  return {
    at: iso(row.at),
    file: typeof file === 'string' ? file : null,
    groups: Array.isArray(groups) ? groups.flatMap(group) : [],
  };
}
const NONE: SettingsView = { at: null, file: null, groups: [] };

function group(value: unknown): readonly Group[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, title, items } = value as Record<string, unknown>;
  const known = GROUPS.find((each) => each === id);
  if (known === undefined || typeof title !== 'string' || !Array.isArray(items)) return [];
  return [{ id: known, title, items: items.flatMap(item) }];
}
const GROUPS: readonly Group['id'][] = ['general', 'capital', 'risk', 'broker', 'strategies'];

function item(value: unknown): readonly SettingItem[] {
  if (typeof value !== 'object' || value === null) return [];
  const { path, label, value: text, source } = value as Record<string, unknown>;
  const known = SOURCES.find((each) => each === source);
  if (typeof path !== 'string' || typeof label !== 'string' || typeof text !== 'string' || known === undefined) return [];
  return [{ path, label, value: text, source: known }];
}
const SOURCES: readonly SettingItem['source'][] = ['file', 'default', 'environment'];
